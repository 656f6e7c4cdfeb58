using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Programs;
using Microsoft.CodeAnalysis;
using CompilationOptions = AdapterCompiler.Compilation.CompilationOptions;
using Diagnostic = AdapterCompiler.Diagnostics.Diagnostic;

namespace AdapterCompiler.Generators;

/// <summary>A class of another project that a generated class calls.</summary>
/// <param name="Name">Namespace and class.</param>
/// <param name="Part">What <c>Part</c> is in that project's item.</param>
internal sealed record NeededClass(string Name, string Part)
{
    /// <summary>What the class of an item calls: the parts before it, and the class that hears where that is apart.</summary>
    public static ValueArray<NeededClass> Of(CompilationOptions options)
    {
        string space = options.Namespace.Length == 0 ? "" : options.Namespace + ".";
        IEnumerable<NeededClass> needed = Enumerable.Range(1, options.Part - 1)
            .Select(part => new NeededClass(space + PartIdentity.ClassName(options.ClassName, part, options.Parts), System.FormattableString.Invariant($"{part}/{options.Parts}")));
        return options.HearsApart && !options.IsSoundPart && options.Part == options.Parts
            ? needed.Append(new NeededClass(space + SoundFiles.ClassName(options.ClassName), PartSetting.Sound)).ToValueArray()
            : needed.ToValueArray();
    }
}

/// <summary>What an item's class calls of other projects.</summary>
internal sealed record ModelNeeds(ModelIdentity Identity, ValueArray<NeededClass> Classes);

/// <summary>A class of another project that is not there: without this it would be a CS0103 in generated code.</summary>
/// <param name="Identity">The item whose class calls it.</param>
/// <param name="Diagnostic">What is missing, and where it comes from.</param>
internal sealed record MissingClass(ModelIdentity Identity, Diagnostic Diagnostic)
{
    /// <summary>What one item misses. A class of the name in another namespace, even one around the item's, is of another build and would not compile with it.</summary>
    public static ValueArray<MissingClass> Find(ModelNeeds needs, Microsoft.CodeAnalysis.Compilation compilation) => needs.Classes
        .Where(needed => compilation.GetTypesByMetadataName(needed.Name).IsEmpty)
        .Select(needed => new MissingClass(needs.Identity, DiagnosticCatalogue.MissingClass.At(default, needs.Identity.Class, needed.Name, needed.Part)))
        .ToValueArray();
}
