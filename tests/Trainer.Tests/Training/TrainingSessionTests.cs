using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Training;

[Collection(TorchTests.Name)]
public sealed class TrainingSessionTests : System.IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-trainer").FullName;

    public TrainingSessionTests() => torch.set_num_threads(1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_seed_makes_a_run_repeatable()
    {
        Assert.Equal(Losses(6), Losses(6));
        using var other = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(6) with { Seed = 6 });
        Assert.NotEqual(Losses(6)[0], other.RunStep().Loss);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_resumed_run_equals_an_uninterrupted_one(bool isUneven)
    {
        IReadOnlyList<TaskData> tasks = isUneven ? [.. Tasks.Select(Uneven)] : Tasks;
        string path = Path.Combine(folder, "checkpoint");
        TrainingOptions options = TinyTasks.Options(12, lambda: 0.01) with { Augment = true };
        using var whole = new TrainingSession(TinyTasks.Shape(tasks), tasks, options);
        double[] expected = [.. Enumerable.Range(0, 12).Select(_ => whole.RunStep().Loss)];
        whole.UseBest();

        // Stops after the gates are locked and a best state is kept, so that both must survive too.
        var losses = new List<double>();
        using (var first = new TrainingSession(TinyTasks.Shape(tasks), tasks, options))
        {
            while (first.Step < 10)
                losses.Add(first.RunStep().Loss);
            first.Save(path, "run");
        }

        using var second = new TrainingSession(TinyTasks.Shape(tasks), tasks, options);
        second.Load(path, "run");
        while (!second.Finished)
            losses.Add(second.RunStep().Loss);
        second.UseBest();
        Assert.Equal(expected, losses);
        Assert.Equal(whole.BestAccuracy, second.BestAccuracy);
        Assert.All(
            whole.Network.named_parameters().Zip(second.Network.named_parameters()),
            pair => Assert.Equal(pair.First.parameter.data<float>().ToArray(), pair.Second.parameter.data<float>().ToArray()));
    }

    [Fact]
    public void A_checkpoint_of_another_run_or_a_cut_one_is_refused_with_a_reason()
    {
        string path = Path.Combine(folder, "checkpoint");
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(4));
        session.Save(path, "one");
        InvalidDataException other = Assert.Throws<InvalidDataException>(() => session.Load(path, "two"));
        Assert.Contains("belongs to another run", other.Message, System.StringComparison.Ordinal);

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..1000]);
        Assert.Throws<InvalidDataException>(() => session.Load(path, "one"));
    }

    [Fact]
    public void Training_learns_the_toy_tasks()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(100, rate: 1e-2));
        StepReport first = session.RunStep(), last = first;
        while (!session.Finished)
            last = session.RunStep();
        session.UseBest();
        Assert.True(last.Loss < first.Loss / 2, $"{first.Loss:F3} then {last.Loss:F3}");
        Assert.All(Evaluator.Accuracies(session.Network, Tasks.Select(t => t.Test).ToArray()), accuracy => Assert.True(accuracy > 0.8, $"{accuracy:F2}"));
    }

    [Fact]
    public void Lambda_closes_gates()
    {
        Assert.True(OpenGates(lambda: 30) < OpenGates(lambda: 0) / 2);
    }

    [Fact]
    public void Gates_are_exactly_open_or_closed_after_the_lock()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(10));
        while (!session.Finished)
            session.RunStep();
        Assert.All(session.Network.GateVariables, gate => Assert.All(gate.data<float>(), value => Assert.Equal(1, System.Math.Abs(value))));
    }

    // One class of ten slices for one of another, and room around each slice's sound: drawn alike, moved about.
    private static TaskData Uneven(TaskData task)
    {
        int[] kept = [.. Enumerable.Range(0, task.Train.Count).Where(i => task.Train.Classes[i] != 0 || i < 6)];
        TaskData uneven = task with
        {
            Train = new SliceSet([.. kept.Select(i => task.Train.Codes[i])], [.. kept.Select(i => task.Train.Classes[i])]) { Margins = [.. kept.Select(i => new Margin(i % 5, 3))] },
        };
        Assert.True(ClassBalance.Of(uneven).IsUneven);
        return uneven;
    }

    private static double[] Losses(int steps)
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(steps));
        return [.. Enumerable.Range(0, steps).Select(_ => session.RunStep().Loss)];
    }

    private static int OpenGates(double lambda)
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(30, lambda));
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        return Enumerable.Range(0, Tasks.Count).Sum(k => session.Network.OpenGates(k).Sum(layer => layer.Count(open => open)));
    }
}
