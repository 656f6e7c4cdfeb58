using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>A program that runs every task on one silent window, or on silence two frames at a time, and writes the labels.</summary>
internal static class ProgramText
{
    public static string Of(ScaffoldPlan plan)
    {
        string model = plan.Options.ClassName;
        CodedProgram program = plan.Parts[^1].Program!;
        string writes = string.Concat(program.Network.Tasks.Select((task, k) => $"            Console.WriteLine(\"{task.Name}: \" + {model}.{program.Names[k].Label});\n"));
        return plan.Options.Streams ? Stream(plan, writes) : $$"""
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

    private static string Stream(ScaffoldPlan plan, string writes) => $$"""
        using System;

        namespace {{plan.Options.Namespace}}
        {
            /// <summary>Takes silence, two frames at a time, until a decision is due, makes it with every task and writes what it found.</summary>
            public static class Program
            {
                // Allocated once: the front end of a real program writes every next two frames into the same array.
                private static readonly byte[] frames = new byte[2 * {{plan.Options.ClassName}}.Bands];

                public static void Main()
                {
                    while (!{{plan.Options.ClassName}}.Ready)
                        {{plan.Options.ClassName}}.Advance(frames, 0);
                    {{plan.Options.ClassName}}.Run({{plan.Options.ClassName}}.AllTasks);

        {{writes}}        }
            }
        }

        """;
}
