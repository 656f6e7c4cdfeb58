namespace AdapterCompiler.Targets;

/// <summary>How nanoFramework's class library is told from the desktop's, which has the same name.</summary>
public static class TargetLibrary
{
    /// <summary>Simple name of the class library.</summary>
    public const string Name = "mscorlib";

    /// <summary>Public key token of mscorlib and every other nanoFramework assembly.</summary>
    public const string PublicKeyToken = "c07d481e9758c731";

    /// <summary>Major version of the class library that the released interpreter runs. Version 2 is a preview with another type system.</summary>
    public const int MajorVersion = 1;

    /// <summary>Public key tokens of desktop .NET: the framework's two, .NET Standard's, .NET's and its class library's.</summary>
    public static ValueArray<string> DesktopTokens { get; } = ValueArray.Of(
        "b77a5c561934e089", "b03f5f7f11d50a3a", "cc7b13ffcd2ddd51", "adb9793829ddae60", "7cec85d7bea7798e");
}
