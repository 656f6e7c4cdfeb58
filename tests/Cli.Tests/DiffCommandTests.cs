using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Artifact;
using AdapterCompiler.Cli.Comparison;
using AdapterCompiler.Operators;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary><c>adapterc diff</c>: figures, gates and notes of two models, and what makes it fail.</summary>
[Collection(CommandLine.Collection)]
public sealed class DiffCommandTests : IDisposable
{
    private static readonly ModelArtifact Model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"));

    private readonly string folder = Directory.CreateTempSubdirectory("diff").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_retrain_is_told_by_accuracy_gates_weights_and_costs()
    {
        TaskArtifact keyword = Model.Tasks[0];
        ModelArtifact retrained = TinyModels.Create([2, 3, 3], ("keyword", "1 01 11"), ("bird", "1 10 11"));
        retrained = retrained with
        {
            Shared = retrained.Shared.Select((layer, i) => i != 1 ? layer : layer with { Channels = layer.Channels.Select((channel, c) => c != 2 ? channel : channel with { Weights = channel.Weights.Select((w, k) => k < 5 ? (sbyte)-w : w).ToValueArray() }).ToValueArray() }).ToValueArray(),
            Tasks = ValueArray.Of(retrained.Tasks[0] with { Accuracy = keyword.Accuracy! with { QuantisedCorrect = 356 } }, retrained.Tasks[1]),
        };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", retrained), "--class", "AudioModel");
        Assert.Equal((0, ""), (result.Code, result.Error));
        string[] lines = result.Output.Split('\n');
        Assert.StartsWith("Accuracy keyword +0.020; 1 gate opened, 1 closed; ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => Words(line) == "keyword accuracy 0.870 0.890 +0.020 348, then 356 of 400 slices");
        Assert.Contains(lines, line => Words(line) == "keyword open channels 4 of 5 4 of 5 1 opened, 1 closed");
        Assert.Contains("keyword  layer 2: -c1;  layer 3: +c2", lines);
        // 0 is its own negative: of five weights 4 have changed.
        string shared = lines.Single(line => Words(line).StartsWith("2 shared ", StringComparison.Ordinal));
        Assert.Contains($" {5 - Model.Shared[1].Channels[2].Weights.Take(5).Count(w => w == 0)} of 54 ", Words(shared), StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => Words(line).StartsWith("1 shared ", StringComparison.Ordinal));
        Assert.Contains(" weights and biases changed; IL ", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_shift_and_a_bias_are_a_change_like_a_weight()
    {
        LayerArtifact layer = Model.Tasks[1].Layers[1];
        ModelArtifact other = Model with
        {
            Tasks = ValueArray.Of(Model.Tasks[0], Model.Tasks[1] with
            {
                Layers = Model.Tasks[1].Layers.Select((each, i) => i != 1 ? each : layer with { Channels = layer.Channels.Select((channel, c) => c != 0 ? channel : channel with { Shift = channel.Shift + 1, Bias = channel.Bias + 1 }).ToValueArray() }).ToValueArray(),
            }),
        };
        string[] lines = CommandLine.Run("diff", Write("old", Model), Write("new", other), "--class", "AudioModel").Output.Split('\n');
        Assert.StartsWith("Accuracy as written before; no gate turned; 2 weights and biases changed; ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => Words(line).StartsWith("2 bird ", StringComparison.Ordinal) && line.Contains(", biases and shifts 2 ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_model_under_another_name_is_the_same()
    {
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", Model), "--fail-on", "il>+0%;accuracy<-0;time>+0;parts>1");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.StartsWith("The same model: nothing changed.\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("layer ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_tells_of_its_making_makes_no_other_network()
    {
        ModelArtifact told = WithMatrix(Model, 190, 158) with { Provenance = new Provenance("0.1.0", "abc", new string('1', 64)) };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", told));
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.StartsWith("The same network: only what the files tell of their making or of single classes differs.\n", result.Output, StringComparison.Ordinal);
        ModelArtifact other = told with { Command = "adapter-train train --data tiny --seed 2" };
        Assert.StartsWith("Accuracy as it was; no gate turned; ", CommandLine.Run("diff", Write("old", Model), Write("new", other)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_are_found_more_or_less_often_are_told()
    {
        string old = Write("old", WithMatrix(Model, 190, 158)), now = Write("new", WithMatrix(Model, 178, 170));
        CommandResult result = CommandLine.Run("diff", old, now, "--fail-on", "recall<-0.05");
        string[] lines = [.. result.Output.Split('\n').Select(Words)];
        Assert.Contains("keyword recall \"quiet\" 0.950 0.890 -0.060 190, then 178 of 200 slices", lines);
        Assert.Contains("keyword recall \"keyword\" 0.790 0.850 +0.060 158, then 170 of 200 slices".Replace("\"keyword\"", "\"\"keyword\"\"", StringComparison.Ordinal), lines);
        Assert.Equal(1, result.Code);
        Assert.Contains("FAILED  recall<-0.05: recall of keyword \"quiet\" went from 0.950 to 0.890, -0.060.", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("diff", old, now, "--fail-on", "recall<-0.061").Code);
        // Only one of them has a matrix, or nothing has changed: not a line.
        Assert.DoesNotContain("\"quiet\"", CommandLine.Run("diff", Write("bare", Model), now).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"quiet\"", CommandLine.Run("diff", now, Write("more", WithMatrix(Model, 178, 170) with { Command = "adapter-train train again" })).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_come_and_go_and_labels_change()
    {
        ModelArtifact more = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("room", "1 11 11"));
        more = more with { Tasks = ValueArray.Of(more.Tasks[0] with { Labels = ValueArray.Of("loud", "\"keyword\"") }, more.Tasks[1]) };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", more));
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.StartsWith("Task room added; task bird gone; ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n- Labels of 'keyword': +\"loud\", -\"quiet\".\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n- Task 'room' is new: 2 classes (quiet, \"room\").\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n- Task 'bird' is gone: firmware that asks for it does not compile.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_order_of_tasks_is_said()
    {
        ModelArtifact swapped = Model with { Tasks = Model.Tasks.Reverse().ToValueArray() };
        Assert.Contains("\n- Tasks are in another order, bird, keyword: masks of tasks", CommandLine.Run("diff", Write("old", Model), Write("new", swapped)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("another order", CommandLine.Run("diff", Write("old", Model), Write("new", Model with { Tasks = ValueArray.Of(Model.Tasks[1]) })).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_architecture_is_compared_as_far_as_it_can_be()
    {
        ModelArtifact wider = TinyModels.Create([2, 4, 3], ("keyword", "1 111 10"), ("bird", "1 10 11"));
        wider = wider with { FrontEnd = ((LogMelSpec)wider.FrontEnd) with { StepMillidecibels = 700 } };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", wider));
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("; no gate turned; 5 of 11 blocks have other shapes and cannot be compared; IL ", result.Output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("- Of the shared encoder weights cannot be compared in layers 2 (2 -> 4, was 2 -> 3), 3 (4 -> 3, was 3 -> 3).", result.Output, StringComparison.Ordinal);
        Assert.Contains("- Of task 'keyword' gates and weights cannot be compared in layers 2 (2+1 -> 3, was 2+1 -> 2), 3 (4+3 -> 2, was 3+2 -> 2).", result.Output, StringComparison.Ordinal);
        Assert.Contains(" step-mdb 700', it was 'log-mel rate 16000 ", result.Output, StringComparison.Ordinal);
        Assert.Contains(result.Output.Split('\n'), line => Words(line).StartsWith("2 shared 3 -> 4 other shape ", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_shape_is_the_same_nothing_is_said_to_be_compared()
    {
        ModelArtifact wider = TinyModels.Create([3, 4, 4], ("keyword", "11 111 100"), ("bird", "10 100 110"));
        wider = wider with { Tasks = wider.Tasks.Select((task, k) => task with { Accuracy = Model.Tasks[k].Accuracy }).ToValueArray() };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", wider));
        Assert.StartsWith("Accuracy as it was; every block has another shape, so gates and weights cannot be compared; IL ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n- Of task 'bird' gates and weights cannot be compared in any layer: each has another shape.\n", result.Output, StringComparison.Ordinal);
        JsonElement layers = JsonDocument.Parse(CommandLine.Run("diff", Write("old", Model), Write("new", wider), "--format", "json").Output).RootElement.GetProperty("gateLayers");
        Assert.Equal((0, 6), (layers.GetProperty("compared").GetInt32(), layers.GetProperty("all").GetInt32()));
    }

    [Fact]
    public void Layers_are_of_one_shape_where_their_weights_mean_the_same()
    {
        LayerArtifact layer = Model.Tasks[0].Layers[1];
        Assert.True(ComparisonNotes.SameShape(layer, layer with { WeightBits = layer.WeightBits + 1, ActivationBits = layer.ActivationBits + 1 }));
        Assert.All(
            [layer with { Kind = LayerKind.ValidConvolution }, layer with { SharedInputs = layer.SharedInputs + 1 }, layer with { OwnInputs = layer.OwnInputs + 1 }, layer with { Channels = layer.Channels.Take(1).ToValueArray() }],
            other => Assert.False(ComparisonNotes.SameShape(layer, other)));
    }

    [Fact]
    public void Other_data_is_said()
    {
        ModelArtifact before = Model with { Provenance = new Provenance("0.1.0", "abc", new string('1', 64)) }, after = before with { Provenance = before.Provenance with { Data = new string('2', 64) } };
        CommandResult result = CommandLine.Run("diff", Write("old", before), Write("new", after));
        Assert.Contains("  adapter-train train --data tiny\n        trainer 0.1.0  commit abc  data 111111111111\nafter ", result.Output, StringComparison.Ordinal);
        Assert.Contains("; trainer 0.1.0, commit abc, data 222222222222)", CommandLine.Run("diff", Write("old", before), Write("new", after), "--format", "markdown").Output, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(CommandLine.Run("diff", Write("old", before), Write("new", after), "--format", "json").Output).RootElement;
        Assert.Equal(new string('2', 64), json.GetProperty("after").GetProperty("provenance").GetProperty("data").GetString());
        // Nothing of the network has changed: no table without rows.
        Assert.DoesNotContain("layer  ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n- Other data: 222222222222, it was 111111111111. Accuracies of other test slices are no comparison.\n", result.Output, StringComparison.Ordinal);
        string page = Path.Combine(folder, "report.html");
        Assert.Equal(0, CommandLine.Run("report", Write("new", after), "--html", page).Code);
        foreach (string word in new[] { "0.1.0", "abc", new string('2', 64), "adapter-train train --data tiny", "trainer", "commit", "data" })
            Assert.Contains($">{word}<", File.ReadAllText(page), StringComparison.Ordinal);
    }

    // The first task loses 8 of 400 slices, from 0.87 to 0.85; a gate more costs IL, RAM and time.
    [Theory]
    [InlineData("accuracy<-0.01", "accuracy<-0.01: accuracy of keyword went from 0.870 to 0.850, -0.020.")]
    [InlineData("accuracy<-0.02", null)]
    [InlineData("accuracy<-0.0199", "accuracy<-0.0199: ")]
    [InlineData("accuracy<0.86", "accuracy<0.86: ")]
    [InlineData("accuracy<0.85", null)]
    [InlineData("accuracy:bird<0.9", "accuracy:bird<0.9: the models have no accuracy of 'bird'.")]
    [InlineData("recall<0.5", "recall<0.5: ")]
    [InlineData("recall<-0.5", null)]
    [InlineData("il>+100%", null)]
    [InlineData("il>+0%", "il>+0%: il went from ")]
    [InlineData("il<-5%", null)]
    [InlineData("ram>+0", "ram>+0: ram went from ")]
    [InlineData("ram > 1000000", null)]
    [InlineData("time:bird>+0%", null)]
    [InlineData("time:keyword>+1%", "time:keyword>+1%: time of keyword went from ")]
    [InlineData("channels:keyword>4;tasks<2", "channels:keyword>4: channels of keyword went from 4 to 5, +1.")]
    [InlineData("parts>1;", null)]
    public void A_condition_fails_on_one_side_of_its_bound(string failOn, string? expected)
    {
        ModelArtifact worse = TinyModels.Create([2, 3, 3], ("keyword", "1 11 11"), ("bird", "1 10 11"));
        worse = worse with { Tasks = ValueArray.Of(worse.Tasks[0] with { Accuracy = worse.Tasks[0].Accuracy! with { QuantisedCorrect = 340 } }, worse.Tasks[1]) };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", worse), "--fail-on", failOn, "--format", "json");
        string[] failures = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("failures").EnumerateArray().Select(each => each.GetString()!)];
        Assert.Equal(expected is null ? 0 : 1, result.Code);
        Assert.Equal(expected is null ? 0 : 1, failures.Length);
        if (expected is not null)
            Assert.StartsWith(expected, failures[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_accuracy_that_is_gone_fails_and_one_of_a_task_that_is_gone_does_not()
    {
        ModelArtifact unmeasured = Model with { Tasks = ValueArray.Of(Model.Tasks[0] with { Accuracy = null }, Model.Tasks[1]) };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", unmeasured), "--fail-on", "accuracy<-0.5");
        Assert.Equal(1, result.Code);
        Assert.Contains("FAILED  accuracy<-0.5: accuracy of keyword is 0.870 before and not known after.", result.Output, StringComparison.Ordinal);

        CommandResult gone = CommandLine.Run("diff", Write("old", Model), Write("bird", Model with { Tasks = ValueArray.Of(Model.Tasks[1]) }), "--fail-on", "accuracy<-0.5");
        Assert.Equal(0, gone.Code);

        // Asked for by its name it has to be there; a matrix that was there, too.
        Assert.Equal(1, CommandLine.Run("diff", Write("old", Model), Write("bird", Model with { Tasks = ValueArray.Of(Model.Tasks[1]) }), "--fail-on", "accuracy:keyword<0.5").Code);
        CommandResult unknown = CommandLine.Run("diff", Write("old", WithMatrix(Model, 190, 158)), Write("new", Model), "--fail-on", "recall<-0.5");
        Assert.Contains("before and not known after.", unknown.Output, StringComparison.Ordinal);
        Assert.Equal(1, unknown.Code);
        Assert.Equal(1, CommandLine.Run("diff", Write("old", Model), Write("new", WithMatrix(Model, 190, 158)), "--fail-on", "recall:keyword<0.8").Code);
    }

    [Fact]
    public void A_comment_is_Markdown_that_no_label_can_break()
    {
        ModelArtifact odd = Model with { Tasks = ValueArray.Of(Model.Tasks[0] with { Labels = ValueArray.Of("<img src=x>|`*", "@everyone") }, Model.Tasks[1]) };
        CommandResult result = CommandLine.Run("diff", Write("old", Model), Write("new", odd), "--format", "markdown");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.StartsWith("### NewModel: Accuracy as it was; no gate turned; IL as it was; RAM ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n| keyword accuracy | 0.870 | 0.870 |  | 348 of 400 slices |\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"&lt;img src=x>\\|\\`\\*\"", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Accuracies_of_other_test_slices_are_marked()
    {
        ModelArtifact before = Model with { Provenance = new Provenance("0.1.0", "abc", new string('1', 64)), Command = "train 1" };
        ModelArtifact better = before with { Tasks = ValueArray.Of(before.Tasks[0] with { Accuracy = new MeasuredAccuracy(400, 360, 356) }, before.Tasks[1]), Command = "train 2" };
        ModelArtifact other = better with { Provenance = better.Provenance! with { Data = new string('2', 64) } }, untold = better with { Provenance = null };
        ModelArtifact more = better with { Tasks = ValueArray.Of(better.Tasks[0] with { Accuracy = new MeasuredAccuracy(800, 720, 712) }, better.Tasks[1]) };
        string old = Write("old", before);
        Check(better, "Accuracy keyword +0.020; no gate turned; ", "same", "-0.020.");
        Check(other, "Accuracy keyword +0.020 (other test slices); ", "other", "-0.020, on other test slices.");
        Check(more, "Accuracy keyword +0.020 (other test slices); ", "other", "-0.020, on other test slices.");
        Check(untold, "Accuracy keyword +0.020 (perhaps other test slices); ", "unknown", "-0.020, perhaps on other test slices.");

        // The way back is a loss, and the failure says on what.
        void Check(ModelArtifact model, string verdict, string slices, string failure)
        {
            string now = Write("new", model);
            Assert.StartsWith(verdict, CommandLine.Run("diff", old, now).Output, StringComparison.Ordinal);
            JsonElement[] figures = [.. JsonDocument.Parse(CommandLine.Run("diff", old, now, "--format", "json").Output).RootElement.GetProperty("figures").EnumerateArray()];
            Assert.Equal(slices, figures.Single(each => each.GetProperty("metric").GetString() == "accuracy").GetProperty("testSlices").GetString());
            Assert.All(figures.Where(each => each.GetProperty("metric").GetString() == "il"), each => Assert.Equal(JsonValueKind.Null, each.GetProperty("testSlices").ValueKind));
            CommandResult back = CommandLine.Run("diff", now, old, "--fail-on", "accuracy<-0.01");
            Assert.Equal(1, back.Code);
            Assert.Contains($"FAILED  accuracy<-0.01: accuracy of keyword went from 0.890 to 0.870, {failure}\n", back.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Detections_that_come_change_and_go_are_named()
    {
        ModelArtifact first = With(new DetectionRule(2, 3, ValueArray.Of(310, DetectionRule.Never))), second = With(new DetectionRule(4, 3, ValueArray.Of(1250, 40)));
        string none = Write("none", Model), one = Write("one", first), two = Write("two", second);
        string come = CommandLine.Run("diff", none, one).Output, change = CommandLine.Run("diff", one, two).Output, go = CommandLine.Run("diff", one, none).Output;
        Assert.Contains("; detections of keyword new; IL ", come.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("\n- Detections of 'keyword' are new: smoothing 2, refractory 3, thresholds quiet 310, \"keyword\" never.\n", come, StringComparison.Ordinal);
        Assert.StartsWith("Accuracy as it was; no gate turned; detections of keyword changed; IL ", change, StringComparison.Ordinal);
        Assert.Contains("\n- Detections of 'keyword': smoothing 4, was 2, threshold of \"quiet\" 1,250, was 310, threshold of \"\"keyword\"\" 40, was never.\n", change, StringComparison.Ordinal);
        Assert.Contains("; detections of keyword gone; IL ", go.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("\n- Detections of 'keyword' are gone: firmware that asks for them does not compile.\n", go, StringComparison.Ordinal);
        JsonElement rule = JsonDocument.Parse(CommandLine.Run("diff", none, one, "--format", "json").Output).RootElement.GetProperty("detections")[0];
        Assert.Equal(JsonValueKind.Null, rule.GetProperty("before").ValueKind);
        Assert.Equal("{\"smoothing\":2,\"refractory\":3,\"thresholds\":[{\"label\":\"quiet\",\"threshold\":310},{\"label\":\"\\u0022keyword\\u0022\",\"threshold\":null}]}", JsonSerializer.Serialize(rule.GetProperty("after")));

        // Thresholds are in units of logits: a retrain that keeps them is worth a word, the same network is not.
        HeadArtifact head = first.Tasks[0].Head;
        ModelArtifact retrained = first with { Tasks = ValueArray.Of(first.Tasks[0] with { Head = head with { Classes = head.Classes.Reverse().ToValueArray() } }, first.Tasks[1]) };
        Assert.Contains("\n- Detections of 'keyword' have the thresholds that they had, but its logits are others", CommandLine.Run("diff", one, Write("retrained", retrained)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("have the thresholds that they had", CommandLine.Run("diff", one, Write("again", first with { Command = "again" })).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("etection", CommandLine.Run("diff", none, Write("again", Model with { Command = "again" })).Output, StringComparison.Ordinal);

        string page = Path.Combine(folder, "report.html");
        CommandResult report = CommandLine.Run("report", one, "--html", page);
        Assert.Contains("| keyword | ", report.Output, StringComparison.Ordinal);
        Assert.Contains(report.Output.Split('\n'), line => Words(line) == "| keyword | quiet | 310 | 2 | 3 |");
        Assert.Contains("<td>keyword</td><td>quiet</td><td class=\"right\">310</td><td class=\"right\">2</td><td class=\"right\">3</td>", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Contains("<td></td><td>\"keyword\"</td><td class=\"right\">never</td>", File.ReadAllText(page), StringComparison.Ordinal);
        JsonElement told = JsonDocument.Parse(CommandLine.Run("report", one, "--json").Output).RootElement.GetProperty("detections")[0];
        Assert.Equal((2, 3, 310), (told.GetProperty("smoothing").GetInt32(), told.GetProperty("refractory").GetInt32(), told.GetProperty("thresholds")[0].GetInt32()));
        Assert.DoesNotContain("etections", CommandLine.Run("report", none).Output, StringComparison.Ordinal);

        static ModelArtifact With(DetectionRule rule) => Model with { Tasks = ValueArray.Of(Model.Tasks[0] with { Detection = rule }, Model.Tasks[1]) };
    }

    [Fact]
    public void A_limit_that_is_named_and_passed_fails()
    {
        string model = Write("new", Model);
        CommandResult passed = CommandLine.Run("diff", model, model, "--max-ram", "50"), kept = CommandLine.Run("diff", model, model, "--max-ram", "40K");
        Assert.Equal((1, 0), (passed.Code, kept.Code));
        Assert.Contains($"\nFAILED  {model} is over the limits of esp32 with --max-ram 50 in any number of parts: nothing builds it.\n", passed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", kept.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_not_written_over_a_model()
    {
        string model = Write("new", Model), before = File.ReadAllText(model);
        CommandResult result = CommandLine.Run("report", model, "--html", model);
        Assert.Equal(2, result.Code);
        Assert.Contains("would be overwritten", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(model));
    }

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // 200 slices of each class, of which so many were found.
    private static ModelArtifact WithMatrix(ModelArtifact model, int first, int second) => model with
    {
        Tasks = model.Tasks.Select((task, k) => k > 0 ? task : task with
        {
            Accuracy = task.Accuracy! with { QuantisedCorrect = first + second, Confusion = ValueArray.Of(ValueArray.Of(first, 200 - first), ValueArray.Of(200 - second, second)) },
        }).ToValueArray(),
    };

    private string Write(string name, ModelArtifact model)
    {
        string path = Path.Combine(folder, name + ".adapter");
        File.WriteAllText(path, ModelWriter.Write(model));
        return path;
    }
}
