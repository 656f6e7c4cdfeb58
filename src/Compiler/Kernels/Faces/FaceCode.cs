using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Detection;
using AdapterCompiler.Kernels.Streams;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Faces;

/// <summary>What firmware, or the next part, calls: Run, and the properties of each task.</summary>
internal static class FaceCode
{
    /// <summary>Copied section that finds the class.</summary>
    public const string ArgMax = "Greatest";

    private static readonly Argument Codes = new("codes", 0, IlType.Bytes);
    private static readonly Argument Tasks = new("tasks", 1, IlType.Int);

    /// <summary>Run: of the last part with checks and the calls of the parts before it, of any other its own steps.</summary>
    public static Method Run(CodedProgram program) => Run(program.Network, program.Part, program.Code);

    /// <summary>What is called: Run alone, but on a stream.</summary>
    public static IEnumerable<Method> Entries(Network network, PartIdentity part, ValueArray<LayerCode> code) =>
        (network.Streaming is null ? [Run(network, part, code)] : StreamFace.Methods(network, code)).Concat(DetectionFace.Methods(network, part));

    /// <summary>The same of some code.</summary>
    /// <param name="network">The whole network.</param>
    /// <param name="part">The class.</param>
    /// <param name="code">Of layers and heads.</param>
    public static Method Run(Network network, PartIdentity part, IEnumerable<LayerCode> code)
    {
        ValueArray<Argument> parameters = ValueArray.Of(Codes, Tasks);
        IEnumerable<Statement> steps = code.Select(Call);
        if (!part.IsLast)
            return new Method("Run", parameters, steps.ToValueArray(), PartDocumentation(part), IsPublic: true);
        int input = network.Input.Frames * network.Input.Bands, all = (1 << network.Tasks.Count) - 1;
        var refuse = new Refuse(
            ValueArray.Of(
                new Comparison(Codes, IsEqual: true, null),
                new Comparison(new Length(Codes), IsEqual: false, new Constant("InputLength", input)),
                new Comparison(Tasks.And(new Constant("AllTasks", all)), IsEqual: true, Expressions.Int(0))),
            new Return(Expressions.Bool(false)));
        IEnumerable<Statement> parts = Enumerable.Range(1, part.Count - 1)
            .Select(number => Call(PartIdentity.ClassName(part.Model, number, part.Count) + ".Run", Codes, Tasks));
        return new Method(
            "Run", parameters, new Statement[] { refuse, new Blank() }.Concat(parts).Concat(steps).Append(new Return(Expressions.Bool(true))).ToValueArray(),
            Documentation(network), IlType.Bool, IsPublic: true);
    }

    /// <summary>How Run calls a layer, or the heads: with what it takes of codes and tasks.</summary>
    public static Statement Call(LayerCode code) => Call(code.Entry.Method.Name, [.. code.Entry.Method.Parameters.Select(parameter => parameter.Name == Codes.Name ? Codes : Tasks)]);

    /// <summary>Logits, class and label of each task; none but in the last part.</summary>
    public static IEnumerable<Property> Properties(Network network, PartIdentity part)
    {
        for (int k = 0; part.IsLast && k < network.Tasks.Count; k++)
        {
            NetworkTask task = network.Tasks[k];
            TaskNames names = part.Names[k];
            StaticField logits = StateFields.Logits(part, k), labels = new(names.LabelsField, IlType.Strings);
            yield return new Property(
                names.Logits, logits, $"Logits of {task.Name} from the last run that asked for it, one per class. What a unit is worth is in the file's first lines.");
            var best = new Property(
                names.Class, new Result(ArgMax, ValueArray.Of<Expression>(logits), IlType.Int), $"Class of {task.Name} with the greatest logit, from 0, the first of equals.");
            yield return best;
            yield return new Property(
                names.Label, labels.At(new PropertyValue(best.Name, IlType.Int)),
                "Label of that class. Kept once, so that reading it allocates nothing: on the device a string literal is made anew each time.");
        }

        foreach (Property property in network.Streaming is null ? [] : StreamFace.Properties)
            yield return property;
    }

    private static Call Call(string method, params Expression[] arguments) => new(method, ValueArray.Of(arguments), ValueArray<string>.Empty, ValueArray<IlType>.Empty);

    private static ValueArray<string> Documentation(Network network) => ValueArray.Of(
        "<summary>Runs the shared encoder once and then only the adapters and heads asked for. Allocates nothing; not for two threads at once.</summary>",
        FormattableString.Invariant($"<param name=\"codes\">One window, frame after frame, each code 0 to {(1 << network.Input.Bits) - 1}. Read only.</param>"),
        "<param name=\"tasks\">Tasks combined with |; 0 does nothing.</param>",
        "<returns>False, and nothing has run, unless codes holds InputLength elements and a task is asked for.</returns>");

    private static ValueArray<string> PartDocumentation(PartIdentity part) => ValueArray.Of(
        $"<summary>Runs this part's steps. For {part.Model} only, which runs the parts in order and has checked the arguments.</summary>",
        "<param name=\"codes\">One window.</param>",
        "<param name=\"tasks\">Tasks combined with |.</param>");
}
