using AdapterCompiler.Trainer.Data;
using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Runs;
using AdapterCompiler.Trainer.Networks;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments.Runs;

public sealed class ExperimentFileTests : IDisposable
{
    private const string Text = """
        {
          // A comment.
          "tasks": ["bird", "pitch"], "frontEnd": "integer", "steps": 100, "batch": 32, "learningRate": 0.001, "seeds": [1, 2],
          "rows": [
            { "name": "multi-head", "channels": [6, 12] },
            { "name": "single", "channels": [8, 16], "each": true, "steps": 50 },
            { "name": "flops-1e-4", "channels": [6, 12], "alpha": 0.2, "cost": "flops", "lambda": 1e-4, "seeds": [2, 3] },
          ]
        }
        """;

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Runs_go_seed_by_seed_in_the_files_order()
    {
        PlannedRun[] runs = [.. Read(Text).Runs()];
        Assert.Equal(
            ["multi-head-1", "single-bird-1", "single-pitch-1", "multi-head-2", "single-bird-2", "single-pitch-2", "flops-1e-4-2", "flops-1e-4-3"],
            runs.Select(run => run.Name));
        Assert.Equal((32, 100), (runs[0].Batch, runs[0].Steps));
        Assert.Equal((16, 50, "pitch"), (runs[2].Batch, runs[2].Steps, runs[2].Tasks.Single()));
        Assert.Equal("tasks bird pitch; front end integer; channels 6,12; alpha 0.2; lambda 0.0001 on Flops; 100 steps of 32; learning rate 0.001; seed 3", runs[^1].Configuration);
    }

