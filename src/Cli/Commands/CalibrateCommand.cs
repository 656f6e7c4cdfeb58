using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using AdapterCompiler.Boards;
using AdapterCompiler.Emit;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Commands;

/// <summary><c>adapterc calibrate</c>: writes the program that measures a board, and makes a profile of what it printed.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var command = new Command("calibrate", "Measures a board: --sketch writes the program to run there, its printed figures become a profile for 'adapterc report --profile'.");
        var figures = new Argument<string?>("figures") { Description = "Text file with what the sketch printed.", Arity = ArgumentArity.ZeroOrOne };
        var sketch = new Option<bool>("--sketch") { Description = "Write the program instead, Calibration.g.cs." };
        var name = new Option<string?>("--name") { Description = "Name of the board's profile: a-z, 0-9 and -." };
        var device = new Option<string?>("--device") { Description = "Device whose flash and heap the board has: " + string.Join(", ", Devices) + " [not known]." };
        device.AcceptOnlyFromAmong(Devices);
        var output = new Option<string?>("--output", "-o") { Description = "Profile to write [NAME.profile]; with --sketch the folder [.]." };
        command.Arguments.Add(figures);
        foreach (Option option in new Option[] { sketch, name, device, output })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(figures), board = parsed.GetValue(name), target = parsed.GetValue(output);
            if (parsed.GetValue(sketch))
                return file is null && board is null ? WriteSketch(target ?? ".") : Misuse("--sketch takes neither figures nor --name.");
            if (file is null || board is null)
                return Misuse("either --sketch, or a file of figures and --name, is expected: docs/calibration.md.");
            return WriteProfile(file, board, parsed.GetValue(device), target ?? board + ".profile");
        });
        return command;
    }

    private static string[] Devices => [.. DeviceNames.All.Where(name => name != DeviceLimits.Desktop)];

    private static int WriteSketch(string folder)
    {
        EmittedFile file = CalibrationSketch.Emit();
        return Write(Path.Combine(folder, file.Name), file.Text);
    }

    private static int WriteProfile(string figures, string name, string? device, string target)
    {
        if (name.Length is 0 or > 40 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            return Misuse($"--name is '{name}'; 1 to 40 of a-z, 0-9 and - are expected.");
        if (DeviceNames.All.Contains(name, StringComparer.Ordinal))
            return Misuse($"--name is '{name}', which adapterc knows already; choose another, such as my-{name}.");
        string text;
        try
        {
            text = File.ReadAllText(figures);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"adapterc: cannot read the figures: {exception.Message}");
            return 1;
        }

        (CalibrationFigures? read, string? mistake) = CalibrationFigures.Read(text);
        DeviceProfile? profile = null;
        if (read is not null)
            (profile, mistake) = read.ToProfile(name, device is null ? null : DeviceProfiles.Find(device));
        if (read is null || profile is null)
        {
            Console.Error.WriteLine(figures + mistake);
            return 1;
        }

        int code = Write(target, ProfileFile.Write(profile));
        if (code == 0)
        {
            foreach (CalibrationFigure figure in read.Mixes)
                Console.WriteLine($"{figure.Mix.Name,-8}{CostText.Weighted(figure.Rates.Min())} to {CostText.Weighted(figure.Rates.Max())} weighted instructions a second");
            Console.WriteLine($"Next: adapterc report MODEL --profile {target}");
        }

        return code;
    }

    private static int Write(string target, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            File.WriteAllText(target, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"adapterc: cannot write {target}: {exception.Message} Choose another place with --output.");
            return 1;
        }

        Console.WriteLine($"{target}  {Text.TextTable.Number(text.Length)} characters");
        return 0;
    }

    private static int Misuse(string message)
    {
        Console.Error.WriteLine("adapterc: " + message);
        return 2;
    }
}
