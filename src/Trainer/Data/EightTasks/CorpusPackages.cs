using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Debian's packages that the eight-task corpus is made from; docs/data.md says what each holds and under which licence.</summary>
internal static class CorpusPackages
{
    /// <summary>Said before they are installed.</summary>
    public const string Size = "1.5 GB to download, 2.0 GB installed";

    /// <summary>Recordings.</summary>
    public static IReadOnlyList<string> Recordings { get; } =
    [
        "asterisk-core-sounds-en-g722", "asterisk-core-sounds-es-g722", "asterisk-core-sounds-fr-g722", "asterisk-core-sounds-it-g722", "asterisk-core-sounds-ru-g722",
        "asterisk-moh-opsound-g722", "fillets-ng-data", "fillets-ng-data-cs", "fillets-ng-data-nl", "frozen-bubble-data", "hedgewars-data", "klettres-data", "megaglest-data",
        "minetest-data", "supertux-data", "tuxpaint-stamps-default", "wesnoth-1.16-data", "wesnoth-1.16-music",
    ];

    /// <summary>Programs and sounds to render with.</summary>
    public static IReadOnlyList<string> Renderers { get; } = ["espeak-ng", "flite", "fluidsynth", "fluid-soundfont-gm", "timgm6mb-soundfont", "opl3-soundfont", "csound-soundfont"];
}