    [Theory]
    [InlineData("\"steps\": 100", "\"stepz\": 100", "(3,")]
    [InlineData("\"alpha\": 0.2", "\"alpha\": \"x\"", "(7,")]
    [InlineData("\"cost\": \"flops\"", "\"cost\": \"money\"", "(7,")]
    [InlineData("\"name\": \"single\"", "\"name\": \"multi-head\"", "two rows are called 'multi-head'")]
    [InlineData("\"name\": \"single\"", "\"name\": \"../single\"", "called '../single'")]
    [InlineData("\"integer\"", "\"whole\"", "integer, sparse, fine, float are possible")]
    [InlineData("[1, 2]", "[]", "need an entry")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"kind\": \"linear\",", "needs \"each\": true")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"weights\": [1],", "a weight above 0 for each of the 2 tasks")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"weights\": [1, 0],", "a weight above 0 for each of the 2 tasks")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"use\": \"tuned\",", "takes none")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"like\": \"flops-1e-4\",", "means nothing there")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"gates\": \"random\",", "has no adapters")]
    [InlineData("\"lambda\": 1e-4,", "\"lambda\": 1e-4, \"gates\": \"random\",", "name it with \"like\"")]
    [InlineData("\"lambda\": 1e-4,", "\"lambda\": 0, \"gates\": \"norms\",", "a lambda above 0 has to pull down")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"frontEnd\": \"mel\",", "frontEnd is 'mel'")]
    [InlineData("\"name\": \"single\",", "\"name\": \"single\", \"kind\": \"linear\", \"streaming\": true,", "for networks that are trained whole")]
    [InlineData("\"name\": \"single\", \"channels\": [8, 16],", "\"name\": \"single\", \"channels\": [6, 12], \"kind\": \"compression\", \"from\": \"multi-head\", \"bits\": [4], \"streaming\": true,", "with the same channels, alpha, \"each\" and \"streaming\"")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"inputBits\": 8,", "'multi-head' has \"inputBits\": 8; a front end's codes have 7 bits, and 1 to 7 of them can be read")]
    [InlineData("[6, 12] },", "[6, 12], \"inputBits\": 4 }, { \"name\": \"few\", \"channels\": [6, 12], \"kind\": \"compression\", \"from\": \"multi-head\", \"bits\": [4], \"inputBits\": 5 },", "learnt with 4: give it an \"inputBits\" of 4 or fewer")]
    [InlineData("[6, 12] },", "[6, 12], \"encoder\": \"cbow\", \"inputBits\": 4 }, { \"name\": \"cbow\", \"channels\": [6, 12], \"kind\": \"pretraining\" },", "give both the same \"inputBits\"")]
    [InlineData("[\"bird\", \"pitch\"]", "[\"bird\", \"bird\"]", "the task 'bird' stands twice")]
    [InlineData("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"gateRate\": 0.001,", "'multi-head' has no gates that learn")]
    [InlineData("\"batch\": 32", "\"batch\": 33", "take a multiple of 2")]
    [InlineData("\"seeds\": [2, 3]", "\"seeds\": []", "need an entry")]
    [InlineData("\"rows\": [", "\"rows\": [ null,", "need an entry")]
    [InlineData("\"alpha\": 0.2", "\"alpha\": 5", "the row 'flops-1e-4' cannot be run: --alpha is 5")]
    [InlineData("\"lambda\": 1e-4,", "\"lambda\": -1,", "the row 'flops-1e-4' cannot be run: --lambda is -1")]
    [InlineData("\"steps\": 50", "\"steps\": 0", "the row 'single' cannot be run: --steps is 0")]
    [InlineData("[6, 12] },", "[6, 12] }, { \"name\": \"small\", \"channels\": [6, 12], \"kind\": \"compression\", \"from\": \"multi-head\", \"bits\": [9] },", "the row 'small' cannot be run: --weight-bits has 9")]
    [InlineData("[6, 12] },", "[6, 12] }, { \"name\": \"single-bird\", \"channels\": [6, 12] },", "two runs are called 'single-bird-1'")]
    [InlineData("\"lambda\": 1e-4,", "\"lambda\": 1e-4, \"gates\": \"random\", \"like\": \"flops-1e-4\",", "as a row whose gates learn does")]
    [InlineData("[6, 12] },", "[6, 12] }, { \"name\": \"random\", \"channels\": [6, 12], \"alpha\": 0.2, \"gates\": \"random\", \"like\": \"flops-1e-4\" },", "'random' has the seed 1, which 'flops-1e-4', whose run it takes, has not")]
    [InlineData("[6, 12] },", "[6, 12] }, { \"name\": \"cbow\", \"channels\": [6, 12], \"kind\": \"pretraining\", \"encoder\": \"cbow\" },", "'cbow' takes an encoder, which only rows of networks do")]
    [InlineData("[6, 12] },", "[6, 12], \"encoder\": \"cbow\" }, { \"name\": \"cbow\", \"channels\": [6, 12], \"kind\": \"pretraining\", \"each\": true },", "'multi-head' takes something of 'cbow', which is run for each task")]
    [InlineData("[6, 12] },", "[6, 12], \"encoder\": \"cbow\" }, { \"name\": \"cbow\", \"channels\": [6, 12], \"kind\": \"pretraining\", \"frontEnd\": \"float\" },", "hears with another front end than 'cbow'")]
    public void Mistakes_are_said_with_their_place(string right, string wrong, string said)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Read(Text.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_row_says_besides_is_part_of_its_configuration_and_of_its_training()
    {
        PlannedRun[] runs = [.. Read(Text.Replace(
            "\"rows\": [",
            """
            "rows": [
                { "name": "weighed", "channels": [6], "weights": [2, 0.5], "rate": "constant", "frontEnd": "float", "seeds": [1] },
                { "name": "random", "channels": [6, 12], "alpha": 0.2, "gates": "random", "like": "flops-1e-4", "seeds": [2] },
            """, StringComparison.Ordinal)).Runs()];
        Assert.EndsWith("seed 1; tasks weigh 2 0.5; constant rate", runs[0].Configuration, StringComparison.Ordinal);
        Assert.Contains("front end float", runs[0].Configuration, StringComparison.Ordinal);
        Assert.Equal([2, 0.5], runs[0].Training.TaskWeights!);
        Assert.Equal(0.001, runs[0].Training.Rate(99));
        Assert.NotEqual(0.001, runs[2].Training.Rate(99));
        PlannedRun random = runs.Single(run => run.Name == "random-2");
        Assert.EndsWith("; gates by random, as dear as flops-1e-4", random.Configuration, StringComparison.Ordinal);
        Assert.True(random.Training.GatesStayOpen);
    }

    [Fact]
    public void A_rate_of_gates_is_said_of_rows_whose_gates_learn_and_of_no_other()
    {
        const string Rows = """
            "rows": [
                { "name": "open", "channels": [6, 12], "alpha": 0.2, "lambda": 0 },
                { "name": "uniform", "channels": [6, 12], "alpha": 0.2, "gates": "uniform", "like": "flops-1e-4", "seeds": [2] },
            """;
        PlannedRun[] without = [.. Read(Text.Replace("\"rows\": [", Rows, StringComparison.Ordinal)).Runs()];
        PlannedRun[] with = [.. Read(Text.Replace("\"rows\": [", "\"gateRate\": 0.001, " + Rows, StringComparison.Ordinal)).Runs()];
        Assert.All(without.Zip(with), pair =>
        {
            bool learns = pair.First.Name.StartsWith("flops-", StringComparison.Ordinal);
            Assert.Equal(pair.First.Configuration + (learns ? "; gates at 0.001" : ""), pair.Second.Configuration);
            Assert.Equal(learns ? 0.001 : null, pair.Second.Training.GateRate);
        });
        Assert.Contains(with, run => run.Training.GateRate is not null);

        // A row's own comes before the file's.
        PlannedRun[] own = [.. Read(Text.Replace("\"rows\": [", "\"gateRate\": 0.001, " + Rows, StringComparison.Ordinal).Replace("\"lambda\": 1e-4,", "\"lambda\": 1e-4, \"gateRate\": 0.02,", StringComparison.Ordinal)).Runs()];
        Assert.Equal(with.Select(run => run.Configuration.Replace("gates at 0.001", "gates at 0.02", StringComparison.Ordinal)), own.Select(run => run.Configuration));
        Assert.Contains(own, run => run.Training.GateRate == 0.02);
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("sparse")]
    [InlineData("fine")]
    [InlineData("float")]
    public void Every_front_end_that_trainings_know_is_one_of_experiments(string name) =>
        Assert.Equal(name, FrontEndNames.Of(Read(Text.Replace("\"integer\"", $"\"{name}\"", StringComparison.Ordinal)).Runs()[0].FrontEnd));

    [Fact]
    public void A_row_streams_and_hides_where_its_file_does_not()
    {
        PlannedRun[] runs = [.. Read(Text.Replace("\"name\": \"multi-head\",", "\"name\": \"multi-head\", \"streaming\": true, \"masks\": true,", StringComparison.Ordinal)).Runs()];
        Assert.EndsWith("seed 1; streaming; masks", runs[0].Configuration, StringComparison.Ordinal);
        Assert.True(runs[0].Training.Masks);
        Assert.False(runs[1].Training.Masks);
        Assert.True(runs[0].Shape(TinyTasks.Input, []).IsStreaming);
        Assert.False(runs[1].Shape(TinyTasks.Input, []).IsStreaming);
    }

    /// <summary>Committed numbers of runs with four lanes, or none, on whole codes are found by their old text.</summary>
    [Theory]
    [InlineData("", "; four lanes")]
    [InlineData(", \"lanes\": 0", "")]
    [InlineData(", \"lanes\": 4, \"inputBits\": 7", "; four lanes")]
    [InlineData(", \"lanes\": 6, \"activationBits\": 5, \"inputBits\": 5", "; six lanes")]
    public void Lanes_and_input_bits_are_part_of_a_compressions_configuration(string given, string lanes)
    {
        PlannedRun run = Read(Text.Replace(
            "\"rows\": [", "\"rows\": [\n{ \"name\": \"few\", \"channels\": [6, 12], \"kind\": \"compression\", \"from\": \"multi-head\", \"bits\": [4]" + given + " },", StringComparison.Ordinal)).Runs()[0];
        bool isWhole = run.Row.InputBits == 7;
        Assert.EndsWith($"seed 1; compression of multi-head; bits 4; activations {run.Row.ActivationBits}; zeros 0; distillation 0.9{lanes}{(isWhole ? "" : "; input 5 bits")}", run.Configuration, StringComparison.Ordinal);
        Assert.Equal(run.Row.Lanes, run.Compression.Lanes);
        Assert.Equal(isWhole ? 7 : 5, run.Input(TinyTasks.Input).Bits);
        Assert.Null(run.Compression.Problem(run.Shape(run.Input(TinyTasks.Input), [new TaskShape("a", 2), new TaskShape("b", 2)])));
    }

    private ExperimentFile Read(string text)
    {
        File.WriteAllText(path, text);
        return ExperimentFile.Read(path);
    }
}
