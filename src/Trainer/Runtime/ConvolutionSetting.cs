namespace AdapterCompiler.Trainer.Runtime;

/// <summary>How Torch is made to convolve, fastest first.</summary>
internal enum ConvolutionSetting
{
    /// <summary>As the processor and the user's environment have it.</summary>
    Default,

    /// <summary>oneDNN held at <see cref="NativeSettings.SafeInstructionSet"/>; it needs a fresh process.</summary>
    Narrow,

    /// <summary>oneDNN off: ATen's own convolutions.</summary>
    Plain,
}
