namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>Weights of a layer or a head as the model file holds them; biases without the half step that rounds codes.</summary>
/// <param name="Bias">Per output.</param>
/// <param name="Offsets">Per output: what each own input adds to the bias where its gate is open.</param>
/// <param name="Weights">Per output: inputs, each with its taps.</param>
internal sealed record IntegerWeights(int[] Bias, int[][] Offsets, sbyte[][] Weights);
