using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Faces;

/// <summary>What a generated class holds besides layers and kernels, as trees: printed as they are, and assembled to know what they take.</summary>
/// <param name="Entries">What is called: Run, and on a stream what takes frames.</param>
/// <param name="Properties">Of each task.</param>
/// <param name="State">Images and logits.</param>
/// <param name="Labels">Of each task.</param>
/// <param name="Tables">Weights, biases, shifts.</param>
internal sealed record ClassCode(ValueArray<Method> Entries, ValueArray<Property> Properties, ValueArray<Field> State, ValueArray<Field> Labels, ValueArray<Field> Tables)
{
    /// <summary>Of the static constructor, in metadata.</summary>
    private const string ConstructorName = ".cctor";

    /// <summary>Of a program or a part of one.</summary>
    public static ClassCode Of(CodedProgram program) => new(
        FaceCode.Entries(program.Network, program.Part, program.Code).ToValueArray(), FaceCode.Properties(program.Network, program.Part).ToValueArray(), StateCode.State(program).Concat(StateCode.Detections(program)).ToValueArray(), StateCode.Labels(program).ToValueArray(),
        TableCode.Of(program.Tables).ToValueArray());

    /// <summary>Every field of a part, whatever its code.</summary>
    public static IEnumerable<Field> FieldsOf(PartProgram program) => StateCode.State(program).Concat(StateCode.Detections(program)).Concat(StateCode.Labels(program)).Concat(TableCode.Of(program.Tables));

    /// <summary>Entries without steps, and what the C# compiler makes of the properties.</summary>
    public static IEnumerable<Method> FaceOf(Network network, PartIdentity part) =>
        FaceCode.Entries(network, part, ValueArray<LayerCode>.Empty).Concat(FaceCode.Properties(network, part).Select(property => property.Getter));

    /// <summary>Every field.</summary>
    public IEnumerable<Field> Fields => State.Concat(Labels).Concat(Tables);

    /// <summary>Entries, and what the C# compiler makes of the properties.</summary>
    public IEnumerable<Method> Face => Entries.Concat(Properties.Select(property => property.Getter));

    /// <summary>The static constructor that the C# compiler makes of the fields; none where there are none.</summary>
    public IEnumerable<Method> Constructors => Fields.Any()
        ? [new Method(ConstructorName, ValueArray<Argument>.Empty, Fields.Select(each => each.Initialiser).ToValueArray(), ValueArray<string>.Empty)]
        : [];
}
