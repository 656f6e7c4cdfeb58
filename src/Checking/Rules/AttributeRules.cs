using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Rules;

/// <summary>The metadata processor keeps an attribute's numbers and texts; arrays and enums it drops, so that a program which reads the attribute finds less than was written.</summary>
internal static class AttributeRules
{
    /// <summary>Attributes on types, methods and fields. Those of the class library and of the compiler are read by tools, not by programs.</summary>
    public static IEnumerable<Finding> Check(CheckedAssembly assembly)
    {
        MetadataReader metadata = assembly.Metadata;
        foreach (CustomAttribute attribute in metadata.CustomAttributes.Select(metadata.GetCustomAttribute))
        {
            if (Place(assembly, attribute.Parent) is not { } place || CallTarget.Of(assembly, attribute.Constructor) is not { } constructor || IsToolsOwn(constructor.TypeName))
                continue;
            for (int i = 0; i < constructor.Signature.ParameterTypes.Length; i++)
            {
                IlType type = constructor.Signature.ParameterTypes[i];
                if (type.IsEnum || type.Kind == IlKind.Array)
                    yield return CheckCatalogue.AttributeArgument.At(place, null, Diagnostics.Wording.Number(i + 1), constructor.TypeName, type.Name);
            }
        }
    }

    private static bool IsToolsOwn(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static string? Place(CheckedAssembly assembly, EntityHandle parent)
    {
        MetadataReader metadata = assembly.Metadata;
        switch (parent.Kind)
        {
            case HandleKind.TypeDefinition:
                return TypeNames.Of(metadata, parent);
            case HandleKind.MethodDefinition:
                MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)parent);
                return TypeNames.Of(metadata, method.GetDeclaringType()) + "." + metadata.GetString(method.Name);
            case HandleKind.FieldDefinition:
                FieldDefinition field = metadata.GetFieldDefinition((FieldDefinitionHandle)parent);
                return TypeNames.Of(metadata, field.GetDeclaringType()) + "." + metadata.GetString(field.Name);
            default:
                return null;
        }
    }
}
