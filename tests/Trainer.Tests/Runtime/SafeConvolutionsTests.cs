using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Runtime;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Runtime;

/// <summary>Which setting is chosen, and what the user hears of it.</summary>
public sealed class SafeConvolutionsTests
{
    private static readonly ConvolutionCase[] Shapes = [new(8, 1, 4, 16, 16, true, true), new(8, 4, 6, 8, 8, true, true)];

    private readonly List<string> said = [];

    [Fact]
    public void Right_as_it_is_changes_and_says_nothing()
    {
        var process = new FakeProcess();
        Assert.Null(Settle(process));
        Assert.Empty(said);
        Assert.Equal(ConvolutionSetting.Default, process.Current);
    }

    [Fact]
    public void Wrong_starts_over_with_the_narrow_instruction_set_in_one_line()
    {
        var process = new FakeProcess();
        Assert.Null(Settle(process, ConvolutionSetting.Default));
        Assert.Equal(ConvolutionSetting.Narrow, process.Current);
        Assert.Equal(
            ["1 of 2 convolutions come out wrong on this processor with oneDNN: the output of 4 -> 6 channels, 8 x 8, is off by 0.5 of its greatest value. Starting over with ONEDNN_MAX_CPU_ISA=SSE41, slower."],
            said);
    }

    [Fact]
    public void Wrong_again_goes_on_without_oneDNN()
    {
        var process = new FakeProcess();
        Assert.Null(Settle(process, ConvolutionSetting.Default, ConvolutionSetting.Narrow));
        Assert.Equal(ConvolutionSetting.Plain, process.Current);
        Assert.Equal(2, said.Count);
        Assert.Contains("with oneDNN held at SSE41: ", said[1], StringComparison.Ordinal);
        Assert.EndsWith("Going on with oneDNN switched off, slower.", said[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_cannot_start_over_goes_on_without_oneDNN()
    {
        var process = new FakeProcess { CanRestart = false };
        Assert.Null(Settle(process, ConvolutionSetting.Default, ConvolutionSetting.Narrow));
        Assert.Equal(ConvolutionSetting.Plain, process.Current);
        Assert.Single(said);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Wrong_under_all_is_an_error(bool canSwitch, int changes)
    {
        var process = new FakeProcess { CanSwitch = canSwitch };
        string? problem = Settle(process, ConvolutionSetting.Default, ConvolutionSetting.Narrow, ConvolutionSetting.Plain);
        Assert.Contains("No other setting is left", problem, StringComparison.Ordinal);
        Assert.Equal(changes, said.Count);
    }

    [Fact]
    public void What_was_right_is_not_checked_again_unless_a_setting_changed()
    {
        var asked = new List<ConvolutionCase>();
        bool wrong = false;
        var safe = new SafeConvolutions(new FakeProcess { CanRestart = false }, (setting, shape) =>
        {
            asked.Add(shape);
            return wrong && setting == ConvolutionSetting.Default && shape == Shapes[1] ? new ConvolutionError(shape, "output", 1) : null;
        });
        Assert.Null(safe.Settle([Shapes[0]], said.Add));
        Assert.Null(safe.Settle([Shapes[0]], said.Add));
        Assert.Single(asked);
        wrong = true;
        Assert.Null(safe.Settle(Shapes, said.Add));
        Assert.Equal([Shapes[0], Shapes[1], Shapes[0], Shapes[1]], asked);
    }

    private string? Settle(FakeProcess process, params ConvolutionSetting[] wrong)
    {
        var safe = new SafeConvolutions(process, (setting, shape) => wrong.Contains(setting) && shape == Shapes[1] ? new ConvolutionError(shape, "output", 0.5) : null);
        try
        {
            return safe.Settle(Shapes, said.Add);
        }
        catch (OperationCanceledException)
        {
            return safe.Settle(Shapes, said.Add);
        }
    }

    /// <summary>Starting over ends what runs here, by an exception; what is called next is the fresh process.</summary>
    private sealed class FakeProcess : IProcessSwitches
    {
        public ConvolutionSetting Current { get; private set; }

        public bool CanRestart { get; set; } = true;

        public bool CanSwitch { get; init; } = true;

        public void Restart()
        {
            Current = ConvolutionSetting.Narrow;
            CanRestart = false;
            throw new OperationCanceledException();
        }

        public bool SwitchOneDnnOff()
        {
            if (CanSwitch)
                Current = ConvolutionSetting.Plain;
            return CanSwitch;
        }
    }
}
