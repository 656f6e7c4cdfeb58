using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Checking.Rules;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Checking.Sizes;

/// <summary>The table of figures, each with its limit and where it was reached.</summary>
internal static class Summary
{
    public static IEnumerable<Measurement> Of(CheckedAssembly assembly, AssemblyFigures figures, DeviceProfile? device)
    {
        yield return new Measurement("ilBytes", "IL bytes, as converted", figures.IlBytes, DeviceLimits.IlBytes, "");
        yield return new Measurement("fileIlBytes", "IL bytes, in this file", figures.FileIlBytes, null, "");
        yield return new Measurement("arrayBytes", "array initialiser bytes", figures.ArrayBytes, DeviceLimits.ArrayInitialiserBytes, "");
        yield return new Measurement("signatureBytes", "signature bytes", figures.SignatureBytes, DeviceLimits.ArrayInitialiserBytes - figures.ArrayBytes, "");
        yield return new Measurement("stringBytes", "string bytes", figures.StringBytes, DeviceLimits.StringBytes, "");
        yield return new Measurement("flashBytes", "flash bytes, about", figures.FlashBytes, device?.FlashBytes, "");
        if (assembly.Methods.Length > 0)
        {
            yield return Most(assembly, "methodIlBytes", "IL bytes of a method", null, method => method.DeviceBytes);
            yield return Most(assembly, "locals", "locals of a method", DeviceLimits.Locals, method => method.Locals.Length);
            yield return Most(assembly, "arguments", "arguments of a method", DeviceLimits.Arguments, method => method.ArgumentCount);
            Dictionary<MethodDefinitionHandle, int> depths = assembly.Methods.Zip(figures.StackDepths).ToDictionary(each => each.First.Handle, each => each.Second);
            yield return Most(assembly, "stack", "evaluation stack of a method", DeviceLimits.EvaluationStack, method => depths[method.Handle]);
            yield return Most(assembly, "branchDistance", "longest branch, bytes", DeviceLimits.BranchDistance, method => method.Instructions.Select(instruction => MethodLimitRules.Distance(method, instruction)).DefaultIfEmpty().Max());
            yield return Most(assembly, "switchCases", "cases of a switch", DeviceLimits.SwitchCases, method => method.Instructions.Where(instruction => instruction.Name == "switch").Select(instruction => instruction.Targets.Length).DefaultIfEmpty().Max());
        }

        MetadataReader metadata = assembly.Metadata;
        yield return MostOfTypes(metadata, "staticFields", "static fields of a type", DeviceLimits.StaticFields, type => type.GetFields()
            .Count(field => (metadata.GetFieldDefinition(field).Attributes & (FieldAttributes.Static | FieldAttributes.Literal)) == FieldAttributes.Static));
        yield return MostOfTypes(metadata, "methods", "methods of a type, of one kind", DeviceLimits.MethodsOfAKind, type => type.GetMethods()
            .GroupBy(method => metadata.GetMethodDefinition(method).Attributes & (MethodAttributes.Static | MethodAttributes.Virtual)).Select(kind => kind.Count()).DefaultIfEmpty().Max());
    }

    private static Measurement Most(CheckedAssembly assembly, string key, string title, int? limit, Func<MethodCode, int> figure)
    {
        (MethodCode method, int value) = assembly.Methods.Select(method => (method, figure(method))).MaxBy(each => each.Item2);
        return new Measurement(key, title, value, limit, value == 0 ? "" : method.Display);
    }

    private static Measurement MostOfTypes(MetadataReader metadata, string key, string title, int limit, Func<TypeDefinition, int> figure)
    {
        (TypeDefinitionHandle handle, int value) = metadata.TypeDefinitions.Select(type => (type, figure(metadata.GetTypeDefinition(type)))).MaxBy(each => each.Item2);
        return new Measurement(key, title, value, limit, value == 0 ? "" : TypeNames.Of(metadata, handle));
    }
}
