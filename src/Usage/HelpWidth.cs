using System.CommandLine;
using System.CommandLine.Help;
using System.Linq;

namespace AdapterCompiler.Usage;

/// <summary>Help that fits a terminal, also where it goes into a file.</summary>
public static class HelpWidth
{
    /// <summary>Columns at most.</summary>
    public const int Columns = 100;

    /// <summary>Limits the help of a program and of its commands.</summary>
    /// <param name="root">The program.</param>
    public static void Limit(RootCommand root)
    {
        System.ArgumentNullException.ThrowIfNull(root);
        foreach (HelpAction help in root.Options.OfType<HelpOption>().Select(option => option.Action).OfType<HelpAction>())
            help.MaxWidth = Columns;
    }
}
