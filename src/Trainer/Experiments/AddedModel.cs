using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>A model with added tasks: its text with their accuracy, its code, and what was found.</summary>
/// <param name="Text">Of the model file.</param>
/// <param name="Deployment">Its code; null where none can be made.</param>
/// <param name="Verified">The new tasks' test slices, interpreted and by the generated code.</param>
/// <param name="Lines">A table of the new tasks.</param>
internal sealed record AddedModel(string Text, Deployment? Deployment, Verification Verified, IReadOnlyList<string> Lines)
{
    /// <summary>Compiles, verifies and measures.</summary>
    /// <param name="added">The new tasks.</param>
    /// <param name="old">The model before.</param>
    /// <param name="settings">Of the run.</param>
    /// <param name="tasks">Slices of the new tasks.</param>
    /// <param name="console">Terminal.</param>
    /// <param name="errors">Why there is no code; empty where there is.</param>
    public static AddedModel Of(AddedTasks added, ModelArtifact old, RunSettings settings, IReadOnlyList<TaskData> tasks, RunConsole console, out IReadOnlyList<string> errors)
    {
        string unmeasured = ModelWriter.Write(added.Model);
        (Deployment? compiled, errors) = Deployment.Compile(unmeasured, settings.Name + ".adapter", settings.ClassName, settings.Device);
        if (compiled is null)
            return new AddedModel(unmeasured, null, new Verification(0, 0, [], []), []);
        Verification verified = console.Working("Verify", "slices", report => Verification.Run(NetworkBuilder.Build(added.Model), compiled, tasks, report, first: old.Tasks.Count));
        int[] floats = [.. tasks.Select((task, k) => ConfusionMatrix.Of(task.Labels, task.Test.Classes, added.Found[k]).Correct)];
        int[] integers = [.. tasks.Select((task, k) => ConfusionMatrix.Of(task.Labels, task.Test.Classes, verified.Interpreter[k]).Correct)];
        string text = ModelWriter.Write(added.Model with
        {
            Tasks = added.Model.Tasks.Select((task, k) => k < old.Tasks.Count ? task : task with { Accuracy = new MeasuredAccuracy(tasks[k - old.Tasks.Count].Test.Count, floats[k - old.Tasks.Count], integers[k - old.Tasks.Count]) }).ToValueArray(),
        });
        (Deployment? deployment, errors) = compiled.With(text);
        int[] linear = Baselines.Linear(tasks, settings.Training.Seed, console);
        int channels = settings.Shape(tasks).AdapterChannels / tasks.Count;
        string[][] rows = [.. tasks.Select((task, k) => (string[])
        [
            task.Name, TextTable.Number(task.Labels.Count), TextTable.Number(task.Test.Count), Share(Baselines.Majority(task), task), Share(linear[k], task), Share(floats[k], task), Share(integers[k], task),
            $"{added.Open[k].Sum()} of {channels}",
        ])];
        return new AddedModel(text, deployment, verified, [.. TextTable.Align([["new task", "classes", "test", "chance", "linear", "float", "integer", "channels open"], .. rows])]);
    }

    private static string Share(int right, TaskData task) => (right / (double)task.Test.Count).ToString("F3", CultureInfo.InvariantCulture);
}
