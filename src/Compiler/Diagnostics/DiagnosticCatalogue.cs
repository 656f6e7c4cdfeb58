namespace AdapterCompiler.Diagnostics;

/// <summary>
/// Every mistake that AdapterCompiler reports, one row each; docs/diagnostics.md shows an example of each. Ids are stable: a rule
/// may be retired, its number is never used again. 001-009 project settings, 010-039 the model file, 040-059 the compiler.
/// </summary>
public static class DiagnosticCatalogue
{
    // Project settings.
    /// <summary>ADC001: model file not readable.</summary>
    public static DiagnosticRule ModelNotReadable { get; } = new("ADC001", "Model file not readable",
        "The model file cannot be read: {0}. Check the path in the AdapterModel item, or write the model again.");

    /// <summary>ADC002: AdapterModel setting not valid.</summary>
    public static DiagnosticRule InvalidMetadata { get; } = new("ADC002", "AdapterModel setting not valid",
        "{0}=\"{1}\" is not valid: {2}. Change it in the AdapterModel item.");

    /// <summary>ADC003: unknown task.</summary>
    public static DiagnosticRule UnknownTask { get; } = new("ADC003", "Unknown task",
        "'{0}' is not a task of {1}.{2} Tasks: {3}.");

    /// <summary>ADC004: class name used twice.</summary>
    public static DiagnosticRule DuplicateClassName { get; } = new("ADC004", "Class name used twice",
        "Two AdapterModel items make the class '{0}'. Give one of them another ClassName or Namespace.");

    // ADC005, model listed twice, is raised by MSBuild before the compiler runs: src/Generators/build/AdapterCompiler.targets.

    /// <summary>ADC006: class of another project missing.</summary>
    public static DiagnosticRule MissingClass { get; } = new("ADC006", "Class of another project missing",
        "{0} calls {1}, which is in no project that this one refers to. Add a reference to the project whose AdapterModel item has the same file, ClassName, Namespace and settings, and Part=\"{2}\" ('adapterc scaffold' writes such projects).");

    /// <summary>ADC009: the compiler failed.</summary>
    public static DiagnosticRule CompilerFault { get; } = new("ADC009", "The compiler failed",
        "AdapterCompiler failed on {0}: {1}. This is a mistake in AdapterCompiler, not in your project: please report it with the model file and this message.");

    // The model file.
    /// <summary>ADC010: not a model file.</summary>
    public static DiagnosticRule NotAnAdapterFile { get; } = new("ADC010", "Not a model file",
        "Found '{0}' where a model file starts with 'adapter-model 1'. Choose a *.adapter file written by adapter-train.");

    /// <summary>ADC011: unsupported version of the model file.</summary>
    public static DiagnosticRule UnsupportedVersion { get; } = new("ADC011", "Unsupported version of the model file",
        "The file has version '{0}', this compiler reads version 1. Write the model again with the adapter-train of this release, or update the AdapterCompiler package.");

    /// <summary>ADC012: gate mask of the wrong width.</summary>
    public static DiagnosticRule GateMaskWidth { get; } = new("ADC012", "Gate mask of the wrong width",
        "mask of {0}, layer {1} has {2}, the layer has {3}. Write one digit 0 or 1 per channel.");

    /// <summary>ADC013: model file incomplete.</summary>
    public static DiagnosticRule Truncated { get; } = new("ADC013", "Model file incomplete",
        "The file ends here, before {0}. Its last line must be 'sha256 ...'. Get or write the file again; if only that line is missing, run 'adapterc seal FILE'.");

    /// <summary>ADC014: wrong hash.</summary>
    public static DiagnosticRule WrongHash { get; } = new("ADC014", "Wrong hash",
        "The hash is '{0}', the text above it gives '{1}': the file was changed or damaged after it was written. Get it again; after an intended edit run 'adapterc seal FILE'.");

