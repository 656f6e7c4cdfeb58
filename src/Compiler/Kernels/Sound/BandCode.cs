using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Where a band's sum is.</summary>
/// <param name="Variable">A long, a frame in each half.</param>
/// <param name="IsEntry">It holds the sum without the bits that the table of the logarithm does not read: a bin that is a band, whose sum is 4 x its magnitude.</param>
internal sealed record BandSum(Expression Variable, bool IsEntry)
{
    /// <summary>Bits that such a bin's magnitude loses.</summary>
    public const int QuarterShift = LevelTable.LowShift - 2;
}

/// <summary>Bins to bands. A bin under one band only goes straight into that band's sum; between two centres the falling side is 4 x the sum less the rising side.</summary>
/// <param name="bands">The bands.</param>
/// <param name="pool">Where variables come from.</param>
/// <param name="inUnit">A magnitude in the unit of every group.</param>
/// <param name="inEntries">The same without <see cref="BandSum.QuarterShift"/> bits.</param>
internal sealed class BandCode(MelBands bands, VariablePool pool, Func<Expression, Expression> inUnit, Func<Expression, Expression> inEntries)
{
    /// <summary>A literal costs a conversion each time.</summary>
    private static readonly Local Three = new("three", IlType.Long);

    private readonly Dictionary<int, Expression> variables = [];
    private readonly BandSum[] sums = new BandSum[bands.Count];
    private bool readsThree;

    /// <summary>What holds each band's sum once <see cref="Finish"/> has run.</summary>
    public IReadOnlyList<BandSum> Sums => sums;

    /// <summary>Constants that are read often: those that what was written reads.</summary>
    public IEnumerable<Statement> Declarations => readsThree ? [new Assign(Three, Expressions.Long(3), Declares: true)] : [];

    /// <summary>Some band is a bin by itself.</summary>
    public bool HasEntries => sums.Any(sum => sum.IsEntry);

    /// <summary>Some band is not.</summary>
    public bool HasSums => sums.Any(sum => !sum.IsEntry);

    /// <summary>Takes a bin's magnitude.</summary>
    public void Add(List<Statement> body, int bin, Expression magnitude)
    {
        (int Band, int Quarters)[] readers = [.. Readers(bin)];
        Expression variable = pool.Take();
        if (readers is [(var band, 4)] && bands[band].Count == 1)
        {
            body.Add(new Assign(variable, inEntries(magnitude)));
            sums[band] = new BandSum(variable, IsEntry: true);
            return;
        }

        body.Add(new Assign(variable, inUnit(magnitude)));
        variables.Add(bin, variable);
    }

    /// <summary>Takes a half bin's magnitude, which is a band by itself.</summary>
    /// <param name="body">Where the statement goes.</param>
    /// <param name="below">The bin below it.</param>
    /// <param name="magnitude">Its magnitude.</param>
    public void AddHalf(List<Statement> body, int below, Expression magnitude)
    {
        Expression variable = pool.Take();
        body.Add(new Assign(variable, inEntries(magnitude)));
        sums[Enumerable.Range(0, bands.Count).Single(band => bands.Half(band) == below)] = new BandSum(variable, IsEntry: true);
    }

    /// <summary>Writes the sums that are left.</summary>
    public void Finish(List<Statement> body)
    {
        // From the top: rising[b] is read by band b and by the band before.
        Expression? falling = null;
        for (int band = bands.Count - 1; band >= 0; band--)
        {
            BandShare[] shares = [.. bands[band].Where(share => variables.ContainsKey(share.Bin))];
            Expression? total = Between(band).Select(bin => variables[bin]).Aggregate((Expression?)null, Sum);
            if (shares.Length == 0)
            {
                // A bin by itself has its sum. What lies below its centre, and does not rise to it, is the band before's.
                falling = total?.ShiftLeft(2);
                continue;
            }

            if (band == bands.Count - 1)
                falling = Weighted(shares.Where(share => share.Bin > Centre(band)));
            BandShare[] rising = [.. shares.Where(share => share.Bin <= Centre(band))];
            Expression? up = Weighted(rising);
            if (up is Binary)
            {
                Expression variable = pool.Take();
                body.Add(new Assign(variable, up));
                up = variable;
            }

            Expression sum = pool.Take();
            body.Add(new Assign(sum, Sum(up, falling)));
            sums[band] = new BandSum(sum, IsEntry: false);
            // What this side leaves of 4 belongs to the band before.
            falling = total is null || IsAllRising(band) ? null
                : up is null ? total.ShiftLeft(2)
                : total.ShiftLeft(2).Minus(up);
        }
    }

    // Bins behind the centre of the band before, as far as this one's.
    private IEnumerable<int> Between(int band) => band == 0 ? [] : variables.Keys.Where(bin => bin > Centre(band - 1) && bin <= Centre(band)).OrderBy(bin => bin);

    private bool IsAllRising(int band) => Between(band).All(bin => bands[band].Any(share => share.Bin == bin && share.Quarters == 4));

    // The last bin of a band that the next one does not reach down to, or whose weight does not fall yet.
    private int Centre(int band) => bands.PeakBin(band);

    private IEnumerable<(int Band, int Quarters)> Readers(int bin) => Enumerable.Range(0, bands.Count)
        .SelectMany(band => bands[band].Where(share => share.Bin == bin).Select(share => (band, share.Quarters)));

    // Quarters 1 to 4: those of one weight are added first.
    private Expression? Weighted(IEnumerable<BandShare> shares) => shares
        .GroupBy(share => share.Quarters)
        .OrderBy(group => group.Key)
        .Select(group => Times(group.Select(share => variables[share.Bin]).Aggregate((left, right) => left.Plus(right)), group.Key))
        .Aggregate((Expression?)null, Sum);

    private Expression Times(Expression value, int quarters)
    {
        if (quarters != 3)
            return value.ShiftLeft(quarters / 2);
        readsThree = true;
        return value.Times(Three);
    }

    private static Expression Sum(Expression? left, Expression? right) => left is null ? right! : right is null ? left : left.Plus(right);
}
