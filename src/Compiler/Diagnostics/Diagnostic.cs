namespace AdapterCompiler.Diagnostics;

/// <summary>A place in a text file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Length">UTF-16 units, at least 1 where anything is there to underline.</param>
public readonly record struct TextPosition(int Line, int Column, int Length);

/// <summary>One kind of mistake: the catalogue's row.</summary>
/// <param name="Id">ADC and three digits; never reused.</param>
/// <param name="Title">A few words.</param>
/// <param name="Message">Composite format: what was found, what is allowed, what to do.</param>
/// <param name="IsWarning">The model is compiled all the same.</param>
public sealed record DiagnosticRule(string Id, string Title, string Message, bool IsWarning = false)
{
    /// <summary>"error" or "warning", as MSBuild has them.</summary>
    public string Severity => IsWarning ? "warning" : "error";
}

/// <summary>One mistake found. Values compare, so that incremental builds can cache them.</summary>
/// <param name="Rule">Which kind.</param>
/// <param name="Position">Where in the model file.</param>
/// <param name="Arguments">For the rule's message.</param>
public sealed record Diagnostic(DiagnosticRule Rule, TextPosition Position, ValueArray<string> Arguments)
{
    /// <summary>The message with its arguments, one line.</summary>
    public string Message => string.Format(System.Globalization.CultureInfo.InvariantCulture, Rule.Message, (object[])Arguments.ToArray());

    /// <summary>As MSBuild and terminals make clickable: <c>file(line,column): error ID: message</c>.</summary>
    public string ToText(string file) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}({1},{2}): {3} {4}: {5}", file, Position.Line, Position.Column, Rule.Severity, Rule.Id, Message);
}
