namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>Which part of a built-in task a slice belongs to.</summary>
public enum BuiltInSplit
{
    /// <summary>For the optimiser.</summary>
    Train,

    /// <summary>For choices.</summary>
    Validation,

    /// <summary>For the reported accuracy.</summary>
    Test,
}
