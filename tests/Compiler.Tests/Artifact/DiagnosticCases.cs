using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AdapterCompiler.Artifact;
using Xunit;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>One spoilt model file and what must be said about it.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="What">For the test's name.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Fragment">Part of the message.</param>
public sealed record DiagnosticCase(string Id, string What, byte[] Bytes, int Line, int Column, int Length, string Fragment)
{
    public override string ToString() => Id + " " + What;
}

/// <summary>The tiny model spoilt in every way that the reader tells apart; lines and columns as in docs/artifact-format.md.</summary>
internal static class DiagnosticCases
{
    private static readonly string Good = ModelWriter.Write(TinyModel.Create());
    private static readonly string Hash = Good[^65..^1];
    private const string LogMel = "log-mel rate 16000 window 400 hop 160 transform 512 low-hz 60 high-hz 7800 floor-mdb -60000 step-mdb 600";

    public static IReadOnlyList<DiagnosticCase> All { get; } =
    [
        Raw("ADC001", "empty", "", 1, 1, 1, "it is empty"),
        Raw("ADC010", "another format", "{ \"layers\": 5 }\n", 1, 1, 1, "Found '{' where a model file starts"),
        Raw("ADC010", "nothing but comments", "# soon\n\n", 1, 1, 1, "adapter-model 1"),
        Edit("ADC011", "newer version", 1, "model 1", "model 2", 15, 1, "version '2', this compiler reads version 1"),
        Edit("ADC012", "a gate too few", 27, "gates 10", "gates 1", 7, 1, "mask of task 'pitch', layer 2 has 1 gate, the layer has 2 channels. Write one digit 0 or 1 per channel."),
        Edit("ADC012", "gates too many", 27, "gates 10", "gates 10110", 7, 5, "has 5 gates, the layer has 2 channels"),
        Edit("ADC012", "no gates", 27, "gates 10", "gates", 6, 1, "has 0 gates"),
        Raw("ADC013", "cut after a line", Cut(28), 28, 94, 1, "before 'channel 2' (layer 2 of task 'pitch' declares 2 channels)"),
        Raw("ADC013", "cut inside a line", Cut(28)[..^30], 28, 65, 1, "before the end of this line"),
        Raw("ADC013", "cut before a task", Cut(18), 17, 51, 1, "before line 'task'"),
        Raw("ADC013", "cut in the labels", Cut(20), 20, 9, 1, "before line 'label' of task 'pitch'"),
        Raw("ADC013", "hash line missing", Cut(51), 51, 42, 1, "adapterc seal FILE"),
        Raw("ADC014", "edited, not sealed", Good.Replace("gates 10", "gates 11", StringComparison.Ordinal), 52, 8, 64, "The hash is '" + Hash[..12] + "…', the text above it gives"),
        Raw("ADC014", "hash cut short", Good[..^10], 52, 8, 55, "the text above it gives '" + Hash[..12]),
        Edit("ADC015", "typing mistake", 11, "conv-global", "conv-globl", 9, 10, "'conv-globl' is not a kind of layer. Did you mean 'conv-global'? Kinds: conv, conv-global, dense, conv-valid, conv-global-valid."),
        Edit("ADC015", "another kind", 14, "dense", "lstm", 9, 4, "'lstm' is not a kind of layer. Kinds:"),
        Edit("ADC016", "a group too few", 9, "vsA", "", 48, 9, "The block of channel 1 of layer 1 of the shared encoder has 9 characters of base64, its 9 weights take 12"),
        Edit("ADC016", "no block", 34, "weights +P0CBw==", "weights", 35, 1, "class 1 of the head of task 'pitch' has 0 characters"),
        Edit("ADC017", "foreign character", 9, "+P0CB", "+P0C!", 52, 1, "'!' is not base64 here"),
        Edit("ADC017", "padding inside", 9, "+P0CB", "+P0=B", 51, 1, "'=' is not base64 here"),
        Edit("ADC017", "padding missing", 15, "+P0=", "+P0A", 51, 1, "'A' is not base64 here"),
        Edit("ADC017", "second spelling", 15, "+P0=", "+P1=", 50, 1, "'1' is not base64 here"),
        Edit("ADC018", "a letter", 27, "gates 10", "gates 1x", 8, 1, "'x' is not a gate"),
        Edit("ADC018", "a separator", 27, "gates 10", "gates 1,0", 8, 1, "without separators"),
        Edit("ADC019", "two tasks of one name", 37, "chirp", "pitch", 6, 5, "The task name 'pitch' is already taken by 'pitch' in line 19"),
        Edit("ADC019", "one name in C#", [(19, "pitch", "a-1"), (37, "chirp", "a1")], 37, 6, 2, "The task name 'a1' is already taken by 'a-1' in line 19"),
        Edit("ADC019", "two labels of one name", 39, "down", "up", 7, 2, "The label 'up' is already taken by 'up' in line 38"),
        Edit("ADC020", "capital letter", 2, "tiny", "Tiny", 6, 4, "'Tiny' is not a name"),
        Edit("ADC020", "digit first", 19, "pitch", "2pitch", 6, 6, "'2pitch' is not a name"),
        Edit("ADC020", "too long", 19, "pitch", new string('p', 65), 6, 65, "at most 64 characters"),
        new("ADC021", "Latin-1", Latin1("label straße"), 38, 11, 1, "The byte 0xDF is not UTF-8 text"),
        new("ADC021", "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Good)], 1, 1, 1, "The byte 0xFF"),
        Edit("ADC021", "lossily decoded", 38, "up", "stra\uFFFDe", 11, 1, "The replacement character U+FFFD is not UTF-8 text"),
        Edit("ADC022", "NaN", 9, "scale 0.0125", "scale NaN", 33, 3, "'NaN' is not a scale"),
        Edit("ADC022", "infinity", 9, "scale 0.0125", "scale Infinity", 33, 8, "'Infinity' is not a scale"),
        Edit("ADC022", "negative", 33, "scale 0.05", "scale -0.05", 47, 5, "positive decimal number"),
        Edit("ADC022", "zero", 9, "scale 0.0125", "scale 0.000", 33, 5, "'0.000' is not a scale"),
        Edit("ADC022", "exponent", 9, "scale 0.0125", "scale 1E-3", 33, 4, "without sign or exponent"),
        Edit("ADC022", "two points", 9, "scale 0.0125", "scale 0.0.1", 33, 5, "'0.0.1' is not a scale"),
        Edit("ADC022", "absurd length", 9, "scale 0.0125", "scale 0." + new string('1', 500), 33, 502, "at most 40 characters"),
        Edit("ADC023", "letters", 9, "shift 5", "shift five", 17, 4, "'five' is not a whole number. 'shift' takes 0 to 30"),
        Edit("ADC023", "leading zero", 9, "shift 5", "shift 05", 17, 2, "'05' is not a whole number"),
        Edit("ADC023", "minus zero", 9, "bias 32", "bias -0", 24, 2, "'-0' is not a whole number"),
        Edit("ADC023", "fraction", 9, "bias 32", "bias 32.5", 24, 4, "'bias' takes -2147483648 to 2147483647"),
        Edit("ADC023", "an offset missing", 32, "12,-4", "12,", 51, 1, "'' is not a whole number. 'offsets' takes"),
        Edit("ADC024", "20-digit channel count", 8, "channels 2", "channels 99999999999999999999", 38, 20, "'channels' is 99999999999999999999, allowed is 1 to 1024"),
        Edit("ADC024", "shift", 9, "shift 5", "shift 31", 17, 2, "'shift' is 31, allowed is 0 to 30"),
        Edit("ADC024", "bias", 9, "bias 32", "bias 2147483648", 24, 10, "'bias' is 2147483648"),
        Edit("ADC024", "weight width", 8, "weights 4", "weights 1", 48, 1, "'weights' is 1, allowed is 2 to 8"),
        Edit("ADC024", "more right than slices", 22, "float 352", "float 401", 27, 3, "'float' is 401, allowed is 0 to 400"),
        Edit("ADC025", "unknown line", 2, "name", "nmae", 1, 4, "Found 'nmae' where line 'name' is expected. Did you mean 'name'?"),
        Edit("ADC025", "missing line", 27, "gates 10", "", 28, 1, 7, "Found 'channel' where line 'gates' of layer 2 of task 'pitch' is expected. The order"),
        Edit("ADC025", "lines swapped", [(4, "input frames 4 bands 6 bits 7", "encoder shared"), (7, "encoder shared", "input frames 4 bands 6 bits 7")], 4, 1, 7, "Found 'encoder' where line 'input' is expected"),
        Edit("ADC025", "channel missing", 28, "channel 1", "channel 2", 9, 1, "Found 'channel 2' where 'channel 1' (layer 2 of task 'pitch' declares 2 channels) is expected"),
        Raw("ADC025", "text behind the hash", Good + "task more\n", 53, 1, 4, "Found 'task' where the end of the file is expected"),
        Edit("ADC026", "field name", 9, "bias", "bais", 19, 4, "Found 'bais' where 'bias' is expected in this line. Did you mean 'bias'?"),
        Edit("ADC026", "field missing", 9, " weights +P0CB/wBBvsA", "", 39, 1, "Found the end of the line where 'weights' is expected"),
        Edit("ADC026", "text behind", 24, "gates 1", "gates 1 open", 9, 4, "Found 'open' where the end of the line is expected"),
        Edit("ADC026", "no command", 3, " adapter-train quickstart --seed 1", "", 8, 1, "a command of 0 characters"),
        Edit("ADC027", "shared inputs", 26, "inputs 2", "inputs 3", 28, 1, "Layer 2 of task 'pitch' declares 'inputs 3', the layer below has 2 channels. Write 'inputs 2'"),
        Edit("ADC027", "own inputs", 26, "own 1", "own 0", 34, 1, "declares 'own 0', the layer below has 1 channel."),
        Edit("ADC027", "head", 33, "inputs 3", "inputs 4", 13, 1, "The head of task 'pitch' declares 'inputs 4'"),
        Edit("ADC028", "too wide", 14, "weights 4", "weights 3", 15, 48, 4, "Weight 1 of channel 1 of layer 3 of the shared encoder is -8, 'weights 3' allows -4 to 3"),
        Edit("ADC029", "empty", 38, "label up", "label", 6, 1, "The label '' is empty"),
        Edit("ADC029", "space at an end", 38, "label up", "label up ", 7, 3, "has a space at an end"),
        Edit("ADC029", "too long", 38, "up", new string('u', 201), 7, 201, "is too long. Write 'label', one space and 1 to 200 characters"),
        Raw("ADC030", "9 MB", Good + new string('\n', 9_000_000), 1, 1, 1, "at most 8388608 are allowed"),
        Edit("ADC031", "tab", 8, "layer 1", "layer\t1", 6, 1, "The character U+0009 is not allowed"),
        Edit("ADC031", "text that runs backwards", 38, "up", "u\u202Ep", 8, 1, "U+202E"),
        Edit("ADC031", "C# line end in a label", 38, "up", "u\u2028p", 8, 1, "U+2028"),
        Edit("ADC032", "dense too early", 11, "conv-global", "dense", 9, 5, "Layer 2 of the shared encoder is 'dense', 'conv' or 'conv-global' is expected"),
        Edit("ADC032", "convolution too late", 14, "dense", "conv", 9, 4, "Layer 3 of the shared encoder is 'conv', 'dense' is expected"),
        Edit("ADC032", "unlike the shared encoder", 23, "conv", "dense", 9, 5, "Layer 1 of task 'pitch' is 'dense', 'conv' is expected"),
        Edit("ADC033", "odd", 4, "frames 4", "frames 5", 14, 1, "'frames' is 5, allowed are multiples of 2"),
        Edit("ADC034", "too few", 32, "12,-4", "12", 48, 2, "channel 1 of layer 3 of task 'pitch' has 1 offset, it reads 2 own inputs"),
        Edit("ADC035", "transform too short", 5, "transform 512", "transform 256", 58, 3, "'transform' is 256, a power of two not below the window of 400 is expected"),
        Edit("ADC035", "beyond half the rate", 5, "high-hz 7800", "high-hz 8001", 80, 4, "'high-hz' is 8001, a number above 60 and up to half the rate, 8000, is expected"),
        Edit("ADC026", "unknown front end", 5, "log-mel", "log-mle", 10, 7, "Found 'log-mle' where 'log-mel' or 'integer-mel' or 'integer-mel-sparse' or 'integer-mel-fine' is expected in this line. Did you mean 'log-mel'?"),
        Edit("ADC026", "a slash in the provenance", 3, "--seed 1", "--seed 1\nprovenance tool 0.1.0 commit a/b data unknown", 4, 30, 3, "Found 'a/b' where a word of 1 to 80 letters, digits, '.', '+' and '-' is expected"),
        Edit("ADC026", "a short hash of the data", 3, "--seed 1", "--seed 1\nprovenance tool 0.1.0 commit abc data d203ba41", 4, 39, 8, "Found 'd203ba41' where 64 digits 0-9 and a-f, or 'unknown', is expected"),
        Edit("ADC026", "half a provenance", 3, "--seed 1", "--seed 1\nprovenance tool 0.1.0", 4, 22, 1, "Found the end of the line where 'commit' is expected"),
        Edit("ADC035", "bands that do not fit", 5, LogMel, "integer-mel rate 16000 window 400 hop 160 low-hz 60 high-hz 7800 octave-codes 10 floor-codes 72", 4, 22, 1, "'bands' is 6, between 60 and 7800 Hz 10 to 116 bands fit"),
        Edit("ADC024", "window that cannot be folded", 5, LogMel, "integer-mel rate 16000 window 512 hop 160 low-hz 60 high-hz 7800 octave-codes 10 floor-codes 72", 40, 3, "512"),
        Edit("ADC035", "edges the wrong way round", 5, LogMel, "integer-mel rate 16000 window 400 hop 160 low-hz 60 high-hz 60 octave-codes 10 floor-codes 72", 70, 2, "'high-hz' is 60, a number above 60"),
        Edit("ADC036", "one label", 39, "label down", "", 38, 7, 2, "Task 'chirp' has 1 label here, allowed are 2 to 4096"),
        Raw("ADC036", "31 tasks", ThirtyOneTasks(), 472, 1, 4, "The model has 31 tasks here, allowed are 1 to 30"),
        Edit("ADC037", "label missing", 33, "classes 2", "classes 3", 29, 1, "The head declares 3 classes, task 'pitch' has 2 labels"),
        Edit("ADC038", "rows are lost", [(8, "conv ", "conv-valid "), (11, "conv-global", "conv-global-valid"), (23, "conv ", "conv-valid "), (26, "conv-global", "conv-global-valid"), (40, "conv ", "conv-valid "), (43, "conv-global", "conv-global-valid")], 4, 14, 1, "'frames' is 4, the model needs 8 at least"),
        Edit("ADC051", "a threshold too many", 22, "348", "348\ndetect smoothing 2 refractory 4 thresholds 10,-1,20", 23, 44, 8, "Line 'detect' of task 'pitch' has 3 thresholds, the task has 2 labels"),
        Edit("ADC039", "a number too few", 22, "348", "348\nconfusion 1 found 200\nconfusion 2 found 52,148", 23, 19, 3, "Line 'confusion 1' of task 'pitch' has 1 number, the task has 2 labels"),
        Edit("ADC039", "a slice too many", 22, "348", "348\nconfusion 1 found 200,1\nconfusion 2 found 52,148", 24, 19, 6, "The confusion matrix of task 'pitch' has 401 slices, line 'accuracy' has 400. Write a line per class"),
        Edit("ADC039", "other right answers", 22, "348", "348\nconfusion 1 found 199,1\nconfusion 2 found 52,148", 24, 19, 6, "has 347 right answers on its diagonal, line 'accuracy' has 348"),
        Edit("ADC024", "less than no slice", 22, "348", "348\nconfusion 1 found 201,-1\nconfusion 2 found 53,147", 23, 23, 2, "'confusion' is -1, allowed is 0 to 1000000000"),
        Edit("ADC025", "a class without its line", 22, "348", "348\nconfusion 1 found 200,0", 24, 1, 5, "Found 'layer' where 'confusion 2' (task 'pitch' has 2 labels) is expected"),
        Edit("ADC025", "a matrix without an accuracy", 39, "down", "down\nconfusion 1 found 2,0", 40, 1, 9, "Found 'confusion' where"),
    ];

    private static DiagnosticCase Raw(string id, string what, string text, int line, int column, int length, string fragment) =>
        new(id, what, Encoding.UTF8.GetBytes(text), line, column, length, fragment);

    private static DiagnosticCase Edit(string id, string what, int line, string old, string replacement, int column, int length, string fragment) =>
        Edit(id, what, [(line, old, replacement)], line, column, length, fragment);

    private static DiagnosticCase Edit(string id, string what, int line, string old, string replacement, int seenLine, int column, int length, string fragment) =>
        Edit(id, what, [(line, old, replacement)], seenLine, column, length, fragment);

    private static DiagnosticCase Edit(string id, string what, (int Line, string Old, string New)[] edits, int line, int column, int length, string fragment)
    {
        string[] lines = Good.Split('\n');
        foreach ((int number, string old, string replacement) in edits)
        {
            Assert.Contains(old, lines[number - 1], StringComparison.Ordinal);
            lines[number - 1] = lines[number - 1].Replace(old, replacement, StringComparison.Ordinal);
        }

        return Raw(id, what, ModelSeal.Seal(string.Join('\n', lines)), line, column, length, fragment);
    }

    private static string Cut(int lines) => string.Concat(Good.Split('\n').Take(lines).Select(line => line + "\n"));

    private static byte[] Latin1(string label) => Encoding.Latin1.GetBytes(Good.Replace("label up", label, StringComparison.Ordinal));

    private static string ThirtyOneTasks()
    {
        string[] lines = Good.Split('\n');
        IEnumerable<string> chirp = lines.Skip(36).Take(15);
        IEnumerable<string> tasks = Enumerable.Range(0, 30).SelectMany(index => chirp.Select(line => line.Replace("chirp", "t" + (char)('a' + (index / 10)) + (index % 10), StringComparison.Ordinal)));
        return ModelSeal.Seal(string.Join('\n', lines.Take(36).Concat(tasks)));
    }
}
