using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

/// <summary>The firmware project: that it was built against nanoFramework's class library, which a wrong setting would hide.</summary>
public sealed class FirmwareTests
{
    [Fact]
    public void The_built_project_refers_to_nanoFrameworks_mscorlib_and_to_nothing_else()
    {
        string path = typeof(FirmwareTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Quickstart").Value!;
        AssertOnlyMscorlib(File.ReadAllBytes(path));
    }

    [Fact]
    public void Its_program_compiles_with_any_model_of_the_three_tasks()
    {
        GeneratorRunResult run = (TestProject.Empty with { RootNamespace = "Quickstart" })
            .Model("/firmware/quickstart.adapter", Models.Named("pitch", "timbre", "chirp"))
            .Run();
        EmittedFile[] files = [
            .. run.GeneratedSources.Select(each => new EmittedFile(each.HintName, each.SourceText.ToString())),
            new EmittedFile("Program.cs", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "quickstart", "Program.cs")))];
        AssertOnlyMscorlib(GeneratedAssembly.Compile(files, ClassLibrary.NanoFramework).Image);
    }

    private static void AssertOnlyMscorlib(byte[] image)
    {
        using var file = new PEReader(new MemoryStream(image));
        MetadataReader metadata = file.GetMetadataReader();
        AssemblyReference reference = metadata.GetAssemblyReference(Assert.Single(metadata.AssemblyReferences));
        Assert.Equal("mscorlib", metadata.GetString(reference.Name));
        // The desktop's is 4.0.0.0.
        Assert.Equal(AssemblyName.GetAssemblyName(GeneratedAssembly.LibraryPath(ClassLibrary.NanoFramework)).Version, reference.Version);
        Assert.Equal(1, reference.Version.Major);
    }
}
