using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using TorchSharp.PyBridge;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Training;

/// <summary>Our safetensors are what another program reads and writes, and a file that is none is refused with a reason.</summary>
[Collection(TorchTests.Name)]
public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Another_program_reads_what_is_written()
    {
        using DisposeScope scope = NewDisposeScope();
        (string Name, Tensor Values)[] tensors = [("a.weight", arange(24, ScalarType.Float32).reshape(2, 3, 4) / 7), ("b", tensor(0.5f)), ("empty", zeros(0, 3))];
        SafetensorsFile.Write(path, new Dictionary<string, string>(StringComparer.Ordinal) { ["training"] = "{\"steps\":3} — ü" }, tensors);
        Assert.Equal(0, (BitConverter.ToInt64(File.ReadAllBytes(path)) + 8) % 8);
        Dictionary<string, Tensor> read = Safetensors.LoadStateDict(path);
        Assert.Equal(["a.weight", "b", "empty"], read.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([0, 3], read["empty"].shape);
        foreach ((string name, Tensor values) in tensors[..2])
        {
            Assert.Equal(values.shape, read[name].shape);
            Assert.Equal(values.data<float>().ToArray(), read[name].data<float>().ToArray());
        }

        var own = SafetensorsFile.Read(path);
        Assert.Equal("{\"steps\":3} — ü", own.Texts["training"]);
        Assert.Equal(tensors[0].Values.data<float>().ToArray(), own.Values["a.weight"]);
        Assert.Empty(own.Values["empty"]);
    }

    [Fact]
    public void What_another_program_writes_is_read()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = rand(3, 5);
        Safetensors.SaveStateDict(path, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["w"] = values });
        Assert.Equal(values.data<float>().ToArray(), SafetensorsFile.Read(path).Values["w"]);
        Safetensors.SaveStateDict(path, new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["w"] = values.to_type(ScalarType.Float64) });
        Assert.Contains("F64", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_or_changed_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        SafetensorsFile.Write(path, new Dictionary<string, string>(StringComparer.Ordinal), [("w", ones(4, 4))]);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(path));
        }

        foreach ((string right, string wrong) in new[] { ("\"shape\":[4,4]", "\"shape\":[4,5]"), ("[0,64]", "[8,72]"), ("\"dtype\"", "\"dtyp3\""), ("F32", "I32"), ("\"shape\":[4,4]", "\"shape\":\"44\"") })
        {
            byte[] changed = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace(right, wrong, StringComparison.Ordinal));
            File.WriteAllBytes(path, changed);
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(path));
        }

        Array.Fill<byte>(whole, 0xFF, whole.Length - 4, 4);
        File.WriteAllBytes(path, whole);
        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(path)).Message, StringComparison.Ordinal);
    }
}
