using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>Executed IL, by opcode.</summary>
/// <param name="Rows">By weighted cost, the dearest first. Opcodes as <see cref="IlStep.Text"/>, calls together whatever they call.</param>
internal sealed record Tally(IReadOnlyList<OpcodeRow> Rows)
{
    public long Weighted => Rows.Sum(row => row.Weighted);

    public long Executed => Rows.Sum(row => row.Executed);

    /// <summary>Adds up what ran.</summary>
    /// <param name="blocks">Counted blocks.</param>
    /// <param name="callsApart">Calls have a row for each shape of method.</param>
    public static Tally Of(IEnumerable<CountedBlock> blocks, bool callsApart = false)
    {
        var rows = new Dictionary<string, (long Executed, long Weighted)>(StringComparer.Ordinal);
        foreach (CountedBlock block in blocks.Where(block => block.Hits > 0))
        {
            foreach (IlStep step in block.Steps)
            {
                string opcode = step.Call is null || callsApart ? step.Text : "call";
                (long executed, long weighted) = rows.GetValueOrDefault(opcode);
                rows[opcode] = (executed + block.Hits, weighted + (block.Hits * step.Cost));
            }
        }

        return new Tally([.. rows.Select(row => new OpcodeRow(row.Key, row.Value.Executed, row.Value.Weighted))
            .OrderByDescending(row => row.Weighted).ThenBy(row => row.Opcode, StringComparer.Ordinal)]);
    }

    /// <summary>Weighted instructions of one class of opcodes.</summary>
    public long Of(OpcodeClass of) => Rows.Where(row => OpcodeClasses.Of(row.Opcode) == of).Sum(row => row.Weighted);
}

/// <summary>One opcode.</summary>
/// <param name="Opcode">Mnemonic, with the kind of its operand where the cost depends on it.</param>
/// <param name="Executed">How often.</param>
/// <param name="Weighted">Times its cost.</param>
internal sealed record OpcodeRow(string Opcode, long Executed, long Weighted);
