using System;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Checking.Rules;

/// <summary>What the user asked for: methods without allocation, methods without floating point, with all that they call.</summary>
internal static class RequestedRules
{
    public static IEnumerable<Finding> Check(CheckedAssembly assembly, ValueArray<string> noAllocation, ValueArray<string> noFloat)
    {
        var graph = new CallGraph(assembly);
        return Each(assembly, graph, noAllocation, AllocationRule.Check).Concat(Each(assembly, graph, noFloat, FloatRule.Check));
    }

    private static IEnumerable<Finding> Each(CheckedAssembly assembly, CallGraph graph, ValueArray<string> patterns, Func<CheckedAssembly, MethodCode, string, IEnumerable<Finding>> rule)
    {
        var named = new List<MethodCode>();
        foreach (string pattern in patterns)
        {
            MethodCode[] matching = [.. assembly.Methods.Where(method => Matches(pattern, method))];
            named.AddRange(matching);
            if (matching.Length == 0)
                yield return CheckCatalogue.NoSuchMethod.At("", null, pattern, assembly.Name, Suggestion.For(pattern, assembly.Methods.Select(method => method.Name)));
        }

        foreach ((MethodCode method, MethodCode from) in graph.Reach(named))
        {
            string reached = method.Handle == from.Handle ? "" : " (reached from " + from.Name + ")";
            foreach (Finding finding in rule(assembly, method, reached))
                yield return finding;
        }
    }

    // A type's initialiser runs once, before everything else: a wildcard does not mean it.
    private static bool Matches(string pattern, MethodCode method)
    {
        if (method.IsTypeInitialiser && !pattern.EndsWith(".cctor", StringComparison.Ordinal))
            return false;
        return FileSystemName.MatchesSimpleExpression(pattern, method.Name, ignoreCase: false)
            || FileSystemName.MatchesSimpleExpression("*." + pattern, method.Name, ignoreCase: false);
    }
}

/// <summary>Who calls whom inside the assembly.</summary>
internal sealed class CallGraph(CheckedAssembly assembly)
{
    private readonly Dictionary<MethodDefinitionHandle, MethodCode> methods = assembly.Methods.ToDictionary(method => method.Handle);

    private readonly ILookup<string, MethodCode> virtuals = assembly.Methods
        .Where(method => assembly.Metadata.GetMethodDefinition(method.Handle).Attributes.HasFlag(MethodAttributes.Virtual))
        .ToLookup(method => Key(assembly.Metadata.GetString(assembly.Metadata.GetMethodDefinition(method.Handle).Name), method.Signature), StringComparer.Ordinal);

    /// <summary>The given methods and all that they reach, each once, with the one that it was reached from.</summary>
    public IEnumerable<(MethodCode Method, MethodCode From)> Reach(IEnumerable<MethodCode> roots)
    {
        var seen = new HashSet<MethodDefinitionHandle>();
        var waiting = new Queue<(MethodCode Method, MethodCode From)>();
        foreach (MethodCode root in roots.Where(root => seen.Add(root.Handle)))
            waiting.Enqueue((root, root));
        while (waiting.TryDequeue(out (MethodCode Method, MethodCode From) next))
        {
            yield return next;
            foreach (MethodCode called in next.Method.Instructions.SelectMany(Called).Where(called => seen.Add(called.Handle)))
                waiting.Enqueue((called, next.From));
        }
    }

    // A virtual call may end in every virtual method of the same name and parameters; an explicit implementation carries the interface in its name.
    private IEnumerable<MethodCode> Called(IlInstruction instruction)
    {
        if (instruction.Name is not ("call" or "callvirt" or "newobj" or "ldftn" or "ldvirtftn") || CallTarget.Of(assembly, instruction.Token) is not { } target)
            return [];
        IEnumerable<MethodCode> direct = target.Local is { } handle && methods.TryGetValue(handle, out MethodCode? method) ? [method] : [];
        return instruction.Name is "callvirt" or "ldvirtftn" ? direct.Concat(virtuals[Key(target.Name, target.Signature)]) : direct;
    }

    private static string Key(string name, MethodSignature<IlType> signature) =>
        name[(name.LastIndexOf('.') + 1)..] + "(" + string.Join(",", signature.ParameterTypes.Select(type => type.Name)) + ")";
}
