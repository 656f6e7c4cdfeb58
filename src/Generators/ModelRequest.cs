using System.Text;
using System.Threading;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using CompilationOptions = AdapterCompiler.Compilation.CompilationOptions;

namespace AdapterCompiler.Generators;

/// <summary>One AdapterModel item: the file and what is wanted of it.</summary>
/// <param name="Path">As the build passes it.</param>
/// <param name="Text">Null where the file cannot be read.</param>
/// <param name="IsUtf8">False where Roslyn had to decode the file with another encoding.</param>
/// <param name="Folder">Goes before the names of files whose namespace is not the project's, so that no two files have one name.</param>
/// <param name="Options">Settings, defaults filled in.</param>
internal sealed record ModelRequest(string Path, string? Text, bool IsUtf8, string Folder, CompilationOptions Options)
{
    private const int Utf8CodePage = 65001;

    /// <summary>What another item must not be too.</summary>
    public ModelIdentity Identity => new(Path, Options.Namespace.Length == 0 ? Options.ClassName : Options.Namespace + "." + Options.ClassName);

    public static ModelRequest Read(AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellation)
    {
        AnalyzerConfigOptions item = options.GetOptions(file);
        string root = options.GlobalOptions.TryGetValue("build_property.RootNamespace", out string? value) ? ProjectDefaults.Namespace(value.Trim()) : "";
        string chosen = Or(ItemMetadata.Get(item, "Namespace"), root);
        var settings = new CompilationOptions(
            Or(ItemMetadata.Get(item, "ClassName"), ProjectDefaults.ClassName(file.Path)),
            chosen,
            ProjectDefaults.FileName(file.Path),
            ProjectDefaults.Tasks(ItemMetadata.Get(item, "Tasks")),
            Or(ItemMetadata.Get(item, "Device"), DeviceNames.Default));
        settings = PartSetting.Apply(settings, ItemMetadata.Get(item, "Part"));
        settings = settings with
        {
            Optimize = Or(ItemMetadata.Get(item, "Optimize"), settings.Optimize),
            MaxRam = ItemMetadata.Get(item, "MaxRam"),
            MaxParts = ItemMetadata.Get(item, "MaxParts"),
            ProgramRoom = ItemMetadata.Get(item, "ProgramRoom"),
            Sound = ItemMetadata.Get(item, "Sound"),
            Streaming = ItemMetadata.Get(item, "Streaming"),
            Hop = ItemMetadata.Get(item, "Hop"),
            Gain = ItemMetadata.Get(item, "Gain"),
            Samples = ItemMetadata.Get(item, "Samples"),
        };
        SourceText? text = file.GetText(cancellation);
        bool isUtf8 = text?.Encoding is not Encoding encoding || encoding.CodePage == Utf8CodePage;
        return new ModelRequest(file.Path, text?.ToString(), isUtf8, chosen == root ? "" : chosen + "/", settings);
    }

    private static string Or(string value, string otherwise) => value.Length > 0 ? value : otherwise;
}

/// <summary>What must be unique in a project.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Class">Namespace and class.</param>
internal sealed record ModelIdentity(string Path, string Class);
