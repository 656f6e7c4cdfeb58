using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Detection;

/// <summary>What a model's class has more where its file says what a detection is: a method for each such task, to be called after a run that asked for it.</summary>
internal static class DetectionFace
{
    /// <summary>Copied section that detects.</summary>
    public const string Section = "FindDetection";

    /// <summary>Methods of the last part, in the order of the tasks.</summary>
    public static IEnumerable<Method> Methods(Network network, PartIdentity part) => Tasks(network, part).Select(each => Detect(part, each.Task, each.Number));

    /// <summary>What the last decisions were.</summary>
    public static IEnumerable<Field> State(Network network, PartIdentity part) => Tasks(network, part).Select(each => new Field(
        part.Names[each.Number].RecentField, new NewArray(IlType.Ints, each.Task.RecentLength),
        ValueArray.Of($"Decisions on {each.Task.Name}: 0 the oldest one's place, 1 those for which nothing is detected, then the sum of each class, then each decision's logits.")));

    /// <summary>Thresholds.</summary>
    public static IEnumerable<Field> Tables(Network network, PartIdentity part) => Tasks(network, part).Select(each => new Field(
        part.Names[each.Number].ThresholdsField, new Numbers(IlType.Ints, ValueArray.Of(new NumberRow("", each.Task.Detection!.Thresholds)), ThresholdsPerLine),
        ValueArray.Of($"How far a class of {each.Task.Name} must be ahead to be detected; -1 is never.")));

    private const int ThresholdsPerLine = 12;

    private static IEnumerable<(NetworkTask Task, int Number)> Tasks(Network network, PartIdentity part) =>
        network.Tasks.Select((task, k) => (task, k)).Where(each => part.IsLast && each.task.Detection is not null);

    private static Method Detect(PartIdentity part, NetworkTask task, int number)
    {
        (TaskNames names, DetectionRule rule) = (part.Names[number], task.Detection!);
        return new Method(
            names.Detect, ValueArray<Argument>.Empty,
            ValueArray.Of<Statement>(new Return(new Result(
                Section,
                ValueArray.Of<Expression>(
                    StateFields.Logits(part, number), new StaticField(names.RecentField, IlType.Ints), new StaticField(names.ThresholdsField, IlType.Ints),
                    Expressions.Int(rule.Smoothing), Expressions.Int(rule.Refractory)),
                IlType.Int))),
            ValueArray.Of(
                FormattableString.Invariant($"<summary>Takes the last run's decision on {task.Name} among the last {rule.Smoothing}: to be called once after each run that asked for it. Allocates nothing.</summary>"),
                FormattableString.Invariant($"<returns>The class that is detected, from 0; -1 where none is ahead by its threshold, or one was detected in the last {rule.Refractory} decisions.</returns>")),
            IlType.Int, IsPublic: true);
    }
}
