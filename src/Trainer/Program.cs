namespace AdapterCompiler.Trainer;

internal static class Program
{
    private static int Main() => 0;
}
