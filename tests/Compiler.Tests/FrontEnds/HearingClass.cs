using System;
using System.Reflection;
using AdapterCompiler.Budgets;
using AdapterCompiler.Emit;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Hosting;
using AdapterCompiler.Kernels.Sound;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>The class that hears, compiled and loaded, called through delegates.</summary>
internal sealed class HearingClass
{
    private readonly Action<short[], int, int> push;
    private readonly Action<byte[], int, int, int, int, int> pushBytes;
    private readonly Action next, restart;
    private readonly Func<bool> ready;
    private readonly Func<int> room, dropped;

    /// <summary>Takes it out of an assembly.</summary>
    public HearingClass(Assembly loaded)
    {
        Type type = loaded.GetType("ModelSound", throwOnError: true)!;
        push = type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>();
        pushBytes = type.GetMethod("Push", [typeof(byte[]), typeof(int), typeof(int), typeof(int), typeof(int), typeof(int)])!.CreateDelegate<Action<byte[], int, int, int, int, int>>();
        next = type.GetMethod("Next")!.CreateDelegate<Action>();
        restart = type.GetMethod("Restart")!.CreateDelegate<Action>();
        ready = type.GetProperty("Ready")!.GetMethod!.CreateDelegate<Func<bool>>();
        room = type.GetProperty("Room")!.GetMethod!.CreateDelegate<Func<int>>();
        dropped = type.GetProperty("Dropped")!.GetMethod!.CreateDelegate<Func<int>>();
        Codes = (byte[])type.GetProperty("Codes")!.GetValue(null)!;
    }

    /// <summary>The window.</summary>
    public byte[] Codes { get; }

    public bool Ready => ready();

    public int Room => room();

    public int Dropped => dropped();

    /// <summary>Its files, as printed.</summary>
    public static ValueArray<EmittedFile> Files(IntegerMel definition, int hop, bool isPacked = false, bool isCompact = false)
    {
        var code = SoundCode.Create(definition, hop, isPacked: isPacked, isCompact: isCompact);
        return SoundFiles.Hearing(code, SoundBudget.Of(code, "ModelSound", ""), new EmitOptions("Model", "", "model.adapter", "esp32"));
    }

    /// <summary>Compiles and loads one.</summary>
    public static HearingClass Of(IntegerMel definition, int hop, bool isPacked = false, bool isCompact = false) =>
        new(HostedModel.LoadAssembly(GeneratedAssembly.Compile(Files(definition, hop, isPacked, isCompact), ClassLibrary.Desktop)));

    public void Push(short[] samples, int offset, int count) => push(samples, offset, count);

    public void Push(byte[] raw, int offset, int count, int bits, int channels, int gain) => pushBytes(raw, offset, count, bits, channels, gain);

    public void Next() => next();

    public void Restart() => restart();
}
