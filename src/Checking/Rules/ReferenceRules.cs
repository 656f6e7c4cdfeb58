using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Checking.Rules;

/// <summary>References to other assemblies, and whether what they name exists there.</summary>
internal static class ReferenceRules
{
    public static IEnumerable<Finding> Check(CheckedAssembly assembly)
    {
        MetadataReader metadata = assembly.Metadata;
        var usable = new HashSet<string>(StringComparer.Ordinal);
        foreach (AssemblyReference reference in metadata.AssemblyReferences.Select(metadata.GetAssemblyReference))
        {
            string name = metadata.GetString(reference.Name);
            if (Problem(assembly, reference, name) is { } problem)
                yield return problem;
            else
                usable.Add(name);
        }

        // A member of a missing type is not reported again: its type is not found below.
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            if (ReferenceSet.AssemblyOf(metadata, handle) is not { } home || !usable.Contains(home) || assembly.References.Find(metadata, handle) is not null)
                continue;
            yield return CheckCatalogue.TypeMissing.At(FirstUse(assembly, handle), null, home, TypeNames.Of(metadata, handle));
        }

        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            var parent = (TypeReferenceHandle)member.Parent;
            if (assembly.References.Find(metadata, parent) is not var (library, type) || MemberLookup.Exists(assembly, library, type, member))
                continue;
            (string place, int? offset) = Use(assembly, handle);
            yield return CheckCatalogue.MemberMissing.At(place, offset, ReferenceSet.AssemblyOf(metadata, parent)!, MemberLookup.Display(assembly, member));
        }
    }

    private static Finding? Problem(CheckedAssembly assembly, AssemblyReference reference, string name)
    {
        MetadataReader metadata = assembly.Metadata;
        string token = Convert.ToHexStringLower(metadata.GetBlobBytes(reference.PublicKeyOrToken));
        if (TargetLibrary.DesktopTokens.Contains(token, StringComparer.Ordinal) || (name == TargetLibrary.Name && token != TargetLibrary.PublicKeyToken))
            return CheckCatalogue.DesktopReference.At(name, null, $"{name} {reference.Version} ({(token.Length == 0 ? "without a public key" : "public key token " + token)})", TargetLibrary.PublicKeyToken);
        if (name == TargetLibrary.Name && reference.Version.Major != TargetLibrary.MajorVersion)
            return CheckCatalogue.LibraryVersion.At(name, null, reference.Version.ToString(), Diagnostics.Wording.Number(TargetLibrary.MajorVersion));
        return assembly.References.Find(name) is null ? CheckCatalogue.ReferenceNotFound.At(name, null, name) : null;
    }

    // Where a type reference stands first: an instruction that names it or one of its members, else the assembly.
    private static string FirstUse(CheckedAssembly assembly, TypeReferenceHandle type)
    {
        MetadataReader metadata = assembly.Metadata;
        foreach (MethodCode method in assembly.Methods)
        {
            foreach (IlInstruction instruction in method.Instructions.Where(each => IsToken(each)))
            {
                EntityHandle token = instruction.Token;
                if (token == (EntityHandle)type || (token.Kind == HandleKind.MemberReference && metadata.GetMemberReference((MemberReferenceHandle)token).Parent == (EntityHandle)type))
                    return method.Display;
            }
        }

        return assembly.Name;
    }

    private static (string Place, int? Offset) Use(CheckedAssembly assembly, MemberReferenceHandle member)
    {
        foreach (MethodCode method in assembly.Methods)
        {
            foreach (IlInstruction instruction in method.Instructions)
            {
                if (IsToken(instruction) && instruction.Token == (EntityHandle)member)
                    return (method.Display, instruction.Offset);
            }
        }

        return (assembly.Name, null);
    }

    private static bool IsToken(IlInstruction instruction) => instruction.Code.OperandType is
        System.Reflection.Emit.OperandType.InlineMethod or System.Reflection.Emit.OperandType.InlineField
        or System.Reflection.Emit.OperandType.InlineType or System.Reflection.Emit.OperandType.InlineTok;
}
