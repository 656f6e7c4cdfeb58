using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Targets;
using static AdapterCompiler.Text.TextTable;

namespace AdapterCompiler.Checking.Rules;

/// <summary>What one type may hold.</summary>
internal static class TypeLimitRules
{
    public static IEnumerable<Finding> Check(CheckedAssembly assembly) => assembly.Metadata.TypeDefinitions.SelectMany(handle => Check(assembly.Metadata, handle));

    private static IEnumerable<Finding> Check(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        string name = TypeNames.Of(metadata, handle);
        FieldAttributes[] fields = [.. type.GetFields().Select(field => metadata.GetFieldDefinition(field).Attributes).Where(each => !each.HasFlag(FieldAttributes.Literal))];
        int statics = fields.Count(field => field.HasFlag(FieldAttributes.Static));
        if (statics > DeviceLimits.StaticFields)
            yield return CheckCatalogue.StaticFields.At(name, null, Number(statics), Number(DeviceLimits.StaticFields));
        if (fields.Length - statics > DeviceLimits.InstanceFields)
            yield return CheckCatalogue.InstanceFields.At(name, null, Number(fields.Length - statics), Number(DeviceLimits.InstanceFields));

        foreach (IGrouping<string, MethodAttributes> kind in type.GetMethods().Select(method => metadata.GetMethodDefinition(method).Attributes).GroupBy(Kind, System.StringComparer.Ordinal))
        {
            if (kind.Count() > DeviceLimits.MethodsOfAKind)
                yield return CheckCatalogue.Methods.At(name, null, Number(kind.Count()), Number(DeviceLimits.MethodsOfAKind), kind.Key);
        }
    }

    private static string Kind(MethodAttributes method) =>
        method.HasFlag(MethodAttributes.Virtual) ? "virtual" : method.HasFlag(MethodAttributes.Static) ? "static" : "instance";
}
