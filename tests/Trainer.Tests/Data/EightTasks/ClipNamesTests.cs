using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data.EightTasks;

public sealed class ClipNamesTests
{
    [Theory]
    [InlineData("*/sounds/water[0-2].wav", "/a/sounds/water2.wav", true)]
    [InlineData("*/sounds/water[0-2].wav", "/a/sounds/water3.wav", false)]
    [InlineData("*/sounds/water[45].wav", "/a/sounds/water5.wav", true)]
    [InlineData("*/sounds/water[45].wav", "/a/sounds/water45.wav", false)]
    [InlineData("*.ogg", "/a/b.ogg", true)]
    [InlineData("*.ogg", "/a/b.ogg.txt", false)]
    [InlineData("*/Data/Sounds/*.ogg", "/Data/Sounds/x/y.ogg", true)]
    public void Patterns(string pattern, string path, bool matches) => Assert.Equal(matches, new Ingredient("", FolderSplit.Train, "", pattern).Matches(path));

    [Theory]
    [InlineData("asterisk-core-sounds-es-g722", "/s/es_MX_f_Allison/digits/1.g722", "asterisk-allison", "es")]
    [InlineData("asterisk-core-sounds-it-g722", "/s/it_IT_m_Carlo/added.g722", "asterisk-it", "it")]
    [InlineData("tuxpaint-stamps-default", "/s/animals/frog-1_desc_pt_BR.ogg", "tuxpaint-pt_BR", "pt_BR")]
    [InlineData("tuxpaint-stamps-default", "/s/animals/frog-1_desc.ogg", "tuxpaint-en", "en")]
    [InlineData("klettres-data", "/usr/share/klettres/nds/alpha/x.ogg", "klettres-nds", "nds")]
    [InlineData("fillets-ng-data-nl", "/s/elk/nl/let-v-vrak0.ogg", "fillets-nl-v", "nl")]
    [InlineData("fillets-ng-data", "/s/linux/en/a.ogg", "fillets-en", "en")]
    [InlineData("hedgewars-data", "/Sounds/voices/Default_ru/Hello.ogg", "hedgewars-default_ru", "ru")]
    public void Voices(string package, string path, string voice, string language)
    {
        SpokenClip found = SpokenClips.Of(package, path)!;
        Assert.Equal((voice, language), (found.Voice, found.Language));
    }

    [Theory]
    [InlineData("asterisk-core-sounds-es-g722", "/s/es_MX_f_Allison/beep.g722")]
    [InlineData("asterisk-core-sounds-fr-g722", "/s/fr_CA_f_June/digits/et.g722")]
    [InlineData("tuxpaint-stamps-default", "/s/animals/birds/owl.ogg")]
    [InlineData("fillets-ng-data", "/s/music/rybky01.ogg")]
    [InlineData("hedgewars-data", "/Sounds/voices/Robot/Hello.ogg")]
    public void Nobody_speaks_or_nobody_known(string package, string path) => Assert.Null(SpokenClips.Of(package, path));

    [Fact]
    public void What_is_said_in_several_languages_is_in_one_split()
    {
        Assert.Equal(Split("tuxpaint-stamps-default", "/s/a/frog-1_desc_be.ogg"), Split("tuxpaint-stamps-default", "/s/a/frog-1_desc_el.ogg"));
        foreach (char letter in "abcdefghijklmnop")
            Assert.Equal(Split("tuxpaint-stamps-default", $"/s/alphabets/filled/uppercase/{char.ToUpperInvariant(letter)}_filled_desc_ru.ogg"), Split("tuxpaint-stamps-default", $"/s/alphabets/outlined/{letter}_outline_desc_el.ogg"));
        Assert.Equal(Split("fillets-ng-data-cs", "/s/elk/cs/let-v-vrak0.ogg"), Split("fillets-ng-data-cs", "/s/elk/cs/let-v-vrak2.ogg"));

        static FolderSplit Split(string package, string path) => SpokenClips.Of(package, path)!.Split;
    }
}
