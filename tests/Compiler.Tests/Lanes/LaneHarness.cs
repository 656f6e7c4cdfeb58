using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using AdapterCompiler.Artifact;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Lowering.Kernels;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Model;

namespace AdapterCompiler.Tests.Lanes;

/// <summary>Compiles the lane kernels of an encoder and runs them between packing and unpacking.</summary>
internal sealed class LaneHarness
{
    private readonly LaneEncoder encoder;
    private readonly Network network;
    private readonly Type type;
    private readonly long[] lanes;

    public LaneHarness(Network network, LaneEncoder encoder, bool checkOverflow = false)
    {
        (this.network, this.encoder) = (network, encoder);
        var text = new StringBuilder("static class Kernels {\n");
        text.Append(FormattableString.Invariant($"public static readonly long[] lanes = new long[{encoder.ArenaLength}];\n"));
        foreach (LaneMethod method in encoder.Layers.SelectMany(layer => layer).SelectMany(block => block.Methods))
            text.AppendJoin('\n', CSharpPrinter.Print(method.Method)).Append('\n');
        Source = text.Append('}').ToString();
        Assembly = GeneratedAssembly.Compile([new EmittedFile("Kernels.cs", Source)], ClassLibrary.Desktop, checkOverflow);
        type = HostedModel.LoadAssembly(Assembly).GetType("Kernels", throwOnError: true)!;
        lanes = (long[])type.GetField("lanes")!.GetValue(null)!;
    }

    public string Source { get; }

    public GeneratedAssembly Assembly { get; }

    /// <summary>Codes after every convolution, [layer][block][channel][position], as the interpreter gives them.</summary>
    public List<int[][][]> Run(byte[] codes)
    {
        LaneFormat format = encoder.Format;
        bool frequency = format.Axis == LaneAxis.Frequency;
        int bands = network.Input.Bands;
        LaneKernels.Pack(
            codes, lanes, encoder.Input.Start, encoder.Input.Lines, frequency ? bands : 1, encoder.Input.Places, frequency ? 1 : bands, format.Lanes, format.Bits, encoder.Input.Stride);
        Halo(encoder.Input);
        var result = new List<int[][][]>();
        foreach (ValueArray<LaneBlock> layer in encoder.Layers)
        {
            var blocks = new List<int[][]>();
            foreach (LaneBlock block in layer)
            {
                LaneConvolution convolution = block.Convolution;
                bool isGlobal = convolution.Layer.Kind == LayerKind.GlobalConvolution;
                if (convolution.KeepsBest)
                    LaneKernels.Clear(lanes, convolution.Output.Start, convolution.Output.Length);
                foreach (LaneMethod method in block.Methods)
                {
                    object[] arguments = [.. method.Method.Parameters.Select(_ => (object)0L)];
                    type.GetMethod(method.Method.Name, BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, arguments);
                }

                if (!isGlobal)
                    Halo(convolution.Output);
                blocks.Add(isGlobal ? Best(convolution) : Unpack(convolution));
            }

            result.Add([.. blocks]);
        }

        return result;
    }

    private void Halo(LaneImage image)
    {
        if (image.HasHalo)
            LaneKernels.Halo(lanes, image.Start, image.Lines, image.Places, image.Channels, encoder.Format.Bits);
    }

    private int[][] Best(LaneConvolution convolution)
    {
        int count = convolution.Output.Channels;
        var codes = new byte[count];
        byte[] shifts = [.. convolution.Proofs.Select(proof => (byte)proof.Shift)];
        LaneKernels.Widest(lanes, convolution.Output.Start, encoder.Format.Lanes, encoder.Format.Bits, shifts, 0, count, convolution.Block.ActivationMax, codes, 0);
        return [.. codes.Select(code => new[] { (int)code })];
    }

    private int[][] Unpack(LaneConvolution convolution)
    {
        LaneImage image = convolution.Output;
        bool frequency = encoder.Format.Axis == LaneAxis.Frequency;
        int rows = convolution.Layer.OutputRows, columns = convolution.Layer.OutputColumns;
        return [.. Enumerable.Range(0, image.Channels).Select(channel => Enumerable.Range(0, rows * columns).Select(position =>
        {
            (int line, int along) = frequency ? (position / columns, position % columns) : (position % columns, position / columns);
            long packed = lanes[image.At(line, along % image.Places) + channel];
            return (int)((packed >> (along / image.Places * encoder.Format.Bits)) & (encoder.Format.GuardValue - 1));
        }).ToArray())];
    }
}
