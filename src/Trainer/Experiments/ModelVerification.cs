using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>What a model file and its three executions say of test slices.</summary>
/// <param name="Slices">Slices of all tasks.</param>
/// <param name="Equal">Of them, those where the trainer's integer forward pass, the interpreter and the generated code agree: the last two on every logit of every task, the trainer's on those of the task that the slice is of.</param>
/// <param name="Logits">Logits of a slice, of all tasks together, times slices.</param>
/// <param name="Right">Right answers of the generated code, per task.</param>
/// <param name="Said">Right answers and slices that the file says, per task; null where it says none.</param>
internal sealed record ModelVerification(int Slices, int Equal, long Logits, IReadOnlyList<int> Right, IReadOnlyList<(int Right, int Slices)?> Said)
{
    /// <summary>True where nothing differs, and every accuracy in the file is what was found.</summary>
    /// <param name="tests">Slices per task.</param>
    public bool Holds(IReadOnlyList<int> tests) => Equal == Slices && Said.Select((said, k) => said is null || said == (Right[k], tests[k])).All(isSo => isSo);

    /// <summary>Runs every test slice three times.</summary>
    /// <param name="model">The model.</param>
    /// <param name="deployment">Its generated code.</param>
    /// <param name="tasks">In the model's order.</param>
    /// <param name="console">Terminal.</param>
    public static ModelVerification Run(ModelArtifact model, Deployment deployment, IReadOnlyList<TaskData> tasks, RunConsole console)
    {
        int total = tasks.Sum(task => task.Test.Count), done = 0;
        int[][][] trainer = console.Working("Trainer", "slices", report => tasks.Select((task, k) =>
        {
            int before = done;
            return IntegerForward.Logits(model, k, task.Test.Codes, count => report?.Invoke(done = before + count, total));
        }).ToArray());
        Verification found = console.Working("Verify", "slices", report => Verification.Run(NetworkBuilder.Build(model), deployment, tasks, report, logits: (task, slice) => trainer[task][slice]));
        return new ModelVerification(
            found.Slices, found.Equal, (long)found.Slices * model.Tasks.Sum(task => task.Labels.Count),
            [.. tasks.Select((task, k) => Evaluator.Correct(found.Generated[k], task.Test.Classes))],
            [.. model.Tasks.Select(task => task.Accuracy is { } accuracy ? (accuracy.QuantisedCorrect, accuracy.Slices) : ((int, int)?)null)]);
    }
}
