namespace AdapterCompiler.Kernels.Sound;

/// <summary>That a model hears: firmware pushes samples.</summary>
/// <param name="Code">The class that hears.</param>
/// <param name="IsHere">It is in the model's assembly; else in one of its own.</param>
internal sealed record Hearing(SoundCode Code, bool IsHere)
{
    /// <summary>IL bytes that it takes of the model's assembly, the few members of the model's class not counted.</summary>
    public int IlBytes => IsHere ? Code.DeviceIlBytes : 0;
}
