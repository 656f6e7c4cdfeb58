using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Stack;

/// <summary>Values that become text: an enum is its number on the device, and a number has standard formats only.</summary>
internal sealed class TextEffect(MethodCode method)
{
    // Findings of one instruction are told apart by their value; the ones about signs have the low numbers.
    private const int FirstValue = 1000;

    private static readonly string[] Writers = ["Concat", "Format", "Join", "Append", "AppendFormat", "AppendLine", "Insert", "Write", "WriteLine", "WriteLineIf"];
    private static readonly string[] WriterTypes = ["System.String", "System.Text.StringBuilder", "System.Diagnostics.Debug", "System.Console"];

    // What the method has stored so far in the array that the next call takes.
    private readonly Dictionary<long, IlType> elements = [];

    /// <summary>A value goes into an array of objects.</summary>
    /// <param name="index">Where; null if that is computed.</param>
    /// <param name="boxed">Its type, where it is a value in a box.</param>
    public void Store(long? index, IlType? boxed)
    {
        if (index is not { } place)
            return;
        elements.Remove(place);
        if (boxed is not null)
            elements[place] = boxed;
    }

    /// <summary>A call out of the assembly.</summary>
    /// <param name="instruction">The call.</param>
    /// <param name="target">What it calls.</param>
    /// <param name="receiver">Type of the value on which it is called.</param>
    /// <param name="arguments">Its arguments.</param>
    public IEnumerable<(int Value, Finding Finding)> Call(IlInstruction instruction, CallTarget target, IlType? receiver, StackValue[] arguments)
    {
        if (target.Name == "ToString")
            return ToText(instruction, target, receiver, arguments);
        if (!WriterTypes.Contains(target.TypeName, StringComparer.Ordinal) || !Writers.Contains(target.Name, StringComparer.Ordinal))
            return [];
        bool takesArray = target.Signature.ParameterTypes.Any(type => type.Kind == IlKind.Array && type.Element == IlType.Object);
        int literal = Array.FindIndex(arguments, argument => argument.Literal is not null);
        bool isFormat = target.Name is "Format" or "AppendFormat" && literal >= 0;
        Dictionary<long, IlType> values = takesArray
            ? new(elements)
            : Enumerable.Range(0, arguments.Length).Where(i => arguments[i].Boxed is not null).ToDictionary(i => (long)i - (isFormat ? literal + 1 : 0), i => arguments[i].Boxed!);
        if (takesArray)
            elements.Clear();
        return isFormat
            ? FormatItem.All(arguments[literal].Literal!).Where(item => values.ContainsKey(item.Index)).SelectMany((item, i) => Item(instruction, item, values[item.Index], i))
            : values.Where(value => value.Value.IsEnum).Select(value => (FirstValue + (int)value.Key, EnumText(instruction, value.Value)));
    }

    private IEnumerable<(int Value, Finding Finding)> ToText(IlInstruction instruction, CallTarget target, IlType? receiver, StackValue[] arguments)
    {
        if (arguments.Length == 0 && receiver is { IsEnum: true })
            yield return (FirstValue, EnumText(instruction, receiver));
        else if (arguments is [{ Literal: { } format }, ..] && target.Type.IsNumber && FormatItem.IsCustom(format))
            yield return (FirstValue, CustomFormat(instruction, format, target.Type));
    }

    private IEnumerable<(int Value, Finding Finding)> Item(IlInstruction instruction, FormatItem item, IlType type, int number)
    {
        if (type.IsEnum && item.Format is ("" or "G" or "g" or "F" or "f"))
            yield return (FirstValue + number, EnumText(instruction, type));
        else if (type.IsNumber && FormatItem.IsCustom(item.Format))
            yield return (FirstValue + number, CustomFormat(instruction, item.Format, type));
    }

    private Finding EnumText(IlInstruction instruction, IlType type) => CheckCatalogue.EnumText.At(method.Display, instruction.Offset, type.Name);

    private Finding CustomFormat(IlInstruction instruction, string format, IlType type) => CheckCatalogue.CustomFormat.At(method.Display, instruction.Offset, format, type.Name);
}
