using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Checking.Sizes;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Checking.Stack;

/// <summary>What one instruction does to the evaluation stack, and what is to say about it.</summary>
/// <param name="assembly">The method's.</param>
/// <param name="method">The method.</param>
/// <param name="follower">For calls.</param>
/// <param name="arrival">What arrives unsigned as one of its arguments, or null.</param>
internal sealed class StackEffect(CheckedAssembly assembly, MethodCode method, CallFollower follower, Arrival? arrival)
{
    private static readonly string[] Comparisons = ["ceq", "cgt", "clt", "beq", "bne", "bge", "bgt", "ble", "blt"];

    private readonly TextEffect texts = new(method);
    private readonly QuotientEffect quotients = new(method);
    private IlType? constrained;

    /// <summary>Deepest stack seen.</summary>
    public int Depth { get; private set; }

    /// <summary>One finding per instruction and value, however often it is walked.</summary>
    public Dictionary<(int Offset, int Value), Finding> Findings { get; } = [];

    /// <summary>A quotient that is tested for what the device never gives.</summary>
    public Finding? Quotient => quotients.Tested;

    /// <summary>The arrival's sign is lost on the device.</summary>
    public bool Matters { get; private set; }

    /// <summary>The unsigned value that the method returns as a signed one, or null.</summary>
    public StackValue? Returned { get; private set; }

    public void Apply(IlInstruction instruction, Stack<StackValue> stack)
    {
        if (IsComparison(instruction) && stack.Take(2).Any(operand => operand.IsInfinite))
            quotients.Compare();
        if (Load(instruction) is { } loaded)
            stack.Push(loaded);
        else if (!Memory(instruction, stack) && !Arithmetic(instruction, stack) && !Convert(instruction, stack) && !Call(instruction, stack))
            Other(instruction, stack);
        constrained = instruction.Name == "constrained." ? assembly.Types.Of(assembly.Metadata, instruction.Token) : null;
        Depth = Math.Max(Depth, stack.Count);
    }

    private static bool IsComparison(IlInstruction instruction) =>
        Comparisons.Contains(instruction.Family.Replace(".un", "", StringComparison.Ordinal), StringComparer.Ordinal);

    private static StackValue Pop(Stack<StackValue> stack) => stack.TryPop(out StackValue value) ? value : new StackValue(IlType.Unknown);

    private StackValue? Load(IlInstruction instruction) => instruction.Family switch
    {
        "ldloc" => new StackValue(Local(instruction.Variable).OnStack),
        "ldarg" when instruction.Variable == arrival?.Argument => arrival.Value,
        "ldarg" => new StackValue(method.Argument(instruction.Variable).OnStack),
        "ldloca" => Reference(Local(instruction.Variable)),
        "ldarga" => Reference(method.Argument(instruction.Variable)),
        "ldsfld" => new StackValue(CallTarget.FieldType(assembly, instruction.Token).OnStack),
        "ldsflda" => Reference(CallTarget.FieldType(assembly, instruction.Token)),
        "ldstr" => new StackValue(IlType.Text) { Literal = StringTable.Literal(assembly, instruction) },
        "ldc.r4" => Floating(IlType.Float32, BitConverter.Int32BitsToSingle((int)instruction.Operand)),
        "ldc.r8" => Floating(IlType.Float64, BitConverter.Int64BitsToDouble(instruction.Operand)),
        _ when instruction.Constant is { } constant => instruction.Name == "ldc.i8" ? new StackValue(IlType.Long, constant, StackValue.Clear(constant, 64)) : new StackValue(IlType.Int, constant, StackValue.Clear(constant, 32)),
        _ => null,
    };

