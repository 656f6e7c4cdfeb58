using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Kernels;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Reviews;

/// <summary>What a reviewer sees of generated code in a pull request: nothing where nothing changed. Each rule is held on 50 networks; <c>ADAPTER_DIFFS=500</c> for more.</summary>
public sealed partial class QuietDiffTests(CompiledModels compiled, ITestOutputHelper output) : IClassFixture<CompiledModels>
{
    private static readonly int Networks = int.Parse(Environment.GetEnvironmentVariable("ADAPTER_DIFFS") ?? "50", CultureInfo.InvariantCulture);

    [Fact]
    public void A_retrain_with_the_same_masks_changes_weights_and_the_headers_figures() => Each(models => (models.Model, models.Retrained), sameChannels: true, (_, old, now) =>
        Assert.Equal([], Told(old.Logic(now).Where(change => change.Key != "header"))));

    [Fact]
    public void Channels_permuted_in_training_change_no_line_of_the_logic() => Each(models => (models.Model, models.Permuted), sameChannels: true, (_, old, now) =>
        Assert.Equal([], Told(old.Logic(now).Where(change => change.Key != "header"))));

    [Fact]
    public void A_flipped_gate_changes_lines_of_its_layer_and_of_the_next_and_the_tables() => Each(models => (models.Model, models.Flipped), sameChannels: false, (models, old, now) =>
    {
        string[] layers = [Layer(models.FlippedLayer), Layer(models.FlippedLayer + 1)];
        Dictionary<string, LineChanges> changes = old.All(now);
        Assert.Contains(layers[0], changes.Keys);
        Assert.Equal([], Told(changes.Where(change => !layers.Contains(change.Key) && !OnlyTables(change, change.Value.Gone.Concat(change.Value.Added)))));
    });

    [Fact]
    public void An_added_task_adds_lines_and_changes_those_that_list_all_tasks() => Each(models => (models.OneTask, models.Model), sameChannels: false, (_, old, now) =>
    {
        Dictionary<string, LineChanges> changes = old.All(now);
        Assert.Contains(changes["face"].Added, line => line.EndsWith("public const int Taskb = 2;", StringComparison.Ordinal));
        Assert.Equal([], Told(changes.Where(change => !OnlyTables(change, change.Value.Gone.Where(line => !List().IsMatch(line))))));
        // Tables have a line for each channel, and one for each block's biases and shifts: none is another task's too.
        Assert.Equal([], Told(changes.Where(change => change.Key == "tables" && change.Value.Gone.Length > 0)));
    });

    // A layer with another kernel is other code, and so is one that lost a channel: nothing read it. The header's cells say so, and another network is taken instead.
    private void Each(Func<RetrainedModels, (ModelArtifact Old, ModelArtifact Now)> pair, bool sameChannels, Action<RetrainedModels, GeneratedText, GeneratedText> check)
    {
        int compared = 0, seed = 0;
        for (; compared < Networks && seed < Networks * 3 / 2; seed++)
        {
            var models = new RetrainedModels(seed);
            (ModelArtifact old, ModelArtifact now) = pair(models);
            Assert.NotEqual(old, now);
            (CompilationResult before, CompilationResult after) = (compiled.Of(old), compiled.Of(now));
            if (Kernels(before) != Kernels(after) || (sameChannels && Channels(before) != Channels(after)))
                continue;
            compared++;
            check(models, new GeneratedText(before), new GeneratedText(after));
        }

        output.WriteLine($"{compared} of {seed} networks keep their kernels{(sameChannels ? " and channels" : "")}");
        Assert.Equal(Networks, compared);
    }

    private static string[] Told(IEnumerable<KeyValuePair<string, LineChanges>> changes) => [.. changes.Select(change => change.Key + change.Value)];

    private static string Layer(int number) => number > 3 ? "heads" : "layer " + number.ToString(CultureInfo.InvariantCulture);

    private static string Kernels(CompilationResult result) => string.Join("; ", result.Program!.Layers.Select(layer => layer.Kernel.ToText(isDense: false)));

    private static string Channels(CompilationResult result) =>
        string.Join("; ", result.Program!.Layers.SelectMany(layer => layer.Steps).Select(step => step.Block.Channels.Count));

    // The header and the constants of places; what lies where in the arrays, and how long they are; rows of the tables of biases and shifts.
    private static bool OnlyTables(KeyValuePair<string, LineChanges> change, IEnumerable<string> lines) => change.Key switch
    {
        "header" or "places" => true,
        "members" => lines.All(line => Map().IsMatch(line)),
        "tables" => lines.All(line => Numbers().IsMatch(line)),
        _ => !lines.Any(),
    };

    [GeneratedRegex(@"^ {8}(//   \d+( to \d+)?: .*|private static readonly (long|byte)\[\] \w+ = new (long|byte)\[\d+\];)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Map();

    [GeneratedRegex(@"^ +(\d+, )*\d+,$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();

    // What names all tasks or counts all channels in one line: the class's summary, AllTasks, the comment of a method and its variables.
    [GeneratedRegex(@"^ +(/// <summary>Recognises .*|public const int AllTasks = .*|// Layer \d+, channels .*|long p\d+ = 0(, long p\d+ = 0)*[,)])$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex List();
}
