namespace AdapterCompiler.Checking;

/// <summary>How bad a finding is.</summary>
public enum CheckSeverity
{
    /// <summary>May differ or fail, depending on values or on files that were not at hand.</summary>
    Warning,

    /// <summary>Fails on the device, or computes something else there.</summary>
    Error,
}

/// <summary>One kind of finding: the catalogue's row.</summary>
/// <param name="Id">NFC and three digits; never reused.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Title">A few words.</param>
/// <param name="Message">Composite format: what was found, what is allowed, what to do.</param>
public sealed record CheckRule(string Id, CheckSeverity Severity, string Title, string Message);