    /// <summary>ADC015: unknown layer kind.</summary>
    public static DiagnosticRule UnknownLayerKind { get; } = new("ADC015", "Unknown layer kind",
        "'{0}' is not a kind of layer.{1} Kinds: {2}.");

    /// <summary>ADC016: weight block of the wrong length.</summary>
    public static DiagnosticRule BlockLength { get; } = new("ADC016", "Weight block of the wrong length",
        "The block of {0} has {1} of base64, its {2} take {3}. Correct the layer's inputs, or write the model again.");

    /// <summary>ADC017: weight block is not base64.</summary>
    public static DiagnosticRule NotBase64 { get; } = new("ADC017", "Weight block is not base64",
        "{0} is not base64 here. A block has A-Z, a-z, 0-9, '+' and '/', then '=' up to a multiple of four. Write the model again.");

    /// <summary>ADC018: foreign character in a gate mask.</summary>
    public static DiagnosticRule GateMaskCharacter { get; } = new("ADC018", "Foreign character in a gate mask",
        "'{0}' is not a gate. Write 1 for an open channel and 0 for a closed one, without separators.");

    /// <summary>ADC019: name used twice.</summary>
    public static DiagnosticRule DuplicateName { get; } = new("ADC019", "Name used twice",
        "The {0} '{1}' is already taken by '{2}' in line {3}. Rename one of them.");

    /// <summary>ADC020: name not valid.</summary>
    public static DiagnosticRule BadName { get; } = new("ADC020", "Name not valid",
        "'{0}' is not a name. Use a lower-case letter, then lower-case letters, digits and hyphens, at most {1} characters.");

    /// <summary>ADC021: model file is not UTF-8.</summary>
    public static DiagnosticRule NotUtf8 { get; } = new("ADC021", "Model file is not UTF-8",
        "{0} is not UTF-8 text. Save the file as UTF-8, or get it again.");

    /// <summary>ADC022: scale not valid.</summary>
    public static DiagnosticRule BadScale { get; } = new("ADC022", "Scale not valid",
        "'{0}' is not a scale. Write a positive decimal number such as 0.00125, without sign or exponent, at most {1} characters.");

    /// <summary>ADC023: not a whole number.</summary>
    public static DiagnosticRule NotANumber { get; } = new("ADC023", "Not a whole number",
        "'{0}' is not a whole number. '{1}' takes {2} to {3}, written as plain digits such as 12 or -7.");

    /// <summary>ADC024: number out of range.</summary>
    public static DiagnosticRule NumberOutOfRange { get; } = new("ADC024", "Number out of range",
        "'{1}' is {0}, allowed is {2} to {3}. Correct the number, or write the model again.");

    /// <summary>ADC025: unexpected line.</summary>
    public static DiagnosticRule UnexpectedLine { get; } = new("ADC025", "Unexpected line",
        "Found '{0}' where {1} is expected.{2} The order of lines is fixed: docs/artifact-format.md.");

    /// <summary>ADC026: malformed line.</summary>
    public static DiagnosticRule MalformedLine { get; } = new("ADC026", "Malformed line",
        "Found {0} where {1} is expected in this line.{2} The fields of a line and their order are fixed: docs/artifact-format.md.");

    /// <summary>ADC027: inputs do not match the layer below.</summary>
    public static DiagnosticRule InputMismatch { get; } = new("ADC027", "Inputs do not match the layer below",
        "{0} declares '{1} {2}', the layer below has {3}. Write '{1} {4}' with as many weights, or write the model again.");

    /// <summary>ADC028: weight outside the declared width.</summary>
    public static DiagnosticRule WeightOutsideWidth { get; } = new("ADC028", "Weight outside the declared width",
        "Weight {0} of {1} is {2}, 'weights {3}' allows {4} to {5}. Declare more bits, or write the model again.");

    /// <summary>ADC029: label not valid.</summary>
    public static DiagnosticRule BadLabel { get; } = new("ADC029", "Label not valid",
        "The label '{0}' {1}. Write 'label', one space and 1 to {2} characters without spaces at the ends.");

