using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli;

/// <summary>The argument and options that every command on a model shares: the same names as the AdapterModel item's metadata.</summary>
internal sealed class ModelOptions
{
    public Argument<string> Model { get; } = new("model") { Description = "Model file, *.adapter." };

    public Option<string?> ClassName { get; } = new("--class") { Description = "Name of the generated class [from the file's name]." };

    public Option<string> Namespace { get; } = new("--namespace") { Description = "Namespace of the generated class [none].", DefaultValueFactory = _ => "" };

    public Option<string> Tasks { get; } = new("--tasks") { Description = "Tasks to compile, separated by ';' or ',' [all].", DefaultValueFactory = _ => "" };

    public Option<string> Device { get; } = new("--device")
    {
        Description = "Device whose limits count: " + string.Join(", ", DeviceNames.All) + ".",
        DefaultValueFactory = _ => DeviceNames.Default,
    };

    public Option<string> Part { get; } = new("--part") { Description = "Part of a model that is cut, such as 2/3, or \"sound\" for the class that hears [1/1].", DefaultValueFactory = _ => "" };

    public Option<string?> Optimize { get; } = new("--optimize") { Description = "What kernels are chosen for: " + string.Join(", ", CompilationOptions.Goals.Keys) + " [speed]." };

    public Option<string> MaxRam { get; } = new("--max-ram")
    {
        Description = "Most RAM that the model may take, in bytes or kilobytes, such as 40000 or 40K [the device's heap].",
        DefaultValueFactory = _ => "",
    };

    public Option<string> MaxParts { get; } = new("--max-parts") { Description = "Most parts that the model may be cut into [any number].", DefaultValueFactory = _ => "" };

    public Option<string> ProgramRoom { get; } = new("--program-room")
    {
        Description = "IL that the program beside the model takes, in bytes or kilobytes, such as 4000 or 4K; 0 for a model in an assembly of its own [8K where that costs less than a quarter].",
        DefaultValueFactory = _ => "",
    };

    public Option<string> Sound { get; } = new("--sound")
    {
        Description = "The class takes samples: \"here\" makes the class that hears too, \"apart\" leaves it to a project of its own (--part sound) [the firmware passes codes].",
        DefaultValueFactory = _ => "",
    };

    public Option<bool> Streaming { get; } = new("--streaming") { Description = "The class takes frames as they come and computes each row once; for models trained with --streaming." };

    public Option<string> Hop { get; } = new("--hop") { Description = "Frames from one decision to the next, with --sound or --streaming [half a window].", DefaultValueFactory = _ => "" };

    public Option<string> Gain { get; } = new("--gain") { Description = "Doublings of what the microphone gives, 0 to 12, with --sound [0].", DefaultValueFactory = _ => "" };

    public Option<string> Samples { get; } = new("--samples") { Description = "What firmware pushes, with --sound: \"shorts\", or \"bytes\" as an I2S read gives them [shorts].", DefaultValueFactory = _ => "" };

    /// <summary>Adds them to a command; one that makes all parts takes no part.</summary>
    public void AddTo(Command command, bool withPart = true)
    {
        command.Arguments.Add(Model);
        AddOptionsTo(command);
        if (!withPart)
            return;
        command.Options.Add(Part);
        AddSoundTo(command);
    }

    /// <summary>Adds what says that a model hears, or runs on a stream.</summary>
    public void AddSoundTo(Command command)
    {
        command.Options.Add(Streaming);
        AddHearingTo(command);
    }

    /// <summary>Adds what says that a model hears.</summary>
    public void AddHearingTo(Command command)
    {
        command.Options.Add(Sound);
        command.Options.Add(Hop);
        command.Options.Add(Gain);
        command.Options.Add(Samples);
    }

    /// <summary>Adds the options only, to a command that finds its models otherwise and makes all parts.</summary>
    public void AddOptionsTo(Command command)
    {
        command.Options.Add(ClassName);
        command.Options.Add(Namespace);
        command.Options.Add(Tasks);
        command.Options.Add(Device);
        command.Options.Add(Optimize);
        command.Options.Add(MaxRam);
        command.Options.Add(MaxParts);
        command.Options.Add(ProgramRoom);
        // What is wrong whatever the model is a mistake of the command line.
        command.Validators.Add(parsed =>
        {
            // An option given twice has no value; the parser says so itself.
            if (parsed.Children.OfType<OptionResult>().Any(given => given.Tokens.Count > given.Option.Arity.MaximumNumberOfValues))
                return;
            foreach (Diagnostic mistake in ModelCompiler.MistakesOf(PartSetting.Apply(Read(parsed, ""), parsed.GetValue(Part) ?? "")))
                parsed.AddError($"error {mistake.Rule.Id}: {OptionNames.In(mistake.Message)}");
        });
    }

    public CompilationOptions Read(ParseResult parsed) => PartSetting.Apply(Read(parsed, parsed.GetValue(Model)!), parsed.GetValue(Part) ?? "");

    /// <summary>The options for a model of this name.</summary>
    public CompilationOptions Read(ParseResult parsed, string model) => Read(parsed.CommandResult, model);

    // While a command line is still being parsed, options that are left out have no value yet.
    private CompilationOptions Read(CommandResult parsed, string model)
    {
        var options = new CompilationOptions(
            parsed.GetValue(ClassName) ?? ProjectDefaults.ClassName(model),
            parsed.GetValue(Namespace) ?? "",
            Path.GetFileName(model),
            ProjectDefaults.Tasks(parsed.GetValue(Tasks) ?? ""),
            parsed.GetValue(Device) ?? DeviceNames.Default,
            MaxRam: parsed.GetValue(MaxRam) ?? "",
            MaxParts: parsed.GetValue(MaxParts) ?? "");
        if (parsed.GetValue(Optimize) is { } goal)
            options = options with { Optimize = goal };
        return options with { ProgramRoom = parsed.GetValue(ProgramRoom) ?? "", Sound = parsed.GetValue(Sound) ?? "", Streaming = parsed.GetValue(Streaming) ? "true" : "", Hop = parsed.GetValue(Hop) ?? "", Gain = parsed.GetValue(Gain) ?? "", Samples = parsed.GetValue(Samples) ?? "" };
    }
}
