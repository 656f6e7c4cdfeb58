using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Budgets;

/// <summary>What hearing needs of an assembly.</summary>
internal static class SoundBudget
{
    /// <summary>Of the class that hears.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="className">Its name.</param>
    /// <param name="namespaceName">Its namespace; empty for none.</param>
    public static AssemblyBudget Of(SoundCode code, string className, string namespaceName)
    {
        Field[] fields = [.. code.Fields];
        MethodCost[] methods = [.. code.Methods.Select(MethodCost.Of), .. code.Copied.SelectMany(section => section.Methods).Select(method => method.Figures)];
        return new AssemblyBudget(
            methods.ToValueArray(),
            (int)ArrayCost.BytesOf(code.Levels.Value),
            methods.Sum(method => method.SignatureBytes) + fields.Sum(field => Signatures.Field(Signatures.Of(field.Value.Type))),
            AssemblyBudget.BytesOf(methods.Select(method => method.Name).Concat(fields.Select(field => field.Name)).Append(className).Append(namespaceName)),
            fields.Length,
            (int)fields.Sum(field => ArrayCost.BytesOf(field.Value)))
        {
            Arrays = fields.Select(field => new ArrayCost(field.Name, ArrayCost.BytesOf(field.Value))).ToValueArray(),
        };
    }

    /// <summary>Bytes that the class that hears allocates, in whichever assembly; 0 where there is none.</summary>
    public static int Ram(Hearing? hearing) => hearing is null ? 0 : (int)hearing.Code.Fields.Sum(field => ArrayCost.BytesOf(field.Value));

    /// <summary>Of an assembly with the last part of a model that hears.</summary>
    /// <param name="budget">Of the model's class alone.</param>
    /// <param name="hearing">What hears.</param>
    /// <param name="className">The class that hears.</param>
    /// <param name="namespaceName">Its namespace; empty for none.</param>
    public static AssemblyBudget With(this AssemblyBudget budget, Hearing hearing, string className, string namespaceName)
    {
        AssemblyBudget both = budget.With(Of(SoundFace.Of(className, hearing.Code)));
        return hearing.IsHere ? both.With(Of(hearing.Code, className, namespaceName)) : both;
    }

    /// <summary>The members that a model's class has more.</summary>
    public static AssemblyBudget Of(SoundFace face)
    {
        MethodCost[] methods = [.. face.Assembled.Select(MethodCost.Of)];
        return new AssemblyBudget(
            methods.ToValueArray(), 0, methods.Sum(method => method.SignatureBytes), AssemblyBudget.BytesOf(methods.Select(method => method.Name)), 0, 0);
    }

    private static AssemblyBudget With(this AssemblyBudget budget, AssemblyBudget other) => budget with
    {
        Methods = budget.Methods.Concat(other.Methods).ToValueArray(),
        ArrayBytes = budget.ArrayBytes + other.ArrayBytes,
        SignatureBytes = budget.SignatureBytes + other.SignatureBytes,
        StringBytes = budget.StringBytes + other.StringBytes,
        StaticFields = budget.StaticFields + other.StaticFields,
        RamBytes = budget.RamBytes + other.RamBytes,
        Arrays = budget.Arrays.Concat(other.Arrays).ToValueArray(),
    };
}
