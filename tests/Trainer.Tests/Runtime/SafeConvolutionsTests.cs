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
        SafeConvolutions safe = Wrong();
        Assert.Null(safe.Settle(Shapes, said.Add));
        Assert.Empty(said);
        Assert.Equal(ConvolutionSetting.Default, safe.Setting);
    }

    [Fact]
    public void Wrong_goes_on_with_own_kernels_and_says_so_in_one_line()
    {
        SafeConvolutions safe = Wrong(ConvolutionSetting.Default);
        Assert.Null(safe.Settle(Shapes, said.Add));
        Assert.Equal(ConvolutionSetting.Own, safe.Setting);
        Assert.Equal(
            ["1 of 2 convolutions come out wrong on this processor with oneDNN: the output of 4 -> 6 channels, 8 x 8, is off by 0.5 of its greatest value. Going on with the trainer's own kernels, slower."],
            said);
    }

    [Fact]
    public void Wrong_under_all_is_an_error()
    {
        string? problem = Wrong(ConvolutionSetting.Default, ConvolutionSetting.Own).Settle(Shapes, said.Add);
        Assert.Contains("with own kernels: ", problem, StringComparison.Ordinal);
        Assert.Contains("No other setting is left", problem, StringComparison.Ordinal);
        Assert.Single(said);
    }

    [Fact]
    public void What_was_right_is_not_checked_again_unless_a_setting_changed()
    {
        var asked = new List<ConvolutionCase>();
        bool wrong = false;
        var safe = new SafeConvolutions((setting, shape) =>
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

    private static SafeConvolutions Wrong(params ConvolutionSetting[] settings) =>
        new((setting, shape) => settings.Contains(setting) && shape == Shapes[1] ? new ConvolutionError(shape, "output", 0.5) : null);
}