    // -0.0 divides as badly.
    private static StackValue Floating(IlType type, double value) => new(type, value == 0 ? 0 : null) { IsInfinite = double.IsInfinity(value) };

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
                stack.Push(new StackValue(IlType.Int, ClearBits: 1));
                return true;
            case "box":
                Pop(stack);
                stack.Push(new StackValue(IlType.Object) { Boxed = assembly.Types.Of(assembly.Metadata, instruction.Token) });
                return true;
            case "stelem.ref":
                StackValue stored = Pop(stack), index = Pop(stack);
                Pop(stack);
                texts.Store(index.Constant, stored.Boxed);
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
        // Only a constant that was loaded as floating point is known to be 0.
        if (name == "div" && left.Type.IsFloat && quotients.Divide(instruction, right) is { } division)
            Findings[(instruction.Offset, 0)] = division;
        stack.Push(left.Result(ClearBits(name, left, right)));
        return true;
    }

    // Upper bits that stay 0. Signed operations keep them where the values are known to have no sign.
    private static int ClearBits(string name, StackValue left, StackValue right)
    {
        int width = left.Width, a = left.ClearBits, b = right.ClearBits, shift = (int)(right.Constant ?? 0) & (width - 1);
        long divisor = right.Constant ?? 0;
        return name switch
        {
            "and" => Math.Max(a, b),
            "or" or "xor" => Math.Min(a, b),
            "add" => Math.Min(a, b) - 1,
            "mul" => a + b - width,
            "div" when a > 0 && b > 0 => a + (divisor > 0 ? StackValue.Length(divisor) - 1 : 0),
            "div.un" => a + (divisor > 0 ? StackValue.Length(divisor) - 1 : 0),
            "rem" when a > 0 => divisor > 0 ? Math.Max(a, StackValue.Clear(divisor - 1, width)) : a,
            "rem.un" => divisor > 0 ? Math.Max(a, StackValue.Clear(divisor - 1, width)) : a,
            "shr" when a > 0 => a + shift,
            "shr.un" => a + shift,
            "shl" when right.Constant is not null => a - shift,
            _ => 0,
        };
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
        // Of an int in a long and of a long in an int.
        int wide = value.ClearBits + 64 - value.Width, narrow = Math.Max(0, value.ClearBits + 32 - value.Width);
        stack.Push(target switch
        {
            _ when value.Type.Kind is IlKind.ByRef or IlKind.Pointer => value,
            "i1" or "i2" => new StackValue(IlType.Int),
            "u1" or "u1.un" => new StackValue(IlType.Int, ClearBits: 24),
            "u2" or "u2.un" => new StackValue(IlType.Int, ClearBits: 16),
            "i4" or "i" => new StackValue(IlType.Int, value.Constant, narrow),
            "u4" or "u" => new StackValue(IlType.UnsignedInt, value.Constant, narrow),
            "i8" => new StackValue(IlType.Long, value.Constant, value.IsNonNegative ? wide : 0),
            "u8" when value is { Is32: true, Constant: < 0 and var constant } => new StackValue(IlType.UnsignedLong, (uint)constant, 32, (uint)constant),
            "u8" => new StackValue(IlType.UnsignedLong, value.Constant, wide),
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
                Return(instruction, Pop(stack));
            return true;
        }

        if (instruction.Name is not ("call" or "callvirt" or "newobj") || CallTarget.Of(assembly, instruction.Token) is not { } target)
            return false;
        var arguments = new StackValue[target.Signature.ParameterTypes.Length];
        for (int i = arguments.Length - 1; i >= 0; i--)
            arguments[i] = Pop(stack);
        StackValue? receiver = target.Signature.Header.IsInstance && instruction.Name != "newobj" ? Pop(stack) : null;
        // Code of other assemblies is mostly native and reads what its declaration says.
        StackValue? unsigned = target.Local is { } local ? Pass(instruction, target, local, arguments) : null;
        if (target.Local is null)
        {
            quotients.Call(target);
            foreach ((int value, Finding finding) in texts.Call(instruction, target, constrained ?? receiver?.Boxed, arguments))
                Findings[(instruction.Offset, value)] = finding;
        }

        if (instruction.Name == "newobj")
            stack.Push(new StackValue(target.Type));
        else if (target.Signature.ReturnType.Kind != IlKind.Void)
            stack.Push(unsigned ?? new StackValue(target.Signature.ReturnType.OnStack));
        return true;
    }

    // Unsigned arguments go to wherever the call leads; what comes back unsigned is returned.
    private StackValue? Pass(IlInstruction instruction, CallTarget target, MethodDefinitionHandle local, StackValue[] arguments)
    {
        StackValue? unsigned = target.Signature.ReturnType.OnStack.IsSignedWord ? follower.Returned(local) : null;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].Type.IsUnsigned || !target.Signature.ParameterTypes[i].OnStack.IsSignedWord)
                continue;
            Followed followed = follower.Call(local, i + (target.Signature.Header.IsInstance ? 1 : 0), arguments[i]);
            if (followed.Matters)
                Escapes(instruction, i, arguments[i], $"argument {Wording.Number(i + 1)} of {target.FullName}");
            unsigned ??= followed.Returned is { } returned ? returned with { IsFollowed = arguments[i].IsFollowed } : null;
        }

        return unsigned;
    }

    // Callers of this assembly are followed; of others nothing is known.
    private void Return(IlInstruction instruction, StackValue value)
    {
        if (!value.Type.IsUnsigned || !method.Signature.ReturnType.OnStack.IsSignedWord)
            return;
        Returned = Returned is { } earlier ? StackValue.Merge(earlier, value) : value;
        if (value is { IsTrap: true, IsFollowed: false } && method.IsVisible)
            Escapes(instruction, 0, value, "the returned value");
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

    private void Escapes(IlInstruction instruction, int index, StackValue value, string what)
    {
        if (value.IsFollowed)
            Matters = true;
        else
            Findings[(instruction.Offset, index + 1)] = CheckCatalogue.UnsignedEscapes.At(method.Display, instruction.Offset, value.Type.Name, value.Signed, what);
    }

    private void Report(IlInstruction instruction, StackValue left, CheckRule rule, string operation)
    {
        if (left.IsFollowed)
            Matters = true;
        else
            Findings[(instruction.Offset, 0)] = left.Origin is { } origin
                ? CheckCatalogue.UnsignedConstant.At(method.Display, instruction.Offset, FormattableString.Invariant($"0x{origin:X8}"), operation)
                : rule.At(method.Display, instruction.Offset, left.Type.Name, left.Signed, operation);
    }
}
