using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Benchmarks.FrontEnds;

/// <summary>One definition of the front end: what its float says, what its generated classes hear and cost.</summary>
internal sealed class HeardDefinition
{
    private readonly InputSpec input = FrontEnd.DefaultInput;
    private readonly List<HeardSound> kinds = [];
    private readonly Dictionary<(string Kind, string Kept, string Way), long> costs = [];
    private readonly IntegerMel definition;
    private readonly (string Kept, HearingProgram Plain, HearingProgram Counted, CountedAssembly Counter)[] programs;
    private readonly Random random = new(1);

    private HeardDefinition(string name, IntegerMelSpec spec, IEnumerable<string> kept)
    {
        (Name, Spec, definition) = (name, spec, new IntegerMel(spec, input));
        programs =
        [
            .. kept.Select(each =>
            {
                (HearingProgram plain, HearingProgram counted, CountedAssembly counter) = HearingProgram.Create(spec, input, each);
                return (each, plain, counted, counter);
            }),
        ];
    }

    /// <summary>Kind of the front end in a model file.</summary>
    public string Name { get; }

    /// <summary>Its parameters.</summary>
    public IntegerMelSpec Spec { get; }

    /// <summary>What was heard, a row for each kind of sound.</summary>
    public IReadOnlyList<HeardSound> Kinds => kinds;

    /// <summary>Compiles its classes.</summary>
    /// <param name="name">Kind of the front end in a model file.</param>
    /// <param name="spec">Its parameters.</param>
    /// <param name="kept">What classes are made for (<c>Samples</c>).</param>
    public static HeardDefinition Create(string name, IntegerMelSpec spec, IEnumerable<string> kept) => new(name, spec, kept);

    /// <summary>Every recording of a kind: the definition against its float, each class against the definition.</summary>
    public HeardSound Hear(string kind, IEnumerable<short[]> recordings)
    {
        var heard = new HeardSound(kind);
        var plain = new PlainMel(Spec, input);
        foreach (short[] samples in recordings)
        {
            byte[] codes = heard.Add(definition, plain, samples);
            foreach ((string kept, HearingProgram program, _, _) in programs)
                heard.Compare(codes, program.Hear(samples, random, asBytes: kept == "bytes"), input.Bands);
        }

        kinds.Add(heard);
        return heard;
    }

    /// <summary>Counts what each class executes for a frame.</summary>
    public void Count(string kind, string way, short[] sound, int bits, int channels, int gain)
    {
        foreach ((string kept, _, HearingProgram counted, CountedAssembly counter) in programs)
            costs[(kind, kept, way)] = counter.Count(() => counted.Stream(sound, bits, channels, gain)).Sum(block => block.Weighted) / definition.FrameCount(sound.Length);
    }

    /// <summary>What was counted, weighted instructions a frame.</summary>
    public long Cost(string kind, string kept, string way) => costs[(kind, kept, way)];
}
