using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Budgets;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Compilation;

/// <summary>What a program needs against what an assembly of the device holds, as errors with figures and remedies.</summary>
public static class BudgetDiagnostics
{
    private const string Smaller = "choose fewer Tasks, or retrain narrower or sparser.";

    private static readonly TextPosition Start = new(1, 1, 1);

    /// <summary>True where every limit of an assembly, its class and its methods is kept.</summary>
    public static bool Fits(AssemblyBudget budget) => !Overruns(budget, "", () => "").Any();

    /// <summary>Every limit that a budget passes, at the start of the model file.</summary>
    /// <param name="budget">Of the program.</param>
    /// <param name="className">Its class.</param>
    /// <param name="remedy">What to do where more parts would help.</param>
    public static IEnumerable<Diagnostic> Overruns(AssemblyBudget budget, string className, Func<string> remedy)
    {
        if (budget.DeviceIlBytes > AssemblyLimits.IlBytes)
            yield return DiagnosticCatalogue.IlOverBudget.At(Start, className, TextTable.Number(budget.DeviceIlBytes), TextTable.Number(AssemblyLimits.IlBytes), remedy());
        if (budget.DataBytes > AssemblyLimits.DataBytes)
            yield return DiagnosticCatalogue.TablesOverBudget.At(Start, className, TextTable.Number(budget.DataBytes), TextTable.Number(AssemblyLimits.DataBytes), remedy());
        if (budget.StringBytes > AssemblyLimits.StringBytes)
        {
            yield return DiagnosticCatalogue.StringsOverBudget.At(
                Start, className, TextTable.Number(budget.StringBytes), TextTable.Number(AssemblyLimits.StringBytes), "Choose fewer Tasks, or shorten the labels.");
        }

        foreach ((int count, int limit, string noun) in new[]
        {
            (budget.Methods.Count, DeviceLimits.MethodsOfAKind, "static method"), (budget.StaticFields, DeviceLimits.StaticFields, "static field"),
        })
        {
            if (count > limit)
                yield return DiagnosticCatalogue.ClassOverBudget.At(Start, className, Wording.Count(count, noun), Wording.Number(limit), remedy());
        }

        foreach (Diagnostic array in Arrays(budget.Arrays, className))
            yield return array;
        foreach (MethodCost method in budget.Methods)
        {
            foreach ((int needed, int limit, string what) in new[]
            {
                (method.Locals, DeviceLimits.Locals, " locals"), (method.Arguments, DeviceLimits.Arguments, " arguments"),
                (method.Stack, DeviceLimits.EvaluationStack, " slots of stack"), (method.BranchDistance, DeviceLimits.BranchDistance, " bytes of branch"),
            })
            {
                if (needed > limit)
                    yield return DiagnosticCatalogue.MethodOverBudget.At(Start, className + "." + method.Name, TextTable.Number(needed) + what, TextTable.Number(limit), remedy());
            }
        }
    }

    /// <summary>Every array that passes what one object may take; more parts bring nothing.</summary>
    /// <param name="arrays">Of a program.</param>
    /// <param name="className">Its class.</param>
    public static IEnumerable<Diagnostic> Arrays(IEnumerable<ArrayCost> arrays, string className) => arrays
        .Where(array => array.Bytes > AssemblyLimits.ArrayBytes)
        .Select(array => DiagnosticCatalogue.ArrayOverBudget.At(
            Start, className + "." + array.Name, TextTable.Number(array.Bytes), TextTable.Number(AssemblyLimits.ArrayBytes)));

    /// <summary>A layer whose codes no arena could hold, whatever the device: places are 32-bit numbers.</summary>
    internal static Diagnostic? Layer(Layer layer, string className)
    {
        long codes = (long)layer.Channels * layer.OutputRows * layer.OutputColumns;
        return codes <= AssemblyLimits.CodesOfLayer ? null : DiagnosticCatalogue.ArrayOverBudget.At(
            Start, FormattableString.Invariant($"{className}, layer {layer.Index},"), TextTable.Number(codes), TextTable.Number(AssemblyLimits.ArrayBytes));
    }

    // All parts run on one device, so the whole counts. A heap that is not known limits nothing; one given as a range counts with its end.
    internal static int RamOver(PartProgram whole, CompilationOptions options) => Math.Max(0, whole.RamBytes - MostRam(options));

    /// <summary>Bytes of RAM that a model may take beside what the class that hears takes.</summary>
    internal static int MostRam(CompilationOptions options) =>
        (options.MaxRamBytes > 0 ? options.MaxRamBytes : DeviceProfiles.Find(options.Device)?.HeapHighBytes ?? int.MaxValue) - options.HearingRam;

