namespace AdapterCompiler.Cli.Html;

/// <summary>The page's only style, light and dark as the reader's system is. No sign that XML escapes is in it.</summary>
internal static class Stylesheet
{
    /// <summary>CSS.</summary>
    public const string Text = """

        :root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --ink: #1c2330; --soft: #5b6575; --line: #dfe3ea; --track: #eceff3; --warn: #c8372d;
          --shared: #7b8798; --c0: #2f6fde; --c1: #e07b1a; --c2: #2a9d6f; --c3: #b548b8; --c4: #c23b4e; --c5: #1896a8; --c6: #8a6d1d; --c7: #6a5acd; --m0: #2f6fde; --m1: #14837f; }
        @media (prefers-color-scheme: dark) { :root { --page: #12161d; --card: #1a2029; --ink: #e6eaf0; --soft: #98a3b3; --line: #2c3441; --track: #242c37; --warn: #ff7a6e;
          --shared: #8793a5; --c0: #6ea1ff; --c1: #f2a04a; --c2: #4fc796; --c3: #d77fdb; --c4: #f0788a; --c5: #4cc3d4; --c6: #cdb054; --c7: #a79bff; --m0: #4a7fe0; --m1: #2a9a94; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        main { max-width: 1060px; margin: 0 auto; padding: 32px 20px 56px; }
        h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
        h2 { font-size: 17px; margin: 0 0 2px; }
        h3 { font-size: 13.5px; margin: 12px 0 6px; white-space: nowrap; }
        p { margin: 0 0 10px; }
        code { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        .about, .lead { color: var(--soft); }
        .lead { margin-bottom: 20px; }
        .about { font-size: 13.5px; max-width: 78ch; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px 20px; margin-top: 16px; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); gap: 12px; }
        .tile { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; }
        .tile b { display: block; font-size: 24px; line-height: 1.25; font-variant-numeric: tabular-nums; }
        .tile span { display: block; color: var(--soft); font-size: 13px; }
        .tile .over { color: var(--warn); font-weight: 600; }
        .meter { display: block; width: 100%; height: 6px; margin-top: 10px; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 4px 0 12px; font-size: 13px; color: var(--soft); }
        .legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
        table.full { width: 100%; }
        th { text-align: left; font-weight: 600; color: var(--soft); padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: bottom; }
        td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
        tr:last-child td { border-bottom: 0; }
        .right { text-align: right; padding-right: 12px; }
        tr.sum td { font-weight: 600; border-top: 1px solid var(--soft); }
        tr.first td { border-top: 1px solid var(--line); }
        svg { display: block; width: 100%; height: auto; }
        svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
        svg text.soft { fill: var(--soft); font-size: 11px; }
        svg text.inside { fill: #ffffff; font-size: 11px; font-weight: 600; }
        svg .track { fill: var(--track); }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .edge { stroke: var(--card); stroke-width: 1; }
        svg .closed { fill: none; stroke: var(--soft); stroke-opacity: 0.55; stroke-width: 1; }
        svg .idle { fill: var(--warn); fill-opacity: 0.35; stroke: var(--warn); stroke-width: 1; }
        svg .over { fill: var(--warn); }
        svg .image { fill-opacity: 0.82; stroke: var(--card); stroke-width: 1; }
        .shared { fill: var(--shared); background: var(--shared); } .c0 { fill: var(--c0); background: var(--c0); } .c1 { fill: var(--c1); background: var(--c1); }
        .c2 { fill: var(--c2); background: var(--c2); } .c3 { fill: var(--c3); background: var(--c3); } .c4 { fill: var(--c4); background: var(--c4); }
        .c5 { fill: var(--c5); background: var(--c5); } .c6 { fill: var(--c6); background: var(--c6); } .c7 { fill: var(--c7); background: var(--c7); }
        svg .m0 { fill: var(--m0); } svg .m1 { fill: var(--m1); }
        .gates svg { width: auto; max-width: none; }
        .multiples { display: grid; grid-template-columns: repeat(auto-fit, minmax(205px, 1fr)); gap: 14px 24px; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 8px 28px; }
        footer { color: var(--soft); font-size: 13px; margin-top: 20px; }
        footer table { width: 100%; }
        @media print { body { background: #ffffff; } section, .tile { break-inside: avoid; } }

        """;
}
