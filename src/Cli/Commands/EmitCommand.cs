using System;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc emit</c>: the generator's files, byte for byte, for teams that commit generated code.</summary>
internal static class EmitCommand
{
    public static Command Create()
    {
        var command = new Command("emit", "Writes the C# that the source generator would add to a project.");
        var options = new ModelOptions();
        options.AddTo(command);
        var output = new Option<string>("--output", "-o") { Description = "Folder to write to.", DefaultValueFactory = _ => "." };
        command.Options.Add(output);
        command.SetAction(parsed => Run(parsed.GetValue(options.Model)!, options.Read(parsed), parsed.GetValue(output)!));
        return command;
    }

    private static int Run(string path, CompilationOptions options, string folder)
    {
        if (ModelFile.Load(path)?.Compile(options) is not { } result)
            return 1;
        try
        {
            Directory.CreateDirectory(folder);
            foreach (EmittedFile file in result.Files)
            {
                string target = Path.Combine(folder, file.Name);
                File.WriteAllText(target, file.Text);
                Console.WriteLine($"{target}  {Text.TextTable.Number(file.Text.Length)} characters");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"adapterc: cannot write to {folder}: {exception.Message} Choose another folder with --output.");
            return 1;
        }

        return 0;
    }
}
