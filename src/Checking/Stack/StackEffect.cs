using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Checking.Stack;

/// <summary>What one instruction does to the evaluation stack, and what is to say about it.</summary>
internal sealed class StackEffect(CheckedAssembly assembly, MethodCode method)
{
    /// <summary>Deepest stack seen.</summary>
    public int Depth { get; private set; }

    /// <summary>One finding per instruction and value, however often it is walked.</summary>
    public Dictionary<(int Offset, int Value), Finding> Findings { get; } = [];

    public void Apply(IlInstruction instruction, Stack<StackValue> stack)
    {
        if (Load(instruction) is { } loaded)
            stack.Push(loaded);
        else if (!Memory(instruction, stack) && !Arithmetic(instruction, stack) && !Convert(instruction, stack) && !Call(instruction, stack))
            Other(instruction, stack);
        Depth = Math.Max(Depth, stack.Count);
    }

    private static StackValue Pop(Stack<StackValue> stack) => stack.TryPop(out StackValue value) ? value : new StackValue(IlType.Unknown);

    private StackValue? Load(IlInstruction instruction) => instruction.Family switch
    {
        "ldloc" => new StackValue(Local(instruction.Variable).OnStack),
        "ldarg" => new StackValue(method.Argument(instruction.Variable).OnStack),
        "ldloca" => Reference(Local(instruction.Variable)),
        "ldarga" => Reference(method.Argument(instruction.Variable)),
        "ldsfld" => new StackValue(CallTarget.FieldType(assembly, instruction.Token).OnStack),
        "ldsflda" => Reference(CallTarget.FieldType(assembly, instruction.Token)),
        "ldstr" => new StackValue(IlType.Text),
        "ldc.r4" => new StackValue(IlType.Float32),
        "ldc.r8" => new StackValue(IlType.Float64),
        _ when instruction.Constant is { } constant => new StackValue(instruction.Name == "ldc.i8" ? IlType.Long : IlType.Int, constant, constant >= 0),
        _ => null,
    };

    private bool Memory(IlInstruction instruction, Stack<StackValue> stack)
    {
        switch (instruction.Family)
        {
            case "dup":
                StackValue top = Pop(stack);
                stack.Push(top);
                stack.Push(top);
                return true;
            case "ldfld":
            case "ldflda":
                Pop(stack);
                IlType field = CallTarget.FieldType(assembly, instruction.Token);
                stack.Push(instruction.Name == "ldflda" ? Reference(field) : new StackValue(field.OnStack));
                return true;
            case "ldlen":
                Pop(stack);
                stack.Push(new StackValue(IlType.Int, IsNonNegative: true));
                return true;
            case "newarr":
                Pop(stack);
                IlType element = assembly.Types.Of(assembly.Metadata, instruction.Token);
                stack.Push(new StackValue(new IlType(IlKind.Array, element.Name + "[]", element)));
                return true;
            case "ldelema":
                Pop(stack);
                Pop(stack);
                stack.Push(Reference(assembly.Types.Of(assembly.Metadata, instruction.Token)));
                return true;
            case "ldobj" or "unbox.any" or "castclass" or "isinst":
                Pop(stack);
                stack.Push(new StackValue(assembly.Types.Of(assembly.Metadata, instruction.Token).OnStack));
                return true;
        }

        bool isElement = instruction.Name.StartsWith("ldelem", StringComparison.Ordinal);
        if (!isElement && !instruction.Name.StartsWith("ldind", StringComparison.Ordinal))
            return false;
        if (isElement)
            Pop(stack);
        // An ulong element is loaded with ldelem.i8: the array knows better than the opcode.
        IlType? known = Pop(stack).Type.Element ?? (instruction.Name == "ldelem" ? assembly.Types.Of(assembly.Metadata, instruction.Token) : null);
        stack.Push(new StackValue(known?.OnStack ?? FromSuffix(instruction.Name)));
        return true;
    }

    private bool Arithmetic(IlInstruction instruction, Stack<StackValue> stack)
    {
        string name = instruction.Name.Replace(".ovf.un", "", StringComparison.Ordinal).Replace(".ovf", "", StringComparison.Ordinal);
        if (name is "neg" or "not")
        {
            stack.Push(Pop(stack).Result());
            return true;
        }

        if (name is not ("add" or "sub" or "mul" or "div" or "div.un" or "rem" or "rem.un" or "and" or "or" or "xor" or "shl" or "shr" or "shr.un"))
            return false;
        StackValue right = Pop(stack), left = Pop(stack);
        if (name == "shr" && left.IsTrap)
            Report(instruction, left, CheckCatalogue.UnsignedShift, ">>");
        if (name == "rem" && left.Type.IsUnsigned && !(left.IsNonNegative && right.Constant > 0))
            Report(instruction, left, CheckCatalogue.UnsignedRemainder, "%");
        stack.Push(left.Result(name switch
        {
            "and" => left.IsNonNegative || right.IsNonNegative,
            "or" or "xor" or "div" => left.IsNonNegative && right.IsNonNegative,
            "rem" or "shr" => left.IsNonNegative,
            "div.un" => left.IsNonNegative || right.Constant > 1,
            "rem.un" => left.IsNonNegative || right.Constant > 0,
            "shr.un" => left.IsNonNegative || (right.Constant & (left.Is32 ? 31 : 63)) > 0,
            _ => false,
        }));
        return true;
    }

