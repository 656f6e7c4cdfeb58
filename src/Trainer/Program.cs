namespace AdapterCompiler.Trainer;

internal static class Program
{
    private static int Main()
    {
        TorchSharp.torch.set_num_threads(2);
        using var a = TorchSharp.torch.ones(2, 2);
        System.Console.WriteLine(a.sum().item<float>());
        return 0;
    }
}
