using System.Globalization;

namespace AdapterCompiler.Checking;

/// <summary>Something found in an assembly.</summary>
/// <param name="Rule">Which kind.</param>
/// <param name="Place">Method, type or reference; empty for the assembly as a whole.</param>
/// <param name="Offset">IL offset in the assembly's file, as a disassembler shows it; null where no instruction is meant.</param>
/// <param name="Arguments">For the rule's message.</param>
public sealed record Finding(CheckRule Rule, string Place, int? Offset, ValueArray<string> Arguments)
{
    /// <summary>Where the source says it, as far as the assembly's PDB knows.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>The message with its arguments, one line.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.Message, (object[])Arguments.ToArray());

    /// <summary>"error" or "warning".</summary>
    public string Severity => Rule.Severity == CheckSeverity.Error ? "error" : "warning";

    /// <summary>Place and offset: <c>Radio.Decode(int)+IL_001c</c>; empty for the assembly as a whole.</summary>
    public string PlaceText => Offset is { } offset ? Place + "+IL_" + offset.ToString("x4", CultureInfo.InvariantCulture) : Place;

    /// <summary>One line: <c>file: error ID: place: message</c>.</summary>
    public string ToText(string file) =>
        file + ": " + Severity + " " + Rule.Id + ": " + (Place.Length == 0 ? "" : PlaceText + ": ") + Message;
}

/// <summary>A place in a source file.</summary>
/// <param name="File">As the compiler was given it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record SourceLine(string File, int Line, int Column);
