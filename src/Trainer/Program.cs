using System.CommandLine;
using AdapterCompiler.Trainer.Commands;
using AdapterCompiler.Trainer.Runtime;

namespace AdapterCompiler.Trainer;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        NativeSettings.Apply();
        var root = new RootCommand("adapter-train: trains a shared encoder with gated adapters and quantises it into a model file.")
        {
            QuickstartCommand.Create(),
            TrainCommand.Create(),
            RealSoundCommand.Create(),
            SeedsCommand.Create(),
        };

        // Ctrl-C is Training's own business (Experiments/Interrupt.cs): the library would end the process two seconds later.
        return root.Parse(arguments).Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
