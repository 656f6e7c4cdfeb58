using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>real-sound</c>: language and music/speech on recordings from Debian's packages, from installing them to the result's page.</summary>
internal static class RealSoundCommand
{
    /// <summary>Language, and music or speech.</summary>
    private const int TaskCount = 2;

    private static readonly OptionDefaults Defaults = new("real-sound", "out/real-sound", "4,8,16,32,48", Alpha: 0.2m, Steps: 800, Batch: 96, Lambda: 0.003, LearningRate: 2e-3, FrontEnd: FrontEndNames.Float);

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("real-sound", "Installs, decodes and splits real recordings, trains language and music/speech, generates, verifies and writes docs/results.");
        var corpus = new Option<string>("--corpus") { Description = "where the WAV files go", DefaultValueFactory = _ => RealSoundCorpus.DefaultFolder };
        var page = new Option<string>("--page") { Description = "the result's page", DefaultValueFactory = _ => "docs/results/real-sound.md" };
        var models = new Option<string>("--models") { Description = "folder that gets a copy of the model file", DefaultValueFactory = _ => "models" };
        command.Add(corpus);
        command.Add(page);
        command.Add(models);
        var options = new CommonOptions(command, Defaults);
        command.SetAction(parsed => Run(parsed, options, parsed.GetValue(corpus)!, parsed.GetValue(page)!, parsed.GetValue(models)!, console));
        return command;
    }

    private static int Run(ParseResult parsed, CommonOptions options, string corpus, string page, string models, RunConsole console)
    {
        if (options.Settings(parsed, withMultiHead: true, out string? problem) is not { } settings)
            return ExitCode.Usage(console, problem!);
        RealSoundResult? prepared = null;
        return TrainingRun.Run(settings, TaskCount, console, Load, Publish);

        IReadOnlyList<TaskData>? Load()
        {
            prepared = RealSoundCorpus.Prepare(corpus, text => console.Line("Corpus", text));
            if (prepared.Success)
                return DataLines.Load(console, prepared.Folder, settings, FolderOptions.Default);
            console.Error(prepared.Error!);
            return null;
        }

        void Publish(Experiment experiment)
        {
            string model = Path.Combine(models, settings.Name + ".adapter");
            Directory.CreateDirectory(models);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
            File.Copy(Path.Combine(settings.Folder, settings.Name + ".adapter"), model, overwrite: true);
            File.WriteAllText(page, RealSoundPage.Markdown(experiment.Result!, prepared!.Files));
            console.Raw($"Next:  read {page}");
            console.Raw($"       classify held-out recordings: adapterc run {model} {Path.Combine(corpus, "language", "test", "en")}/*.wav");
        }
    }
}
