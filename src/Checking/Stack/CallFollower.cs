using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Stack;

/// <summary>An unsigned value that arrives where a method declares a signed argument.</summary>
/// <param name="Argument">Its index, <c>this</c> counted.</param>
/// <param name="Value">What arrives.</param>
internal sealed record Arrival(int Argument, StackValue Value);

/// <summary>What becomes of it.</summary>
/// <param name="Matters">The method, or one that it calls, computes something else with it than desktop .NET does.</param>
/// <param name="Returned">The unsigned value that the method returns where it declares a signed one, or null.</param>
internal sealed record Followed(bool Matters, StackValue? Returned)
{
    public static readonly Followed Harmless = new(false, null);
}

/// <summary>Follows values across the methods of the assembly: arguments and results keep the type of the value, whatever a signature says.</summary>
internal sealed class CallFollower
{
    // Deeper calls are taken for unknown.
    private const int MostCalls = 64;

    private readonly CheckedAssembly assembly;
    private readonly Dictionary<MethodDefinitionHandle, MethodCode> methods;
    private readonly ILookup<(string Name, int Parameters), MethodCode> virtuals;
    private readonly Dictionary<(MethodDefinitionHandle Method, int Argument, IlKind Kind, int ClearBits), Followed> known = [];
    private int depth;

    public CallFollower(CheckedAssembly assembly)
    {
        this.assembly = assembly;
        methods = assembly.Methods.ToDictionary(method => method.Handle);
        virtuals = assembly.Methods.Where(method => Definition(method.Handle).Attributes.HasFlag(System.Reflection.MethodAttributes.Virtual)).ToLookup(Key);
    }

    /// <summary>What a call does with an unsigned argument; whatever may answer a virtual call counts.</summary>
    public Followed Call(MethodDefinitionHandle method, int argument, StackValue value)
    {
        MethodCode[] targets = Targets(method);
        // Declared only: an interface nobody here implements, a delegate, native code.
        return targets.Length == 0 ? new Followed(value.IsTrap, null) : Merge(targets.Select(target => Follow(target, new Arrival(argument, value with { IsFollowed = true, Origin = null }))));
    }

    /// <summary>The unsigned value that a method returns as signed, whatever it is called with.</summary>
    public StackValue? Returned(MethodDefinitionHandle method) => Merge(Targets(method).Select(target => Follow(target, null))).Returned;

    private Followed Follow(MethodCode method, Arrival? arrival)
    {
        var key = (method.Handle, arrival?.Argument ?? -1, arrival?.Value.Type.Kind ?? IlKind.Void, arrival?.Value.ClearBits ?? 0);
        if (known.TryGetValue(key, out Followed? followed))
            return followed;
        if (depth == MostCalls)
            return new Followed(arrival?.Value.IsTrap ?? false, null);
        // What a recursive call does is what the outer one does.
        known[key] = Followed.Harmless;
        depth++;
        known[key] = StackWalker.Follow(assembly, method, this, arrival);
        depth--;
        return known[key];
    }

    private static Followed Merge(IEnumerable<Followed> each)
    {
        Followed merged = Followed.Harmless;
        foreach (Followed next in each)
            merged = new Followed(merged.Matters || next.Matters, merged.Returned is { } left && next.Returned is { } right ? StackValue.Merge(left, right) : merged.Returned ?? next.Returned);
        return merged;
    }

    private MethodCode[] Targets(MethodDefinitionHandle method)
    {
        MethodDefinition definition = Definition(method);
        if (!definition.Attributes.HasFlag(System.Reflection.MethodAttributes.Virtual))
            return methods.TryGetValue(method, out MethodCode? code) ? [code] : [];
        string name = assembly.Metadata.GetString(definition.Name);
        return [.. virtuals[(name, definition.DecodeSignature(assembly.Types, null).ParameterTypes.Length)]];
    }

    // An explicit implementation is called by the end of its name.
    private static (string Name, int Parameters) Key(MethodCode method) => (method.Name[(method.Name.LastIndexOf('.') + 1)..], method.Signature.ParameterTypes.Length);

    private MethodDefinition Definition(MethodDefinitionHandle method) => assembly.Metadata.GetMethodDefinition(method);
}
