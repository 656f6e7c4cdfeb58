using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AdapterCompiler.Checking;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.SelfTest;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>Every firmware program compiles for its board and refers to the packages that its projects name.</summary>
public sealed class FirmwareProgramTests
{
    [Theory]
    [InlineData("Esp32", "nanoFramework.Hardware.Esp32")]
    [InlineData("Stm32", "nanoFramework.Hardware.Stm32")]
    public void The_board_programs_compile(string board, string package)
    {
        IEnumerable<EmittedFile> files =
        [
            .. QuickstartModel.Result.Files,
            TargetFiles.Source("Classify", "ClipClassifier.cs"),
            TargetFiles.Source("Classify", "QuickstartModel.Clips.g.cs"),
            TargetFiles.Source(board, "Program.cs"),
            TargetFiles.Source(board, "legacy", "Properties", "AssemblyInfo.cs"),
        ];
        Assert.Equal(["mscorlib", package, "nanoFramework.Runtime.Native"], ReferencePackages.Compile(files));
    }

    [Fact]
    public void The_microphone_program_compiles()
    {
        IEnumerable<EmittedFile> files =
        [
            .. ListeningModel.Result.Files,
            TargetFiles.Source("Listen", "IMicrophone.cs"),
            TargetFiles.Source("Listen", "I2sMicrophone.cs"),
            TargetFiles.Source("Listen", "Listener.cs"),
            TargetFiles.Source("Listen", "Program.cs"),
            TargetFiles.Source("Listen", "legacy", "Properties", "AssemblyInfo.cs"),
        ];
        Assert.Equal(["mscorlib", "nanoFramework.Hardware.Esp32", "nanoFramework.Runtime.Native", "nanoFramework.System.Device.I2s"], ReferencePackages.Compile(files));
    }

    [Fact]
    public void The_self_test_compiles_with_its_heap_hook()
    {
        IEnumerable<EmittedFile> files =
        [
            .. QuickstartModel.Result.Files,
            SelfTestEmitter.Emit(QuickstartModel.Result.Program!, QuickstartModel.Names),
            TargetFiles.Source("SelfTest", "FreeHeap.cs"),
            TargetFiles.Source("SelfTest", "legacy", "Properties", "AssemblyInfo.cs"),
        ];
        Assert.Equal(["mscorlib", "nanoFramework.Runtime.Native"], ReferencePackages.Compile(files));
    }

    [Theory]
    [InlineData("Classify", "Classify.dll")]
    [InlineData("SelfTest", "SelfTest.exe")]
    public void What_the_solution_builds_refers_to_nanoFrameworks_mscorlib_only(string project, string file)
    {
        using var image = new PEReader(File.OpenRead(TargetFiles.Find(project, "bin", TargetFiles.Configuration, "netnano1.0", file)));
        MetadataReader metadata = image.GetMetadataReader();
        AssemblyReference reference = metadata.GetAssemblyReference(Assert.Single(metadata.AssemblyReferences));
        Assert.Equal("mscorlib", metadata.GetString(reference.Name));
        // The desktop's mscorlib is 4.0.0.0.
        Assert.Equal(AssemblyName.GetAssemblyName(GeneratedAssembly.LibraryPath(ClassLibrary.NanoFramework)).Version, reference.Version);
    }

    [Theory]
    [InlineData("Classify", "Classify.dll", "QuickstartModel.Run;QuickstartModelClips.Read")]
    [InlineData("SelfTest", "SelfTest.exe", "QuickstartModel.Run;QuickstartModelSelfTest.FillWindow;QuickstartModelSelfTest.Hash")]
    public void What_the_solution_builds_is_clean_for_the_device(string project, string file, string hot)
    {
        var options = new CheckOptions { Device = "esp32", NoAllocation = hot.Split(';').ToValueArray(), NoFloat = ValueArray.Of("*") };
        CheckReport report = AssemblyCheck.Run(TargetFiles.Find(project, "bin", TargetFiles.Configuration, "netnano1.0", file), options);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void The_declared_packages_are_the_ones_that_programs_use() =>
        Assert.Equal(["nanoFramework.Hardware.Esp32", "nanoFramework.Hardware.Stm32", "nanoFramework.Runtime.Native", "nanoFramework.System.Device.I2s"], ReferencePackages.Names);
}