    internal static IEnumerable<Diagnostic> Ram(PartProgram whole, CompilationOptions options)
    {
        int ram = whole.RamBytes + options.HearingRam;
        if (options.MaxRamBytes > 0 && ram > options.MaxRamBytes)
        {
            yield return DiagnosticCatalogue.RamOverBudget.At(
                Start, options.ClassName, TextTable.Number(ram), "MaxRam allows", TextTable.Number(options.MaxRamBytes),
                "Raise MaxRam, choose fewer Tasks, or retrain with fewer channels.");
            yield break;
        }

        if (DeviceProfiles.Find(options.Device)?.HeapHighBytes is not { } heap || ram <= heap)
            yield break;
        string[] larger = DeviceProfiles.All.Where(device => device.HeapHighBytes >= ram).Select(device => device.Name).ToArray();
        string remedy = larger.Length == 0
            ? "Choose fewer Tasks, or retrain with fewer channels."
            : "Choose fewer Tasks, retrain with fewer channels, or choose a device with more memory: " + string.Join(", ", larger) + ".";
        yield return DiagnosticCatalogue.RamOverBudget.At(
            Start, options.ClassName, TextTable.Number(ram), "the managed heap of " + options.Device + " has at most", TextTable.Number(heap), remedy);
    }

    /// <summary>ADC046, with the number of parts that would do.</summary>
    internal static Diagnostic TooFewParts(ScheduledProgram whole, PartPlan plan, CompilationOptions options)
    {
        int enough = PartPlan.Smallest(whole, AssemblyLimits.Parts, options.KeptRoom);
        bool keepsRoom = options.KeptRoom > 0;
        string remedy = enough > 0
            ? FormattableString.Invariant($"{enough} parts would do: Part=\"1/{enough}\" to Part=\"{enough}/{enough}\".")
            : "No number of parts would do: " + (keepsRoom ? "lower ProgramRoom, " : "") + Smaller;
        return DiagnosticCatalogue.TooFewParts.At(
            Start, options.ClassName, Wording.Count(options.Parts, "part") + (keepsRoom ? $" with ProgramRoom=\"{options.ProgramRoom}\"" : ""), TextTable.Number((plan.Load + (PartLoad.Full / 100) - 1) / (PartLoad.Full / 100)), remedy);
    }

    /// <summary>ADC002: the network has fewer channels than parts.</summary>
    internal static Diagnostic TooManyParts(CompilationOptions options) => DiagnosticCatalogue.InvalidMetadata.At(
        default, "Part", FormattableString.Invariant($"{options.Part}/{options.Parts}"), "the model has fewer channels and classes than that many parts; choose fewer");

    /// <summary>What to do where a program is over a limit of its assembly: more parts, or a smaller model.</summary>
    internal static string SplitOrSmaller(ScheduledProgram whole, CompilationOptions options) => Split(whole, options) is { Length: > 0 } split
        ? split + ", " + Smaller
        : char.ToUpperInvariant(Smaller[0]) + Smaller.Substring(1);

    /// <summary>ADC052: the last part fits an assembly, but not beside the program.</summary>
    internal static IEnumerable<Diagnostic> Room(BuiltModel built, CompilationOptions options)
    {
        BuiltPart last = built.Parts[built.Parts.Count - 1];
        int il = last.Budget.DeviceIlBytes, left = AssemblyLimits.IlBytes - il, over = options.KeptRoom - left;
        if (over <= 0 || left < 0)
            yield break;
        // A stream, and a model whose assembly hears, are not cut.
        string split = options.HearsHere ? "Write Sound=\"apart\", which gives the class that hears a project of its own" : options.Streams ? "" : Split(built.Scheduled, options);
        string more = split.Length > 0 ? split + ", " : "";
        string lower = FormattableString.Invariant($"ProgramRoom to {left} or less, ");
        yield return DiagnosticCatalogue.RoomOverBudget.At(
            Start, last.Program.Part.Class, TextTable.Number(il), TextTable.Number(AssemblyLimits.IlBytes - options.KeptRoom), options.ProgramRoom, TextTable.Number(over),
            more + (more.Length > 0 ? "lower " : "Lower ") + lower + Smaller);
    }

    private static string Split(ScheduledProgram whole, CompilationOptions options)
    {
        int enough = PartPlan.Smallest(whole, AssemblyLimits.Parts, options.KeptRoom);
        return enough > options.Parts ? FormattableString.Invariant($"Cut it into {enough} parts (Part=\"1/{enough}\"; 'adapterc scaffold' writes the projects)") : "";
    }
}