    /// <summary>ADC030: model file too large.</summary>
    public static DiagnosticRule FileTooLarge { get; } = new("ADC030", "Model file too large",
        "The file has {0} bytes or characters, at most {1} are allowed. No model of this compiler is that large: choose another file.");

    /// <summary>ADC031: control character.</summary>
    public static DiagnosticRule ForbiddenCharacter { get; } = new("ADC031", "Control character",
        "The character {0} is not allowed. Lines hold visible characters and spaces only: remove it.");

    /// <summary>ADC032: layers in the wrong order.</summary>
    public static DiagnosticRule LayerOrder { get; } = new("ADC032", "Layers in the wrong order",
        "Layer {0} of {1} is '{2}', {3} is expected. The shared encoder has any number of conv, then one conv-global, then one dense, or conv-valid and conv-global-valid in their place; every task has the same kinds.");

    /// <summary>ADC033: input does not fit the pooling.</summary>
    public static DiagnosticRule InputShape { get; } = new("ADC033", "Input does not fit the pooling",
        "'{0}' is {1}, allowed are multiples of {3}: every conv layer halves it, and the model has {2}. Change the input, or the number of conv layers.");

    /// <summary>ADC034: wrong number of offsets.</summary>
    public static DiagnosticRule OffsetCount { get; } = new("ADC034", "Wrong number of offsets",
        "{0} has {1}, it reads {2}. Write one whole number per own input, separated by commas.");

    /// <summary>ADC035: front end not valid.</summary>
    public static DiagnosticRule FrontEnd { get; } = new("ADC035", "Front end not valid",
        "'{0}' is {1}, {2}. Correct the frontend line.");

    /// <summary>ADC036: too few or too many.</summary>
    public static DiagnosticRule CountOutOfRange { get; } = new("ADC036", "Too few or too many",
        "{0} has {1} here, allowed are {2} to {3}. Add or remove some.");

    /// <summary>ADC037: classes do not match the labels.</summary>
    public static DiagnosticRule ClassCount { get; } = new("ADC037", "Classes do not match the labels",
        "The head declares {0}, task '{1}' has {2}. Write one label line per class.");

    /// <summary>ADC038: too few frames.</summary>
    public static DiagnosticRule FewFrames { get; } = new("ADC038", "Too few frames",
        "'{0}' is {1}, the model needs {2} at least: layers that pad nothing in time lose rows. Train on longer windows, or with fewer layers.");

    /// <summary>ADC039: confusion matrix does not fit.</summary>
    public static DiagnosticRule Confusion { get; } = new("ADC039", "Confusion matrix does not fit",
        "{0} has {1}, {2}. Write a line per class with a number per class, all together as many slices as 'accuracy' has, or leave these lines out.");

    // The compiler.
    /// <summary>ADC040: accumulator may leave 32 bits.</summary>
    public static DiagnosticRule AccumulatorRange { get; } = new("ADC040", "Accumulator may leave 32 bits",
        "The accumulator of {0} can reach {1}, allowed is -2147483648 to 2147483647. Retrain with smaller weights or fewer activation bits.");

    /// <summary>ADC041: IL over budget.</summary>
    public static DiagnosticRule IlOverBudget { get; } = new("ADC041", "IL over budget",
        "{0} needs {1} bytes of IL, one assembly holds {2}. {3}");

    /// <summary>ADC042: tables over budget.</summary>
    public static DiagnosticRule TablesOverBudget { get; } = new("ADC042", "Tables over budget",
        "{0} needs {1} bytes of tables and signatures, one assembly holds {2}. {3}");

    /// <summary>ADC043: strings over budget.</summary>
    public static DiagnosticRule StringsOverBudget { get; } = new("ADC043", "Strings over budget",
        "{0} needs {1} bytes of labels and names, one assembly holds {2}. {3}");

    /// <summary>ADC044: class over budget.</summary>
    public static DiagnosticRule ClassOverBudget { get; } = new("ADC044", "Class over budget",
        "{0} needs {1}, one class holds {2}. {3}");

