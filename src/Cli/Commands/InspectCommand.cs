using System;
using System.CommandLine;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Reports;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc inspect</c>: what each stage of the compiler made of a model.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var command = new Command("inspect", "Prints what a stage of the compiler made of a model.");
        var options = new ModelOptions();
        options.AddTo(command);
        var stage = new Option<string>("--stage") { Description = "artifact = as read; network = gates folded away; lowered = steps and places.", DefaultValueFactory = _ => "lowered" };
        stage.AcceptOnlyFromAmong("artifact", "network", "lowered");
        command.Options.Add(stage);
        command.SetAction(parsed => Run(parsed.GetValue(options.Model)!, options.Read(parsed), parsed.GetValue(stage)!));
        return command;
    }

    private static int Run(string path, CompilationOptions options, string stage)
    {
        if (ModelFile.Load(path) is not { } model)
            return 1;
        if (stage == "artifact")
        {
            Console.Write(ModelWriter.Write(model.Artifact));
            return 0;
        }

        if (model.Compile(options)?.Program is not { } program)
            return 1;
        Console.Write(stage == "network" ? program.Network.ToText() : program.ToText());
        return 0;
    }
}
