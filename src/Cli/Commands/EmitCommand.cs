using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.SelfTest;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc emit</c>: the generator's files, byte for byte, for teams that commit generated code; and programs to try them with.</summary>
internal static class EmitCommand
{
    public static Command Create()
    {
        var command = new Command("emit", "Writes the C# that the source generator would add to a project.");
        var options = new ModelOptions();
        options.AddTo(command);
        var output = new Option<string>("--output", "-o") { Description = "Folder to write to.", DefaultValueFactory = _ => "." };
        var selfTest = new Option<bool>("--self-test") { Description = "Instead of the class a console program that compares it with the interpreter, on a board or here." };
        var clips = new Option<string[]>("--clip") { Description = "Instead of the class the loudest window of a sound file as constants in flash; may be given several times." };
        var withClass = new Option<bool>("--with-class") { Description = "With --self-test or --clip: the class too, for a project whose build does not make it." };
        command.Options.Add(output);
        command.Options.Add(selfTest);
        command.Options.Add(clips);
        command.Options.Add(withClass);
        command.SetAction(parsed => Run(
            parsed.GetValue(options.Model)!, options.Read(parsed), parsed.GetValue(output)!, parsed.GetValue(selfTest), parsed.GetValue(clips) ?? [], parsed.GetValue(withClass)));
        return command;
    }

    private static int Run(string path, CompilationOptions options, string folder, bool selfTest, string[] clips, bool withClass)
    {
        if ((options.Part < options.Parts || options.IsSoundPart) && (selfTest || clips.Length > 0))
        {
            Console.Error.WriteLine($"adapterc: --self-test and --clip go with the last part, which has the members that a program calls. Use {(options.IsSoundPart ? "them without --part sound" : FormattableString.Invariant($"--part {options.Parts}/{options.Parts}"))}.");
            return 1;
        }

        if (ModelFile.Load(path) is not { } model || model.Compile(options) is not { } result)
            return 1;
        if (result.Program is not { } program)
            return Write([.. result.Files], folder);
        var emit = new EmitOptions(options.ClassName, options.Namespace, options.SourceName);
        bool isClass = withClass || (!selfTest && clips.Length == 0);
        List<EmittedFile> files = isClass ? [.. result.Files] : [];
        if (selfTest)
            files.Add(SelfTestEmitter.Emit(program, emit));
        if (clips.Length > 0)
        {
            if (SoundClips.Read(model.Artifact, clips) is not { } windows)
                return 1;
            files.Add(ClipEmitter.Emit(program.Network, emit, windows));
        }

        int code = Write(files, folder);
        if (code == 0 && !isClass)
            Console.WriteLine($"{Name(options)} itself is what the project's build makes; --class and --namespace say how that calls it, --with-class writes it too.");
        else if (code == 0 && options.HearsApart && result.Hearing is { } hearing)
            Console.WriteLine($"{hearing.ClassName}, the class that hears, belongs to a project of its own: the same command with --part sound{(withClass ? ", without --self-test, --clip and --with-class," : "")} writes it.");
        return code;
    }

    private static string Name(CompilationOptions options) => options.Namespace.Length == 0 ? options.ClassName + ", in no namespace," : options.Namespace + "." + options.ClassName;

    private static int Write(List<EmittedFile> files, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (EmittedFile file in files)
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
