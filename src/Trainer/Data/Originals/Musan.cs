using System.Linq;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>MUSAN (Snyder et al. 2015): the first minute of every recording; recordings are split by their names.</summary>
internal static class Musan
{
    public const string Layout = "music/, noise/ and speech/, each with SOURCE/*.wav";

    private const int SlicesOfARecording = 60;

    private static readonly string[] Kinds = ["music", "noise", "speech"];

    public static TaskPlan Plan(SetFolder folder) => new("sound", Kinds, OriginalItems.Unlimited, VoicesRecur: false,
        [.. Kinds.SelectMany((kind, index) => folder.Files(".wav", kind).Select(path => OriginalItems.Of(path, OriginalItems.ByName(System.IO.Path.GetFileName(path)), index, SlicesOfARecording)))]);
}
