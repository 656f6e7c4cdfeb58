using System;
using System.IO;
using AdapterCompiler.Trainer.Reporting;
using Spectre.Console;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Commands;

/// <summary><c>adapter-train compress</c> as a user types it.</summary>
[Collection(TorchTests.Name)]
public sealed class CompressCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-compress-command").FullName;
    private readonly StringWriter output = new(), errors = new();

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        errors.Dispose();
    }

    [Theory]
    [InlineData("--weight-bits four", "--weight-bits is 'four'; write whole numbers")]
    [InlineData("--weight-bits 4 --max-ms 500", "--weight-bits and --zeros are what a search with a budget looks for. Leave them out, or")]
    [InlineData("--zeros 0.5 --max-drop 1", "--weight-bits and --zeros are what a search with a budget looks for.")]
    [InlineData("--max-drop -1", "--max-drop is -1; it is a number of points of accuracy from 0 to 100")]
    [InlineData("--max-drop 100.1", "--max-drop is 100.1;")]
    [InlineData("--max-ms 0", "--max-ms is 0; it is the time of a window in milliseconds, above 0.")]
    [InlineData("--max-ms 500 --device desktop", "--max-ms needs a device whose speed is known, and desktop's is not.")]
    [InlineData("--max-parts 0", "--max-parts is 0; it is a number of assemblies from 1 to ")]
    [InlineData("--max-ram 0", "--max-ram is 0; it is a number of kilobytes, at least 1.")]
    [InlineData("--threads 0", "--threads is 0; at least 1 is needed.")]
    [InlineData("--none other", "--none needs --data")]
    public void A_wrong_option_is_one_line(string arguments, string expected)
    {
        Assert.Equal(2, Run(["compress", "nothing.safetensors", .. arguments.Split(' ')]));
        Assert.StartsWith("error: " + expected, errors.ToString(), StringComparison.Ordinal);
        Assert.Single(errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Trained_recordings_are_made_small_and_wrong_input_is_a_message()
    {
        string data = Path.Combine(folder, "my recordings"), first = Path.Combine(folder, "first"), weights = Path.Combine(first, "audio.safetensors");
        ToneRecordings.Write(data);
        Assert.Equal(1, Run("compress", weights));
        Assert.Contains($"error: {weights} cannot be read: ", errors.ToString(), StringComparison.Ordinal);
        Assert.True(Run("train", "--data", data, "--steps", "4", "--batch", "8", "--channels", "4,6", "--threads", "1", "-o", first) == 0);
        errors.GetStringBuilder().Clear();
        Assert.True(Run("compress", weights, "--data", data, "--zeros", "0.5", "--weight-bits", "8,4,4", "--steps", "4", "--batch", "6", "--distillation", "1", "--input-bits", "5", "--lanes", "0", "--threads", "1") == 0, errors.ToString());
        Assert.Contains("6 of 6 slices: generated code = interpreter, every logit", output.ToString(), StringComparison.Ordinal);
        string model = File.ReadAllText(Path.Combine(first, "compressed-bits-8-4-4-zeros-50", "audio.adapter"));
        Assert.Contains(
            "\ncommand adapter-train train --data \"my recordings\" --channels 4,6 --steps 4 --batch 8 --threads 1; adapter-train compress --weight-bits 8,4,4 --zeros 0.5 --steps 4 --batch 6 --distillation 1 --input-bits 5 --lanes 0 --threads 1\n",
            model, StringComparison.Ordinal);

        Assert.Contains("\ninput frames 96 bands 64 bits 5\n", model, StringComparison.Ordinal);
        Assert.DoesNotContain(first, model, StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--lanes", "5"));
        Assert.Contains("--lanes is 5; sums are held where 4 or 6 lanes of a long hold them, or not at all with 0.", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--lanes", "6", "--activation-bits", "6"));
        Assert.Contains("a few codes of 6 bits fill. Add --activation-bits 5, or fewer, or take --lanes 4.", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--lanes", "6", "--activation-bits", "5"));
        Assert.Contains("a few input codes of 7 bits fill. Add --input-bits 5, or fewer, or take --lanes 4.", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--input-bits", "8"));
        Assert.Contains("--input-bits is 8; a front end's codes have 7 bits, of which 1 to 7 can be read.", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--weight-bits", "9"));
        Assert.Contains("--weight-bits has 9; widths are 2 to 8.", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--weight-bits", "8,8,8,8,8"));
        Assert.Contains("--weight-bits has 5 entries;", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--zeros", "0.99"));
        Assert.Contains("--zeros is 0.99; it is the share of weights that become 0, from 0 to 0.98", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("compress", weights, "--data", data, "--steps", "-1"));
        Assert.Contains("--steps is -1;", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Run("compress", weights, "--data", data, "-o", first));
        Assert.Contains($"--output {first} is where {weights} lies, whose model and results would be overwritten.", errors.ToString(), StringComparison.Ordinal);
        File.Copy(Path.Combine(data, "beep", "train", "low", "train-0.wav"), Path.Combine(data, "beep", "train", "low", "again.wav"));
        Assert.Equal(1, Run("compress", weights, "--data", data));
        Assert.Contains("was trained on other data", errors.ToString(), StringComparison.Ordinal);
    }

    private int Run(params string[] arguments) => Program.Run(arguments, new RunConsole(Plain(output), Plain(errors)));

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}
