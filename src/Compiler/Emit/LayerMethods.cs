using System;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels;
using AdapterCompiler.Programs;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>One method per layer, each a few calls with every place and shape written out.</summary>
internal static class LayerMethods
{
    public static void Write(SourceWriter writer, CodedProgram program)
    {
        for (int i = 0; i < program.Code.Count; i++)
        {
            writer.Line();
            writer.Line("// " + (i < program.Layers.Count ? Describe(program.Layers[i]) : "Heads: raw logits over the shared and the task's own embedding."));
            CSharpEmitter.Lines(writer, CSharpPrinter.Print(program.Code[i].Entry.Method));
        }
    }

    private static string Describe(PartLayer layer)
    {
        string text = FormattableString.Invariant($"Layer {layer.Layer.Index}: {layer.Layer.Operator.Describe(layer.Layer.Input)}, ReLU, shift to codes.");
        return layer.Lanes is null ? text : FormattableString.Invariant($"{text} {layer.Kernel.ToText(isDense: false)}.");
    }
}
