using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>A program that runs every task on one silent window and writes the labels.</summary>
internal static class ProgramText
{
    public static string Of(ScaffoldPlan plan)
    {
        string model = plan.Options.ClassName;
        CodedProgram program = plan.Parts[^1].Program!;
        string writes = string.Concat(program.Network.Tasks.Select((task, k) => $"            Console.WriteLine(\"{task.Name}: \" + {model}.{program.Names[k].Label});\n"));
        return $$"""
            using System;

            namespace {{plan.Options.Namespace}}
            {
                /// <summary>Classifies one silent window with every task and writes what it found.</summary>
                public static class Program
                {
                    // Allocated once: the front end of a real program writes each new window into the same array.
                    private static readonly byte[] codes = new byte[{{model}}.InputLength];

                    public static void Main()
                    {
                        if (!{{model}}.Run(codes, {{model}}.AllTasks))
                            return;

            {{writes}}        }
                }
            }

            """;
    }
}
