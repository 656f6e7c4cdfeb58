using System.CommandLine;
using System.IO;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli.NanoClr;

/// <summary>The options of <c>adapterc check</c> that run a model on nanoFramework's own interpreter.</summary>
internal sealed class NanoClrOptions
{
    private readonly Option<string?> nanoClr = new("--nanoclr")
    {
        Description = "Run the self-test of a model (*.adapter instead of an assembly) on nanoFramework's virtual device: its file, folder, or name in PATH.",
    };

    private readonly Option<string?> processor = new("--metadata-processor")
    {
        Description = "With --nanoclr: nanoFramework's metadata processor, its file or folder [beside the virtual device].",
    };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(nanoClr);
        command.Options.Add(processor);
    }

    /// <summary>Runs the model's self-test, if asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">Model file.</param>
    /// <returns>The exit code; null if --nanoclr is not there.</returns>
    public int? Run(ParseResult parsed, string model)
    {
        if (parsed.GetValue(nanoClr) is not { } device)
            return null;
        var check = new NanoClrCheck { NanoClr = device, MetadataProcessorPath = parsed.GetValue(processor) };
        var options = new CompilationOptions(ProjectDefaults.ClassName(model), "", Path.GetFileName(model), ValueArray<string>.Empty, DeviceNames.Default);
        return check.Run(model, options).GetAwaiter().GetResult();
    }
}
