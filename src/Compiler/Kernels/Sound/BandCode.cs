using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Where a band's sum is.</summary>
/// <param name="Variable">A long, a frame in each half.</param>
/// <param name="IsQuarter">It holds a quarter of the sum, exactly: a bin of weight 1.</param>
internal sealed record BandSum(Expression Variable, bool IsQuarter);

/// <summary>Bins to bands. A bin under one band only goes straight into that band's sum; between two centres the falling side is 4 x the sum less the rising side.</summary>
internal sealed class BandCode(MelBands bands, VariablePool pool)
{
    private readonly Dictionary<int, Expression> variables = [];
    private readonly BandSum[] sums = new BandSum[bands.Count];

    /// <summary>What holds each band's sum once <see cref="Finish"/> has run.</summary>
    public IReadOnlyList<BandSum> Sums => sums;

    /// <summary>Takes a bin's magnitude.</summary>
    public void Add(List<Statement> body, int bin, Expression magnitude)
    {
        (int Band, int Quarters)[] readers = [.. Readers(bin)];
        Expression variable = pool.Take();
        body.Add(new Assign(variable, magnitude));
        if (readers is [(var band, 4)] && bands[band].Count == 1)
            sums[band] = new BandSum(variable, IsQuarter: true);
        else
            variables.Add(bin, variable);
    }

    /// <summary>Takes a half bin's magnitude, which is a band by itself.</summary>
    /// <param name="body">Where the statement goes.</param>
    /// <param name="below">The bin below it.</param>
    /// <param name="magnitude">Its magnitude.</param>
    public void AddHalf(List<Statement> body, int below, Expression magnitude)
    {
        Expression variable = pool.Take();
        body.Add(new Assign(variable, magnitude));
        sums[Enumerable.Range(0, bands.Count).Single(band => bands.Half(band) == below)] = new BandSum(variable, IsQuarter: true);
    }

    /// <summary>Writes the sums that are left.</summary>
    public void Finish(List<Statement> body)
    {
        // From the top: rising[b] is read by band b and by the band before.
        Expression? falling = null;
        for (int band = bands.Count - 1; band >= 0; band--)
        {
            BandShare[] shares = [.. bands[band].Where(share => variables.ContainsKey(share.Bin))];
            if (shares.Length == 0)
                continue;
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
            sums[band] = new BandSum(sum, IsQuarter: false);
            // What this side leaves of 4 belongs to the band before.
            int[] between = band == 0 ? [] : [.. variables.Keys.Where(bin => bin > Centre(band - 1) && bin <= Centre(band)).OrderBy(bin => bin)];
            Expression? total = between.Select(bin => variables[bin]).Aggregate((Expression?)null, Sum);
            falling = total is null || IsAllRising(band, between) ? null
                : up is null ? total.ShiftLeft(2)
                : total.ShiftLeft(2).Minus(up);
        }
    }

    private bool IsAllRising(int band, int[] between) => between.All(bin => bands[band].Any(share => share.Bin == bin && share.Quarters == 4));

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

    private static Expression Times(Expression value, int quarters) => quarters switch
    {
        1 => value,
        2 => value.ShiftLeft(1),
        4 => value.ShiftLeft(2),
        _ => value.Times(Expressions.Long(quarters)),
    };

    private static Expression Sum(Expression? left, Expression? right) => left is null ? right! : right is null ? left : left.Plus(right);
}
