using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Programs;

/// <summary>A scheduled program with a place for everything that it computes. Every part of a model has the same places.</summary>
/// <param name="Scheduled">What is computed when.</param>
/// <param name="Arena">Where codes live, a byte each.</param>
/// <param name="Blocks">Where blocks leave their codes, as far as they leave bytes.</param>
/// <param name="Lanes">Where packed images live.</param>
/// <param name="Images">The layers on packed lanes.</param>
/// <param name="MaximaStart">Where the last convolution of a stream keeps the maxima of its rows, row after row of every channel's code; null where it has one row, or there is no stream.</param>
public sealed record PlacedProgram(ScheduledProgram Scheduled, ArenaPlan Arena, ValueArray<BlockPlace> Blocks, LaneArena Lanes, ValueArray<PlacedLaneLayer> Images, int? MaximaStart = null)
{
    /// <summary>What is computed.</summary>
    public Network Network => Scheduled.Network;

    /// <summary>The kernels.</summary>
    public KernelPlan Plan => Scheduled.Plan;

    /// <summary>Where a block's codes start; null where it leaves none as bytes.</summary>
    /// <param name="layer">Layer from 1.</param>
    /// <param name="task">Index of the block's task; null for the shared encoder.</param>
    public int? CodesOf(int layer, int? task) => Blocks.FirstOrDefault(place => place.Layer == layer && place.Task == task)?.Offset;

    /// <summary>A layer's images; null where it works on bytes.</summary>
    /// <param name="layer">Layer from 1.</param>
    public PlacedLaneLayer? ImagesOf(int layer) => Images.FirstOrDefault(images => images.Layer.Index == layer);
}

/// <summary>Where a block's codes start in the arena of bytes.</summary>
/// <param name="Layer">Layer from 1.</param>
/// <param name="Task">Index of the block's task; null for the shared encoder.</param>
/// <param name="Offset">The first of them.</param>
public sealed record BlockPlace(int Layer, int? Task, int Offset);

/// <summary>A layer on packed lanes, its images placed.</summary>
public sealed record PlacedLaneLayer : LaneLayer
{
    // One that takes as many bytes to name as any.
    private const int FarPlace = 1_000;

    /// <summary>A line of zeros: what lies above the first and below the last line of every image.</summary>
    public const int ZeroStart = 0;

    /// <summary>Places a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputStart">First long of the image below.</param>
    /// <param name="outputStart">First long of its own.</param>
    /// <param name="isOneMethod">Its output lies over lines of its input that have been read, so one method must compute all of it.</param>
    public PlacedLaneLayer(LaneLayer layer, int inputStart, int outputStart, bool isOneMethod)
        : base(layer) => (InputStart, OutputStart, IsOneMethod) = (inputStart, outputStart, isOneMethod);

    /// <summary>First long of the image below.</summary>
    public int InputStart { get; }

    /// <summary>First long of its own image.</summary>
    public int OutputStart { get; }

    /// <summary>Its output lies over lines of its input that have been read, so one method must compute all of it.</summary>
    public bool IsOneMethod { get; }

    /// <summary>Code that is only measured. Where a method is nearly full a few bytes less would make one of what will be two, each with all its loads.</summary>
    public static PlacedLaneLayer ForMeasuring(LaneLayer layer) => new(layer, FarPlace, FarPlace, isOneMethod: false);
}
