using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Rules;

/// <summary>Which method answers a call: the interpreter looks it up by its name along the class chain, explicit names first, and has no table of overrides.</summary>
internal static class DispatchRules
{
    /// <summary>Every type of the assembly.</summary>
    public static IEnumerable<Finding> Check(CheckedAssembly assembly) => assembly.Metadata.TypeDefinitions
        .Select(handle => new DefinedType(assembly.Metadata, handle))
        .SelectMany(type => type.IsInterface ? Defaults(assembly, type) : Hidden(assembly, type).Concat(Again(assembly, type)));

    private static IEnumerable<Finding> Defaults(CheckedAssembly assembly, DefinedType type) => type.Methods(assembly.Types)
        .Where(method => method.Definition.RelativeVirtualAddress != 0 && !method.Has(MethodAttributes.Static))
        .Select(method => CheckCatalogue.DefaultMethod.At(method.Display(assembly.Types), null));

    // Declared anew where a base has a virtual method of that name and signature.
    private static IEnumerable<Finding> Hidden(CheckedAssembly assembly, DefinedType type)
    {
        DefinedType[] bases = [.. type.Bases(assembly.References)];
        foreach (DefinedMethod method in type.Methods(assembly.Types))
        {
            bool isOverride = method.Has(MethodAttributes.Virtual) && !method.Has(MethodAttributes.NewSlot);
            if (isOverride || method.Has(MethodAttributes.Static) || method.Name.Contains('.', StringComparison.Ordinal))
                continue;
            DefinedMethod? hidden = bases.SelectMany(each => each.Methods(assembly.Types))
                .FirstOrDefault(each => each.Has(MethodAttributes.Virtual) && each.Name == method.Name && each.Signature == method.Signature);
            if (hidden is not null)
                yield return CheckCatalogue.HiddenMethod.At(method.Display(assembly.Types), null, hidden.Display(assembly.Types));
        }
    }

    // The interface is listed again and implemented by a method of its name; a base's explicit one is found first.
    private static IEnumerable<Finding> Again(CheckedAssembly assembly, DefinedType type)
    {
        HashSet<string> listed = [.. type.Definition.GetInterfaceImplementations().Select(handle => TypeNames.Of(type.Home, type.Home.GetInterfaceImplementation(handle).Interface))];
        if (listed.Count == 0)
            yield break;
        HashSet<(string, string)> own = [.. type.Explicit()];
        foreach (DefinedType each in type.Bases(assembly.References))
        {
            foreach ((string Interface, string Method) shadowing in each.Explicit().Where(pair => listed.Contains(pair.Interface) && !own.Contains(pair)))
            {
                string signature = each.Methods(assembly.Types).First(method => method.Name.EndsWith("." + shadowing.Method, StringComparison.Ordinal)).Signature;
                DefinedMethod? again = type.Methods(assembly.Types).FirstOrDefault(method => method.Name == shadowing.Method && method.Signature == signature);
                if (again is not null)
                    yield return CheckCatalogue.InterfaceAgain.At(again.Display(assembly.Types), null, shadowing.Interface + "." + shadowing.Method, each.Name);
            }
        }
    }
}
