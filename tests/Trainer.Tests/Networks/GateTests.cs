using System.Linq;
using AdapterCompiler.Trainer.Networks;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Networks;

[Collection(TorchTests.Name)]
public sealed class GateTests
{
    [Fact]
    public void Sigma_is_the_clipped_relu_of_equation_3()
    {
        using Tensor variables = tensor([-1f, -0.25f, 0f, 0.1f, 0.25f, 1f]);
        Assert.Equal([0f, 0f, 0.5f, 0.7f, 1f, 1f], Gates.Sigma(variables, 2).data<float>().Select(v => float.Round(v, 5)));
        Assert.Equal([0f, 0f, 0.5f, 1f, 1f, 1f], Gates.Sigma(variables, 40).data<float>().ToArray());
    }

    [Fact]
    public void The_slope_rises_from_first_to_last()
    {
        Assert.Equal(Gates.FirstSlope, Gates.Slope(0));
        Assert.Equal(Gates.LastSlope, Gates.Slope(1), 9);
        Assert.Equal(Gates.LastSlope, Gates.Slope(5), 9);
        Assert.True(Gates.Slope(0.5) > Gates.Slope(0.4));
    }

    [Fact]
    public void A_saturated_gate_has_no_gradient()
    {
        using Tensor variables = tensor([-1f, 0.1f, 1f], requires_grad: true);
        Gates.Sigma(variables, 2).sum().backward();
        Assert.Equal([0f, 2f, 0f], variables.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Locking_rounds_at_one_half_and_holds_at_every_slope()
    {
        using Tensor locked = Gates.Lock(tensor([-0.01f, 0f, 0.01f]));
        foreach (double slope in new[] { Gates.FirstSlope, 7, Gates.LastSlope })
            Assert.Equal([0f, 1f, 1f], Gates.Sigma(locked, slope).data<float>().ToArray());
    }
}
