using System;
using System.IO;

namespace AdapterCompiler.Trainer.Training;

/// <summary>A training that goes on step by step and can be taken up again where it was stopped.</summary>
internal interface ITrainingSession : IDisposable
{
    /// <summary>Steps done.</summary>
    int Step { get; }

    /// <summary>True once every step is done.</summary>
    bool Finished { get; }

    /// <summary>What has computed the steps done, <see cref="Runtime.TorchDescription"/>; where a checkpoint was carried on with other settings, all of them.</summary>
    string Machine { get; set; }

    /// <summary>Runs one step.</summary>
    /// <exception cref="NotFiniteException">Something is not finite; the session is as it was before the step.</exception>
    StepReport RunStep();

    /// <summary>Puts the best state back: what is reported and exported.</summary>
    void UseBest();

    /// <summary>Writes everything that a later session needs to go on.</summary>
    /// <param name="path">Checkpoint file.</param>
    /// <param name="identity">What the run is: data, sizes and options. A session with another identity refuses the file.</param>
    void Save(string path, string identity);

    /// <summary>Goes on where a saved session stopped.</summary>
    /// <exception cref="InvalidDataException">Not a checkpoint of this run; the message says why.</exception>
    void Load(string path, string identity);
}
