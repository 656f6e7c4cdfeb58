using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;

namespace AdapterCompiler.GeneratorTests;

/// <summary>Small valid model files.</summary>
internal static class Models
{
    /// <summary>Tasks "keyword" and "bird".</summary>
    public static string Two { get; } = WithTasks(2, firstSeed: 1);

    /// <summary>Another one with the same tasks.</summary>
    public static string OtherTwo { get; } = WithTasks(2, firstSeed: 1000);

    /// <summary>Tasks "keyword", "bird" and "music-speech".</summary>
    public static string Three { get; } = WithTasks(3, firstSeed: 1);

    /// <summary>More than half of the tables that one assembly holds.</summary>
    public static string Large { get; } = ModelWriter.Write(TinyModels.Create([16, 224, 160], ("keyword", "1 1 1")));

    /// <summary>A network that suits lanes.</summary>
    public static string Lanes { get; } = ModelWriter.Write(LaneModels.Create(7, 16, 16, [3, 4, 4], [1], weightBits: 4, activationBits: 7, zeros: 0.5));

    /// <summary>As <see cref="Three"/>, tasks named otherwise.</summary>
    public static string Named(params string[] names)
    {
        ModelArtifact model = ModelReader.Read(Three).Model!;
        return ModelWriter.Write(model with { Tasks = model.Tasks.Zip(names, (task, name) => task with { Name = name }).ToValueArray() });
    }

    private static string WithTasks(int count, int firstSeed) => ModelWriter.Write(
        Enumerable.Range(firstSeed, 500).Select(RandomArtifacts.Create).First(model => model.Tasks.Count == count));
}
