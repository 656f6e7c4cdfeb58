using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Networks;

[Collection(TorchTests.Name)]
public sealed class TaskIsolationTests
{
    private static readonly System.Collections.Generic.IReadOnlyList<TaskData> Tasks = TinyTasks.Make();

    [Fact]
    public void Another_tasks_samples_change_nothing_in_evaluation()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new MultiTaskNetwork(TinyTasks.Shape(Tasks), 1);
        network.eval();
        BatchSlice[] slices = [new(0, 0, 2), new(1, 2, 2)];
        byte[][] own = [TinyTasks.RandomCodes(1), TinyTasks.RandomCodes(2)];
        Tensor[] first = network.Forward(BatchSource.Images([.. own, TinyTasks.RandomCodes(3), TinyTasks.RandomCodes(4)], TinyTasks.Input), slices);
        Tensor[] second = network.Forward(BatchSource.Images([.. own, TinyTasks.RandomCodes(5), TinyTasks.RandomCodes(6)], TinyTasks.Input), slices);
        Assert.True(first[0].allclose(second[0], rtol: 0, atol: 1e-5));
        Assert.False(first[1].allclose(second[1], rtol: 0, atol: 1e-3));
    }

    [Fact]
    public void A_tasks_loss_reaches_its_own_adapter_and_the_shared_encoder_only()
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new MultiTaskNetwork(TinyTasks.Shape(Tasks), 1);
        network.train();
        Tensor images = BatchSource.Images([.. Enumerable.Range(0, 8).Select(TinyTasks.RandomCodes)], TinyTasks.Input);
        network.Forward(images, [new BatchSlice(0, 0, 4), new BatchSlice(1, 4, 4)])[0].pow(2).sum().backward();
        Assert.All(network.Adapters[0], block => Assert.True(block.Weight.grad!.abs().sum().item<float>() > 0));
        Assert.All(network.Shared, block => Assert.True(block.Weight.grad!.abs().sum().item<float>() > 0));

        // The other task's rows reach the loss through the shared norms, in one convolution with that adapter's channels: exactly 0 comes back for those.
        Assert.All(network.Adapters[1].SelectMany(block => block.parameters()), p => Assert.Equal(0, p.grad?.count_nonzero().item<long>() ?? 0));
    }

    [Fact]
    public void Baseline_and_adapter_network_start_from_the_same_shared_encoder()
    {
        NetworkShape shape = TinyTasks.Shape(Tasks);
        using var adapters = new MultiTaskNetwork(shape, 7);
        using var baseline = new MultiTaskNetwork(shape.MultiHead, 7);
        Assert.All(
            adapters.Shared.Zip(baseline.Shared),
            pair => Assert.Equal(pair.First.Weight.data<float>().ToArray(), pair.Second.Weight.data<float>().ToArray()));
        Assert.Empty(baseline.GateVariables);
    }
}
