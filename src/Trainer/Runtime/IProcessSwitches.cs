namespace AdapterCompiler.Trainer.Runtime;

/// <summary>What can be changed about a process that has already loaded Torch.</summary>
internal interface IProcessSwitches
{
    /// <summary>What it runs with.</summary>
    ConvolutionSetting Current { get; }

    /// <summary>Whether it can start over with <see cref="ConvolutionSetting.Narrow"/>. False once it has.</summary>
    bool CanRestart { get; }

    /// <summary>Starts the program over, same arguments, same process id. Returns only where that failed.</summary>
    void Restart();

    /// <summary>Switches oneDNN off.</summary>
    /// <returns>False where this system's Torch has no such switch.</returns>
    bool SwitchOneDnnOff();
}
