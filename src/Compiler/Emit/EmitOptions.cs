using AdapterCompiler.Targets;

namespace AdapterCompiler.Emit;

/// <summary>How the generated class is called and where it comes from.</summary>
/// <param name="ClassName">A C# identifier: the class with the public face, whichever part is printed.</param>
/// <param name="Namespace">A C# namespace; empty for none.</param>
/// <param name="SourceName">The model file's name for the header: no folders, so that every machine emits the same bytes.</param>
/// <param name="Device">Device whose predicted time the header tells; the desktop has none.</param>
/// <param name="Mark">What all parts of one build share; empty where one class holds everything.</param>
public sealed record EmitOptions(string ClassName, string Namespace, string SourceName, string Device = DeviceLimits.Desktop, string Mark = "");

/// <summary>One generated file.</summary>
/// <param name="Name">File name, <c>AudioModel.g.cs</c>.</param>
/// <param name="Text">C# 7.3, "\n" line ends, no byte order mark.</param>
public sealed record EmittedFile(string Name, string Text);