    private bool Convert(IlInstruction instruction, Stack<StackValue> stack)
    {
        if (!instruction.Name.StartsWith("conv.", StringComparison.Ordinal))
            return false;
        StackValue value = Pop(stack);
        string target = instruction.Name.Replace("conv.ovf.", "", StringComparison.Ordinal).Replace("conv.", "", StringComparison.Ordinal);
        if (target is "i8" && value.IsTrap && value.Is32)
            Report(instruction, value, CheckCatalogue.UnsignedConversion, "a conversion to long");
        if (target is "r4" or "r8" && value.IsTrap)
            Report(instruction, value, CheckCatalogue.UnsignedConversion, "a conversion to floating point");
        stack.Push(target switch
        {
            _ when value.Type.Kind is IlKind.ByRef or IlKind.Pointer => value,
            "i1" or "i2" => new StackValue(IlType.Int),
            "u1" or "u2" or "u1.un" or "u2.un" => new StackValue(IlType.Int, IsNonNegative: true),
            "i4" or "i" => new StackValue(IlType.Int, value.Constant, value.IsNonNegative && value.Is32),
            "u4" or "u" => new StackValue(IlType.UnsignedInt, value.Constant, value.IsNonNegative && value.Is32),
            "i8" => new StackValue(IlType.Long, value.Constant, value.IsNonNegative),
            "u8" when value is { Is32: true, Constant: < 0 and var constant } => new StackValue(IlType.UnsignedLong, (uint)constant, true, (uint)constant),
            "u8" => new StackValue(IlType.UnsignedLong, value.Constant, value.IsNonNegative || value.Is32),
            "r4" => new StackValue(IlType.Float32),
            "r8" or "r.un" => new StackValue(IlType.Float64),
            _ => new StackValue(FromSuffix("." + target.Replace(".un", "", StringComparison.Ordinal))),
        });
        return true;
    }

    private bool Call(IlInstruction instruction, Stack<StackValue> stack)
    {
        if (instruction.Name == "ret")
        {
            if (method.Signature.ReturnType.Kind != IlKind.Void)
                Escapes(instruction, 0, Pop(stack), method.Signature.ReturnType, "the returned value");
            return true;
        }

        if (instruction.Name is not ("call" or "callvirt" or "newobj") || CallTarget.Of(assembly, instruction.Token) is not { } target)
            return false;
        for (int i = target.Signature.ParameterTypes.Length - 1; i >= 0; i--)
        {
            StackValue argument = Pop(stack);
            // Code of other assemblies is mostly native and reads what its declaration says.
            if (target.Local is not null)
                Escapes(instruction, i, argument, target.Signature.ParameterTypes[i], $"argument {Wording.Number(i + 1)} of {target.FullName}");
        }

        if (instruction.Name == "newobj")
        {
            stack.Push(new StackValue(target.Type));
            return true;
        }

        if (target.Signature.Header.IsInstance)
            Pop(stack);
        if (target.Signature.ReturnType.Kind != IlKind.Void)
            stack.Push(new StackValue(target.Signature.ReturnType.OnStack));
        return true;
    }

    // By the opcode's own table.
    private static void Other(IlInstruction instruction, Stack<StackValue> stack)
    {
        int pops = instruction.Code.StackBehaviourPop switch
        {
            StackBehaviour.Pop0 or StackBehaviour.Varpop => 0,
            StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
            StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
                or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref or StackBehaviour.Popref_popi_pop1 => 3,
            _ => 2,
        };
        for (int i = 0; i < pops; i++)
            Pop(stack);
        IlType? pushed = instruction.Code.StackBehaviourPush switch
        {
            StackBehaviour.Pushi => IlType.Int,
            StackBehaviour.Pushi8 => IlType.Long,
            StackBehaviour.Pushr4 => IlType.Float32,
            StackBehaviour.Pushr8 => IlType.Float64,
            StackBehaviour.Pushref => IlType.Object,
            StackBehaviour.Push1 => IlType.Unknown,
            _ => null,
        };
        if (pushed is not null)
            stack.Push(new StackValue(pushed));
    }

    private IlType Local(int index) => index < method.Locals.Length ? method.Locals[index] : IlType.Unknown;

    private static StackValue Reference(IlType type) => new(new IlType(IlKind.ByRef, "ref " + type.Name, type));

    private static IlType FromSuffix(string name) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "i1" or "u1" or "i2" or "u2" or "i4" or "i" => IlType.Int,
        "u4" or "u" => IlType.UnsignedInt,
        "i8" => IlType.Long,
        "u8" => IlType.UnsignedLong,
        "r4" => IlType.Float32,
        "r8" => IlType.Float64,
        "ref" => IlType.Object,
        _ => IlType.Unknown,
    };

    // Arguments and results keep the type of the value, whatever the signature says.
    private void Escapes(IlInstruction instruction, int index, StackValue value, IlType declared, string what)
    {
        if (value.Type.IsUnsigned && declared.OnStack.IsSignedWord)
            Findings[(instruction.Offset, index + 1)] = CheckCatalogue.UnsignedEscapes.At(method.Display, instruction.Offset, value.Type.Name, value.Signed, what);
    }

    private void Report(IlInstruction instruction, StackValue left, CheckRule rule, string operation) => Findings[(instruction.Offset, 0)] = left.Origin is { } origin
        ? CheckCatalogue.UnsignedConstant.At(method.Display, instruction.Offset, FormattableString.Invariant($"0x{origin:X8}"), operation)
        : rule.At(method.Display, instruction.Offset, left.Type.Name, left.Signed, operation);
}
