using System.Reflection;

[assembly: AssemblyTitle("Listen")]
[assembly: AssemblyProduct("AdapterCompiler firmware samples")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
