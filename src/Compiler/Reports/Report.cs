using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Reports;

/// <summary>What a compiled model costs, layer by layer and task by task, and what of a device it takes. Integers only; printed by <see cref="ReportMarkdown"/> and <see cref="ReportJson"/>.</summary>
/// <param name="ClassName">Class with the public face.</param>
/// <param name="Source">The model file's name.</param>
/// <param name="Device">The device, a project's or a calibrated one.</param>
/// <param name="Rows">Shared block and adapters of each layer, then heads, then what surrounds them.</param>
/// <param name="Choices">What may be asked of Run: each task alone, then all together.</param>
/// <param name="Assemblies">One per part.</param>
/// <param name="Idle">Open channels that do no work.</param>
public sealed record Report(
    string ClassName, string Source, DeviceProfile Device, ValueArray<ReportRow> Rows, ValueArray<ReportChoice> Choices, ValueArray<ReportAssembly> Assemblies,
    ValueArray<ReportIdle> Idle)
{
    /// <summary>Which of the planner's plans this is.</summary>
    public ReportPlan Plan { get; init; } = new("", "", 0, IsBuilt: false);

    /// <summary>How each layer and the heads are computed, whatever part computes them.</summary>
    public ValueArray<ReportKernel> Kernels { get; init; } = ValueArray<ReportKernel>.Empty;

    /// <summary>Where the model comes from; null where it was read from no file.</summary>
    public ModelOrigin? Origin { get; init; }

    /// <summary>What classes were taken for, of tasks whose matrices the model file has.</summary>
    public ValueArray<ReportConfusion> Confusions { get; init; } = ValueArray<ReportConfusion>.Empty;

    /// <summary>When decisions are detections, of tasks whose rule the model file has.</summary>
    public ValueArray<ReportDetection> Detections { get; init; } = ValueArray<ReportDetection>.Empty;

    /// <summary>RAM of all parts: what their static constructors allocate.</summary>
    public int RamBytes
    {
        get
        {
            int bytes = 0;
            foreach (ReportAssembly assembly in Assemblies)
                bytes += assembly.RamBytes;
            return bytes;
        }
    }

    /// <summary>Every row together.</summary>
    public ReportRow Total
    {
        get
        {
            ReportRow total = new("total", "", 0, 0, 0, 0, 0);
            foreach (ReportRow row in Rows)
            {
                total = total with
                {
                    MultiplyAccumulates = total.MultiplyAccumulates + row.MultiplyAccumulates,
                    Weighted = total.Weighted + row.Weighted,
                    IlBytes = total.IlBytes + row.IlBytes,
                };
            }

            return total;
        }
    }
}

/// <summary>The plan that a report describes, and who builds it.</summary>
/// <param name="Reason">Why the planner chose it, as <c>adapterc inspect --stage lowered</c> says it.</param>
/// <param name="Optimize">What for.</param>
/// <param name="Parts">Assemblies.</param>
/// <param name="IsBuilt">False for a model over the device's limits: generator and command line refuse it.</param>
public sealed record ReportPlan(string Reason, string Optimize, int Parts, bool IsBuilt)
{
    /// <summary>IL bytes that the plan has to leave to the program beside the model; null where nothing is said of it.</summary>
    public int? ProgramRoom { get; init; }
}

/// <summary>One block of one layer.</summary>
/// <param name="Layer">"1", "2" …, "heads", "sound" for the front end from one decision to the next, or "other" for Run, calls, members and kernels.</param>
/// <param name="Block">"shared" or a task; empty for "sound" and "other".</param>
/// <param name="Channels">Output channels computed; classes of a head.</param>
/// <param name="DeclaredChannels">Channels in the model file, closed ones included.</param>
/// <param name="MultiplyAccumulates">Of a window, border taps counted as if the image went on.</param>
/// <param name="Weighted">Weighted instructions of a window.</param>
/// <param name="IlBytes">IL in the assembly's file.</param>
public sealed record ReportRow(string Layer, string Block, int Channels, int DeclaredChannels, long MultiplyAccumulates, long Weighted, int IlBytes);

/// <summary>How a layer is computed.</summary>
/// <param name="Layer">As of a <see cref="ReportRow"/>.</param>
/// <param name="Kernel">As the header of the generated code names it.</param>
public sealed record ReportKernel(string Layer, string Kernel);

/// <summary>A channel that does no work.</summary>
/// <param name="Layer">Layer from 1.</param>
/// <param name="Block">"shared" or a task.</param>
/// <param name="Channel">Its position in the model file, from 1.</param>
/// <param name="Reason">What was proven of it.</param>
public sealed record ReportIdle(int Layer, string Block, int Channel, IdleReason Reason);

/// <summary>How a task's classes were told apart by the integers, on the slices that its accuracy was measured on.</summary>
/// <param name="Task">The task.</param>
/// <param name="Labels">Of its classes.</param>
/// <param name="Counts">Slices: [true class][class found].</param>
public sealed record ReportConfusion(string Task, ValueArray<string> Labels, ValueArray<ValueArray<int>> Counts);

/// <summary>When a decision on a task is a detection.</summary>
/// <param name="Task">The task.</param>
/// <param name="Labels">Of its classes.</param>
/// <param name="Rule">As the model file has it.</param>
public sealed record ReportDetection(string Task, ValueArray<string> Labels, DetectionRule Rule);

/// <summary>One way to call Run.</summary>
/// <param name="Name">The task, or "all tasks".</param>
/// <param name="Weighted">Weighted instructions of a window.</param>
/// <param name="Time">Null where the device's rates are not known.</param>
public sealed record ReportChoice(string Name, long Weighted, PredictedTime? Time);

/// <summary>What one part needs of its assembly.</summary>
/// <param name="ClassName">The part's class.</param>
/// <param name="DeviceIlBytes">IL as converted for the device.</param>
/// <param name="DataBytes">Array initialisers and signatures.</param>
/// <param name="StringBytes">Names and labels.</param>
/// <param name="RamBytes">What the static constructor allocates.</param>
public sealed record ReportAssembly(string ClassName, int DeviceIlBytes, int DataBytes, int StringBytes, int RamBytes);
