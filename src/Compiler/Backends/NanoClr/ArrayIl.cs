using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>Instructions that make arrays.</summary>
internal static class ArrayIl
{
    /// <summary>Pushes a new array.</summary>
    public static void Push(IlWriter il, Expression array)
    {
        switch (array)
        {
            case NewArray zeros:
                New(il, zeros.Length);
                break;
            case Numbers { IsData: true } numbers:
                New(il, numbers.Count);
                il.Emit("dup", 1, 1);
                // The only token that keeps its four bytes on the device.
                il.Emit("ldtoken", IlWriter.TokenBytes, 1);
                il.EmitToken("call", -2);
                break;
            case Numbers numbers:
                New(il, numbers.Count);
                Elements(il, numbers.Type, numbers.Rows.SelectMany(row => row.Values), value => value != 0, value => Int(il, value));
                break;
            case Texts texts:
                New(il, texts.Values.Count);
                Elements(il, texts.Type, texts.Values, _ => true, _ => il.EmitToken("ldstr", 1));
                break;
            default:
                throw new ArgumentException($"{array.GetType().Name} makes no array", nameof(array));
        }
    }

    private static void New(IlWriter il, int length)
    {
        Int(il, length);
        il.EmitToken("newarr", 0);
    }

    private static void Elements<T>(IlWriter il, IlType array, IEnumerable<T> values, Func<T, bool> isStored, Action<T> push)
    {
        int index = 0;
        foreach (T value in values)
        {
            if (isStored(value))
            {
                il.Emit("dup", 1, 1);
                Int(il, index);
                push(value);
                il.Emit(Mnemonics.Element("stelem", array), 1, -3);
            }

            index++;
        }
    }

    private static void Int(IlWriter il, int value)
    {
        (string opcode, int bytes) = Mnemonics.Constant(value);
        il.Emit(opcode, bytes, 1);
    }
}
