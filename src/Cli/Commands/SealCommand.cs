using System;
using System.CommandLine;
using System.IO;
using System.Text;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc seal</c>: after a mask or label was edited by hand.</summary>
internal static class SealCommand
{
    public static Command Create()
    {
        var command = new Command("seal", "Computes a model file's hash anew after an intended edit, and checks the file.");
        var path = new Argument<string>("model") { Description = "Model file, *.adapter; changed in place." };
        command.Arguments.Add(path);
        command.SetAction(parsed => Run(parsed.GetValue(path)!));
        return command;
    }

    private static int Run(string path)
    {
        string text;
        try
        {
            // Strict: sealing replacement characters would make a wrong file look right.
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            Console.Error.WriteLine(OptionNames.In(DiagnosticCatalogue.ModelNotReadable.At(new TextPosition(1, 1, 1), exception.Message.TrimEnd('.')).ToText(path)));
            return 1;
        }

        string sealedText = ModelSeal.Seal(text);
        ReadResult read = ModelReader.Read(sealedText);
        foreach (Diagnostic diagnostic in read.Diagnostics)
            Console.Error.WriteLine(diagnostic.ToText(path));
        if (read.Model is null)
        {
            Console.Error.WriteLine("adapterc: not sealed, the file is unchanged.");
            return 1;
        }

        string temporary = path + ".tmp";
        File.WriteAllText(temporary, sealedText);
        File.Move(temporary, path, overwrite: true);
        Console.WriteLine(sealedText == text ? $"{path}: the hash was right already" : $"{path}: sealed");
        return 0;
    }
}
