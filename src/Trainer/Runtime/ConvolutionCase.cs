using System;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>One convolution that a network computes: 3 x 3, stride 1, one position of padding.</summary>
/// <param name="Images">Rows of the batch.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="ChannelsLast">A position's channels lie side by side in memory; otherwise each channel is an image of its own.</param>
/// <param name="Trained">Gradients are taken too.</param>
internal readonly record struct ConvolutionCase(int Images, int Inputs, int Outputs, int Height, int Width, bool ChannelsLast, bool Trained)
{
    /// <summary>For example <c>14 -> 28 channels, 48 x 32</c>.</summary>
    public string ToText() => FormattableString.Invariant($"{Inputs} -> {Outputs} channels, {Height} x {Width}");

    /// <summary>Where an element of an image batch lies in memory.</summary>
    /// <param name="channels">Channels of the batch.</param>
    /// <param name="image">Image.</param>
    /// <param name="channel">Channel.</param>
    /// <param name="y">Row.</param>
    /// <param name="x">Column.</param>
    public int Index(int channels, int image, int channel, int y, int x) => ChannelsLast
        ? (((((image * Height) + y) * Width) + x) * channels) + channel
        : (((((image * channels) + channel) * Height) + y) * Width) + x;
}
