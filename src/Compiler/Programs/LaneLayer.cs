using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Programs;

/// <summary>How a convolution walks its image.</summary>
public enum LaneShape
{
    /// <summary>The 4 x 4 patch of one pooled output in variables, its four positions unrolled: fewest instructions.</summary>
    Unrolled,

    /// <summary>A 3 x 3 patch, one position at a time, the maximum kept in the output: a quarter of the code.</summary>
    Single,

    /// <summary>A 3 x 4 patch, at a time the two places of a line that has no more, the maximum kept in the output: half of the code.</summary>
    Wide,
}

/// <summary>
/// A convolution layer on packed lanes. The channels of all blocks, the shared one first, lie side by side in one image, so that one
/// pointer serves all of them and blocks that read the same patch share its loads.
/// </summary>
/// <param name="Format">Lanes and axis.</param>
/// <param name="Shape">How it walks; a global convolution always goes position by position.</param>
/// <param name="Layer">Kind and shapes.</param>
/// <param name="Input">The image below: shared channels, then every adapter's.</param>
/// <param name="Output">Where codes go; of a global convolution, where the best sums are kept: one line, one place.</param>
/// <param name="Blocks">Those with channels, the shared one first.</param>
/// <param name="IsPaired">Its input's channels have become sums and differences of two.</param>
public record LaneLayer(LaneFormat Format, LaneShape Shape, Layer Layer, LaneImage Input, LaneImage Output, ValueArray<LaneBlock> Blocks, bool IsPaired)
{
    /// <summary>The maximum over all positions, no pooled image.</summary>
    public bool IsGlobal => !Layer.Operator.WritesImage;

    /// <summary>Best sums are kept in the output while positions go by, so it must be 0 beforehand.</summary>
    public bool KeepsBest => Shape != LaneShape.Unrolled && !IsOnePosition;

    /// <summary>A row of a global convolution on a stream that is one place: its one sum is the best.</summary>
    public bool IsOnePosition => IsGlobal && Layer.IsStreamed && SummedLines == 1 && Input.Places == 1;

    /// <summary>Places of a line that are computed in one go.</summary>
    public int Side => SideOf(Shape);

    /// <summary>Lines that are.</summary>
    public int Tall => Shape == LaneShape.Unrolled ? 2 : 1;

    /// <summary>Positions that are.</summary>
    public int Positions => Tall * Side;

    /// <summary>The first line whose sums are taken.</summary>
    public int FirstLine => Layer.Operator.Margin;

    /// <summary>Lines whose sums are taken: whole pools of them, where nothing is padded in time; strips along time are always padded.</summary>
    public int SummedLines => FirstLine == 0 ? Input.Lines : Layer.OutputRows * Layer.Operator.Pool(Layer.Input).Rows;

    /// <summary>Lines of its input that a run reads for the first time: all of them but on a stream, where each was read with those before it.</summary>
    public int FreshLines => Layer.IsStreamed && !IsGlobal ? SummedLines : Input.Lines;

    /// <summary>One step covers a line: its halos are shifts of the patch itself.</summary>
    public bool IsWholeLine => Input.Places == Side;

    /// <summary>Places of a line that a shape computes in one go.</summary>
    public static int SideOf(LaneShape shape) => shape == LaneShape.Single ? 1 : 2;

    /// <summary>Everything that the layer computes.</summary>
    public ValueArray<ChannelSpan> Whole => Blocks.Select(block => new ChannelSpan(block, 0, block.Block.Channels.Count)).ToValueArray();
}

/// <summary>One block of a layer.</summary>
/// <param name="Task">Index of the adapter's task; null for the shared encoder.</param>
/// <param name="Block">Its channels.</param>
/// <param name="Proofs">One per channel.</param>
/// <param name="OwnInput">Channel of the input image that is its first own input, as far as it has any.</param>
/// <param name="FirstOutput">Channel of the output image that is its first.</param>
public sealed record LaneBlock(int? Task, Block Block, ValueArray<ChannelProof> Proofs, int OwnInput, int FirstOutput)
{
    /// <summary>Bit of the task; 0 for the shared encoder, which always runs.</summary>
    public int Mask => Task is { } task ? 1 << task : 0;
}

/// <summary>Some neighbouring channels of a block.</summary>
/// <param name="Block">The block.</param>
/// <param name="First">First channel, from 0.</param>
/// <param name="Count">Channels.</param>
public sealed record ChannelSpan(LaneBlock Block, int First, int Count)
{
    /// <summary>Its first channel in the output image.</summary>
    public int FirstOutput => Block.FirstOutput + First;
}

/// <summary>What lane code calls things that lie outside it.</summary>
/// <param name="Lanes">The field with the arena of longs.</param>
/// <param name="MaskName">The C# name of a task's bit.</param>
/// <param name="BlockName">What a reader calls the block of a task; null for the shared encoder's.</param>
public sealed record LaneNames(StaticField Lanes, System.Func<int, string> MaskName, System.Func<int?, string> BlockName)
{
    /// <summary>Names for code that is measured only.</summary>
    public static LaneNames None { get; } = new(new StaticField("lanes", IlType.Longs), _ => "mask", _ => "block");
}
