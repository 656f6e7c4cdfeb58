using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>Pages, samples and packages all speak of one version.</summary>
public sealed partial class VersionTests
{
    public static TheoryData<string> Places => new(
        "README.md", "docs/getting-started.md", "docs/releasing.md", "src/Cli/README.md", "src/Generators/README.md", "src/Trainer/README.md", "targets/nanoframework/README.md",
        "targets/nanoframework/Esp32/sdk/Esp32.csproj", "targets/nanoframework/Esp32/legacy/Esp32.nfproj", "targets/nanoframework/Esp32/legacy/packages.config",
        "targets/nanoframework/Stm32/sdk/Stm32.csproj", "targets/nanoframework/Stm32/legacy/Stm32.nfproj", "targets/nanoframework/Stm32/legacy/packages.config");

    [Theory]
    [MemberData(nameof(Places))]
    public void A_place_that_names_a_version_names_the_one_that_a_checkout_makes(string place)
    {
        string text = File.ReadAllText(Repository.Find(place.Split('/')));
        string[] versions = [.. Ours().Matches(text).Select(match => match.Groups["version"].Value)];
        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Equal(Repository.Version, version));
    }

    [GeneratedRegex(@"((AdapterCompiler|adapterc|adapter-train)(""? ([Vv]ersion=""|--version |\| )|\.)|git tag v)(?<version>[0-9]+\.[0-9]+\.[0-9]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Ours();
}
