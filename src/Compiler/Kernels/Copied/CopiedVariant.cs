using System;

namespace AdapterCompiler.Kernels.Copied;

/// <summary>A copied section whose text is made of another's.</summary>
/// <param name="Name">Of the section, and of its method.</param>
/// <param name="Marked">The section that is marked in the sources.</param>
/// <param name="Text">Its lines, of the other's.</param>
internal sealed record CopiedVariant(string Name, string Marked, Func<ValueArray<string>, ValueArray<string>> Text);
