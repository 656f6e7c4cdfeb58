using System.Linq;
using AdapterCompiler.Trainer.Networks;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Networks;

[Collection(TorchTests.Name)]
public sealed class DeviceCostTests
{
    private static readonly NetworkShape Shape = new(TinyTasks.Input, ValueArray.Of(6, 10, 12), 0.8m, ValueArray.Of(new TaskShape("one", 4)));

    /// <summary>Solved from two networks, the prices foretell what the compiler says of others: no network that was looked at is among these.</summary>
    [Fact]
    public void Prices_foretell_what_the_compiler_charges_for_other_gates()
    {
        CostPrices prices = AdapterCost.Prices(Shape, CostMeasure.Device);
        Assert.All(prices.Pair, price => Assert.True(price > 0));
        Assert.All(prices.Channel, price => Assert.True(price >= 0));
        foreach (int[] open in (int[][])[[3, 7, 8, 5], [1, 6, 2, 9], [4, 3, 9, 2]])
        {
            double expected = DeviceCost.Own(Shape, open).Sum(), found = AdapterCost.Of(Shape, CostMeasure.Device, 4, open);
            Assert.InRange(found / expected, 0.75, 1.3);
        }
    }

    /// <summary>An early layer's channel is dearer than a late one's, as operations say and weights do not: positions cost time.</summary>
    [Fact]
    public void A_device_charges_for_positions()
    {
        double Price(CostMeasure measure, int[] open) => AdapterCost.Of(Shape, measure, 4, open) - AdapterCost.Of(Shape, measure, 4, [1, 1, 1, 1]);
        Assert.True(Price(CostMeasure.Device, [2, 1, 1, 1]) > Price(CostMeasure.Device, [1, 1, 2, 1]));
        Assert.True(Price(CostMeasure.Parameters, [2, 1, 1, 1]) < Price(CostMeasure.Parameters, [1, 1, 2, 1]));
    }
}
