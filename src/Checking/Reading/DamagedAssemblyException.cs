using System;

namespace AdapterCompiler.Checking.Reading;

/// <summary>A file that is no .NET assembly or a damaged one; the message says what is wrong with it, for the user.</summary>
internal sealed class DamagedAssemblyException(string message) : Exception(message);