    /// <summary>ADC045: method over budget.</summary>
    public static DiagnosticRule MethodOverBudget { get; } = new("ADC045", "Method over budget",
        "{0} needs {1}, one method holds {2}. {3}");

    /// <summary>ADC046: too few parts.</summary>
    public static DiagnosticRule TooFewParts { get; } = new("ADC046", "Too few parts",
        "{0} does not fit {1}: the fullest would be {2} % of an assembly. {3}");

    /// <summary>ADC047: RAM over budget.</summary>
    public static DiagnosticRule RamOverBudget { get; } = new("ADC047", "RAM over budget",
        "{0} needs {1} bytes of RAM, {2} {3}. {4}");

    /// <summary>ADC048: models over budget together.</summary>
    public static DiagnosticRule ModelsOverBudget { get; } = new("ADC048", "Models over budget together",
        "The models of this project need {1} bytes of {2} together, one assembly holds {3}: {0} passes it. Put one of the models into a project of its own, choose Optimize=\"balanced\", or fewer Tasks.");

    /// <summary>ADC049: much faster in more parts.</summary>
    public static DiagnosticRule SlowInFewParts { get; } = new("ADC049", "Much faster in more parts",
        "{0} takes {1} a window in {2}, in {3} {4}: one assembly holds the fast kernels of some layers only. Cut it: Part=\"1/{5}\" to Part=\"{5}/{5}\"{6} ('adapterc scaffold --parts {5}' writes the projects).",
        IsWarning: true);

    /// <summary>ADC050: array over budget.</summary>
    public static DiagnosticRule ArrayOverBudget { get; } = new("ADC050", "Array over budget",
        "{0} needs {1} bytes, one array of the device holds {2}. Retrain with a smaller input or fewer channels.");

    /// <summary>ADC051: thresholds do not match the labels.</summary>
    public static DiagnosticRule Thresholds { get; } = new("ADC051", "Thresholds do not match the labels",
        "{0} has {1}, the task has {2}. Write a whole number for each label, -1 for one that is never detected, or leave the line out.");

    /// <summary>ADC052: no room for the program.</summary>
    public static DiagnosticRule RoomOverBudget { get; } = new("ADC052", "No room for the program",
        "{0} needs {1} bytes of IL, with ProgramRoom=\"{3}\" one assembly holds {2}: {4} too many. {5}");

    /// <summary>Every rule, by id.</summary>
    public static ValueArray<DiagnosticRule> All { get; } = ValueArray.Of(
        ModelNotReadable, InvalidMetadata, UnknownTask, DuplicateClassName, MissingClass, CompilerFault,
        NotAnAdapterFile, UnsupportedVersion, GateMaskWidth, Truncated, WrongHash, UnknownLayerKind, BlockLength, NotBase64,
        GateMaskCharacter, DuplicateName, BadName, NotUtf8, BadScale, NotANumber, NumberOutOfRange, UnexpectedLine, MalformedLine,
        InputMismatch, WeightOutsideWidth, BadLabel, FileTooLarge, ForbiddenCharacter, LayerOrder, InputShape, OffsetCount, FrontEnd,
        CountOutOfRange, ClassCount, FewFrames, Confusion,
        AccumulatorRange, IlOverBudget, TablesOverBudget, StringsOverBudget, ClassOverBudget, MethodOverBudget, TooFewParts, RamOverBudget, ModelsOverBudget, SlowInFewParts, ArrayOverBudget, Thresholds, RoomOverBudget);

    /// <summary>A diagnostic of this kind.</summary>
    /// <param name="rule">The kind.</param>
    /// <param name="position">Where in the file.</param>
    /// <param name="arguments">One per placeholder of the rule's message.</param>
    public static Diagnostic At(this DiagnosticRule rule, TextPosition position, params string[] arguments) =>
        new(rule, position, new ValueArray<string>(arguments));
}
