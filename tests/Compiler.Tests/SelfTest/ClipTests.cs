using System;
using System.Linq;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.SelfTest;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.SelfTest;

public sealed class ClipTests
{
    private static readonly EmitOptions Names = new("AudioModel", "Firmware", "tiny.adapter");

    [Theory]
    [InlineData(40_000)]
    [InlineData(40_001)]
    [InlineData(40_002)]
    [InlineData(40_003)]
    [InlineData(40_004)]
    public void The_device_reads_the_upper_bits_of_every_code(int seed)
    {
        GeneratedCase c = GeneratedCase.Create(seed);
        Clip[] clips = [.. RandomInputs.For(c.Network.Input, seed).Select((codes, i) => new Clip($"clip {i}", codes.ToValueArray()))];
        EmittedFile file = ClipEmitter.Emit(c.Network, Names, clips);
        Type type = HostedModel.LoadAssembly(GeneratedAssembly.Compile([file], ClassLibrary.Desktop, checkOverflow: true)).GetType("Firmware.AudioModelClips", throwOnError: true)!;
        var read = type.GetMethod("Read")!.CreateDelegate<Action<int, byte[]>>();

        Assert.Equal(clips.Length, type.GetField("Count")!.GetRawConstantValue());
        for (int i = 0; i < clips.Length; i++)
        {
            byte[] codes = new byte[clips[i].Codes.Count];
            read(i, codes);
            Assert.Equal(ClipEmitter.Restored(c.Network, clips[i]), codes);
            Assert.All(codes.Zip(clips[i].Codes), pair => Assert.InRange(pair.Second - pair.First, 0, (1 << Math.Max(0, c.Network.Input.Bits - 4)) - 1));
        }
    }

    [Fact]
    public void A_clip_takes_no_memory_but_instructions()
    {
        GeneratedCase c = GeneratedCase.Create(0, TinyModels.Create([2, 3, 3], ("keyword", "1 11 10")));
        EmittedFile file = ClipEmitter.Emit(c.Network, Names, [new Clip("a \n tone", Enumerable.Repeat((byte)127, 32).ToValueArray())]);
        GeneratedAssembly device = GeneratedAssembly.Compile([file], ClassLibrary.NanoFramework);
        Assert.Empty(DeviceCheck.Findings(device));
        Assert.DoesNotContain("new byte", file.Text, StringComparison.Ordinal);
        Assert.Contains("next = Put(codes, next, unchecked((long)0xFFFFFFFFFFFFFFFF), unchecked((long)0xFFFFFFFFFFFFFFFF), 0x0000000000000000L, 0x0000000000000000L);", file.Text, StringComparison.Ordinal);
        Assert.Contains("// a ? tone. Recognised as: keyword ", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_four_codes_cost_a_line_of_about_fifty_bytes()
    {
        GeneratedCase c = GeneratedCase.Create(0, TinyModels.Create([1, 1, 1], ("keyword", "1 1 1")));
        EmittedFile few = ClipEmitter.Emit(c.Network, Names, [Of(32)]), more = ClipEmitter.Emit(c.Network, Names, [Of(32), Of(32)]);
        int each = Il(more) - Il(few);
        // One line holds 64 codes; the rest is the method's frame and its case.
        Assert.InRange(each, 40, 80);

        static Clip Of(int length) => new("clip", Enumerable.Repeat((byte)64, length).ToValueArray());
        static int Il(EmittedFile file) => IlSize.Of(GeneratedAssembly.Compile([file], ClassLibrary.NanoFramework)).IlBytes;
    }
}
