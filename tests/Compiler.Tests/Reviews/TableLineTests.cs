using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Reviews;

/// <summary>What a diff of tables shows: a line for each channel of a layer in loops, a line for each block's shifts.</summary>
public sealed class TableLineTests
{
    [Theory]
    [InlineData("loop")]
    [InlineData("2 lanes, time, loop")]
    [InlineData("4 lanes, time, loop, 4 bits a weight")]
    public void A_channel_is_a_line(string form)
    {
        for (int seed = 0; seed < 4; seed++)
        {
            var options = new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray<string>.Empty, "desktop");
            CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(LaneModels.Create(seed)), options, network => [ForcedPlans.All[form](network)]);
            CodedProgram program = result.Program!;
            string text = result.Files[1].Text;
            Assert.Equal(program.Tables.Rows.Where(row => row.Weights.Count > 0).Select(row => row.Weights.Count), Counts(text, "sbyte[] Weights"));
            Assert.Equal(program.Tables.LaneShifts.Select(block => block.Shifts.Count), Counts(text, "byte[] LaneShifts"));
        }
    }

    // Numbers of each line of a field's initialiser.
    private static int[] Counts(string text, string field) =>
    [
        .. text.Split('\n').SkipWhile(line => !line.Contains(" " + field + " ", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.Trim() != "};")
            .Where(line => !line.Contains("//", StringComparison.Ordinal)).Select(line => line.Count(c => c == ',')),
    ];
}
