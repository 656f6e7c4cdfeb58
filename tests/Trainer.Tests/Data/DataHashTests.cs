using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>The hash that a model file names its data by: the same for the same slices, another for anything else.</summary>
public sealed class DataHashTests
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();

    [Fact]
    public void The_same_slices_have_the_same_hash() => Assert.Matches("^[0-9a-f]{64}$", Assert.Single(new[] { DataHash.Of(Tasks), DataHash.Of(TinyTasks.Make()) }.Distinct()));

    [Fact]
    public void Whatever_differs_gives_another()
    {
        TaskData first = Tasks[0];
        TaskData[] others =
        [
            first with { Name = first.Name + "-2" },
            first with { Labels = [.. first.Labels.Select(label => label + "!")] },
            first with { Train = WithCode(first.Train) },
            first with { Validation = WithCode(first.Validation) },
            first with { Test = WithCode(first.Test) },
            first with { Test = first.Test with { Classes = [.. first.Test.Classes.Reverse()] } },
            first with { Train = new SliceSet([.. first.Train.Codes.Skip(1)], [.. first.Train.Classes.Skip(1)]) },
            // A slice that changed sides, so that the same bytes stand in the same order.
            first with
            {
                Validation = new SliceSet([.. first.Validation.Codes.SkipLast(1)], [.. first.Validation.Classes.SkipLast(1)]),
                Test = new SliceSet([first.Validation.Codes[^1], .. first.Test.Codes], [first.Validation.Classes[^1], .. first.Test.Classes]),
            },
        ];
        string[] hashes = [DataHash.Of(Tasks), DataHash.Of([.. Tasks.Reverse()]), .. others.Select(other => DataHash.Of([other, .. Tasks.Skip(1)]))];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public void Added_data_is_hashed_behind_what_was_there_and_unknown_stays_unknown()
    {
        string first = DataHash.Of([Tasks[0]]), second = DataHash.Of([Tasks[1]]);
        string[] hashes = [first, second, DataHash.Joined(first, second), DataHash.Joined(second, first), DataHash.Of(Tasks)];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
        Assert.Equal("unknown", DataHash.Joined(null, second));
        Assert.Equal("unknown", DataHash.Joined("unknown", second));
    }

    private static SliceSet WithCode(SliceSet slices) => slices with { Codes = [.. slices.Codes.Select((codes, i) => i == 0 ? [(byte)(codes[0] ^ 1), .. codes.Skip(1)] : codes)] };
}
