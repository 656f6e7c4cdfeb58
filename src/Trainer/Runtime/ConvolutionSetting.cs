namespace AdapterCompiler.Trainer.Runtime;

/// <summary>Who convolves.</summary>
internal enum ConvolutionSetting
{
    /// <summary>Torch with oneDNN, as the processor and the user's environment have it: fastest.</summary>
    Default,

    /// <summary>The trainer's own kernels, <see cref="Networks.Kernels.OwnConvolution"/>: no library is asked, right on every processor.</summary>
    Own,
}
