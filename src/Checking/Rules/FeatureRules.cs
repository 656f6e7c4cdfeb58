using System.Collections.Generic;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Checking.Sizes;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Checking.Rules;

/// <summary>Instructions and types that the interpreter lacks.</summary>
internal static class FeatureRules
{
    private static readonly (IlKind Kind, CheckRule Rule)[] Forbidden =
        [(IlKind.Generic, CheckCatalogue.Generics), (IlKind.MultiArray, CheckCatalogue.MultiDimensionalArray), (IlKind.Pointer, CheckCatalogue.PointerType)];

    /// <summary>Definitions: generic types and methods, fields of forbidden types.</summary>
    public static IEnumerable<Finding> CheckDefinitions(CheckedAssembly assembly)
    {
        MetadataReader metadata = assembly.Metadata;
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            string name = TypeNames.Of(metadata, handle);
            if (type.GetGenericParameters().Count > 0)
                yield return CheckCatalogue.Generics.At(name, null, "the type");
            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition).Where(method => method.GetGenericParameters().Count > 0))
                yield return CheckCatalogue.Generics.At(name + "." + metadata.GetString(method.Name), null, "the method");
            foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
            {
                IlType fieldType = field.DecodeSignature(assembly.Types, null);
                foreach ((IlKind kind, CheckRule rule) in Forbidden.Where(each => fieldType.Find(each.Kind) is not null))
                    yield return rule.At(name + "." + metadata.GetString(field.Name), null, fieldType.Find(kind) + ", the field's type,");
            }
        }
    }

    /// <summary>A method: its signature and locals once for each kind, then every instruction.</summary>
    public static IEnumerable<Finding> Check(CheckedAssembly assembly, MethodCode method)
    {
        IEnumerable<(string What, IlType Type)> declared = method.Signature.ParameterTypes.Select((type, i) => ($"the type of argument {Wording.Number(i + 1)}", type))
            .Append(("the returned type", method.Signature.ReturnType))
            .Concat(method.Locals.Select((type, i) => ($"the type of local {Wording.Number(i)}", type)));
        foreach ((IlKind kind, CheckRule rule) in Forbidden)
        {
            (string what, IlType? type) = declared.FirstOrDefault(each => each.Type.Find(kind) is not null);
            if (type is not null)
                yield return rule.At(method.Display, null, type.Find(kind) + ", " + what + ",");
        }

        foreach (IlInstruction instruction in method.Instructions)
        {
            if (UnsupportedOpcodes.All.Contains(instruction.Name, System.StringComparer.Ordinal))
                yield return CheckCatalogue.UnsupportedOpcode.At(method.Display, instruction.Offset, instruction.Name, instruction.Name == "localloc" ? " (stackalloc)" : "");
            if (instruction.Name.Contains(".ovf", System.StringComparison.Ordinal))
                yield return CheckCatalogue.CheckedArithmetic.At(method.Display, instruction.Offset, instruction.Name);
            if (StringTable.Literal(assembly, instruction) is { } text && text.IndexOf('\0', System.StringComparison.Ordinal) is >= 0 and int zero)
                yield return CheckCatalogue.EmbeddedZero.At(method.Display, instruction.Offset, Wording.Number(zero), Wording.Number(text.Length));
            IlType used = Used(assembly, instruction);
            foreach ((IlKind kind, CheckRule rule) in Forbidden.Where(each => used.Find(each.Kind) is not null))
                yield return rule.At(method.Display, instruction.Offset, used.Find(kind)!.Name);
        }
    }

    // The type that an instruction names itself or through a member.
    private static IlType Used(CheckedAssembly assembly, IlInstruction instruction)
    {
        switch (instruction.Code.OperandType)
        {
            case OperandType.InlineType:
                return assembly.Types.Of(assembly.Metadata, instruction.Token);
            case OperandType.InlineMethod when instruction.Token.Kind == HandleKind.MethodSpecification:
                return new IlType(IlKind.Generic, CallTarget.Of(assembly, instruction.Token)?.FullName ?? "the method");
            case OperandType.InlineMethod:
                return CallTarget.Of(assembly, instruction.Token)?.Type ?? IlType.Unknown;
            case OperandType.InlineField when instruction.Token.Kind == HandleKind.MemberReference:
                return assembly.Types.Of(assembly.Metadata, assembly.Metadata.GetMemberReference((MemberReferenceHandle)instruction.Token).Parent);
            default:
                return IlType.Unknown;
        }
    }
}
