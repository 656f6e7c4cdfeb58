using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
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
    private readonly byte[] pooled;

    public LaneHarness(Network network, LaneEncoder encoder, bool checkOverflow = false)
    {
        (this.network, this.encoder) = (network, encoder);
        var text = new StringBuilder("static class Kernels {\n");
        text.Append(FormattableString.Invariant($"public static readonly long[] lanes = new long[{encoder.ArenaLength}];\n"));
        LaneConvolution[] last = [.. encoder.Layers[^1].Select(block => block.Convolution)];
        text.Append(FormattableString.Invariant($"public static readonly byte[] codes = new byte[{last.Sum(convolution => convolution.Output.Channels)}];\n"));
        text.Append("public static readonly byte[] laneShifts = new byte[] { ").AppendJoin(", ", last.SelectMany(convolution => convolution.Proofs).Select(proof => proof.Shift)).Append(" };\n");
        foreach (LaneMethod method in encoder.Methods)
            text.AppendJoin('\n', CSharpPrinter.Print(method.Method)).Append('\n');
        Source = text.Append('}').ToString();
        Assembly = GeneratedAssembly.Compile([new EmittedFile("Kernels.cs", Source)], ClassLibrary.Desktop, checkOverflow);
        type = HostedModel.LoadAssembly(Assembly).GetType("Kernels", throwOnError: true)!;
        lanes = (long[])type.GetField("lanes")!.GetValue(null)!;
        pooled = (byte[])type.GetField("codes")!.GetValue(null)!;
    }

    public string Source { get; }

    public GeneratedAssembly Assembly { get; }

    /// <summary>Codes after every convolution, [layer][block][channel][position], as the interpreter gives them.</summary>
    public List<int[][][]> Run(byte[] codes)
    {
        LaneFormat format = encoder.Format;
        bool frequency = format.Axis == LaneAxis.Frequency;
        int bands = network.Input.Bands;
        LaneImage image = encoder.Input;
        LaneKernels.Pack(
            codes, 0, image.Channels, lanes, image.Start, image.Stride, image.Channels, image.Lines, image.Places,
            frequency ? bands : 1, frequency ? 1 : bands, format.Lanes, format.Bits);
        foreach (LaneMethod method in encoder.Before)
            Call(method);
        var result = new List<int[][][]>();
        foreach (ValueArray<LaneBlock> layer in encoder.Layers)
        {
            var blocks = new List<int[][]>();
            int taken = 0;
            foreach (LaneBlock block in layer)
            {
                LaneConvolution convolution = block.Convolution;
                foreach (LaneMethod method in block.Methods)
                    Call(method);
                if (convolution.IsGlobal)
                {
                    blocks.Add([.. pooled.Skip(taken).Take(convolution.Output.Channels).Select(code => new[] { (int)code })]);
                    taken += convolution.Output.Channels;
                }
                else
                {
                    blocks.Add(Unpack(convolution));
                }
            }

            result.Add([.. blocks]);
        }

        return result;
    }

    private void Call(LaneMethod method)
    {
        object[] arguments = [.. method.Method.Parameters.Select(_ => (object)0L)];
        type.GetMethod(method.Method.Name, BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, arguments);
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
