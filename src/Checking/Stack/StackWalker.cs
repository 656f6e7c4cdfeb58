using System.Collections.Generic;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Stack;

/// <summary>
/// Follows the evaluation stack through a method, along every branch, with what the interpreter knows of each value: it keeps a type
/// beside the value and computes by the type of the left operand, not by the opcode.
/// </summary>
internal sealed class StackWalker
{
    private readonly MethodCode method;
    private readonly StackEffect effect;
    private readonly HashSet<int> targets;
    private readonly Dictionary<int, StackValue[]> entries = [];
    private readonly Queue<int> waiting = new();

    private StackWalker(CheckedAssembly assembly, MethodCode method, CallFollower follower, Arrival? arrival)
    {
        this.method = method;
        effect = new StackEffect(assembly, method, follower, arrival);
        targets = [.. method.Instructions.SelectMany(instruction => instruction.Targets)];
    }

    /// <summary>Deepest stack, and the findings about values in order of their offset.</summary>
    public static (int Depth, IReadOnlyList<Finding> Findings) Walk(CheckedAssembly assembly, MethodCode method, CallFollower follower)
    {
        var walker = new StackWalker(assembly, method, follower, null);
        walker.Run();
        return (walker.effect.Depth, [.. walker.effect.Findings.Values.Concat(new[] { walker.effect.Quotient }.OfType<Finding>()).OrderBy(finding => finding.Offset)]);
    }

    /// <summary>What the method does with a value that arrives, and what it returns.</summary>
    public static Followed Follow(CheckedAssembly assembly, MethodCode method, CallFollower follower, Arrival? arrival)
    {
        var walker = new StackWalker(assembly, method, follower, arrival);
        walker.Run();
        return new Followed(walker.effect.Matters, walker.effect.Returned);
    }

    private void Run()
    {
        Enter(0, []);
        foreach (ExceptionRegion handler in method.Handlers)
        {
            bool hasException = handler.Kind is ExceptionRegionKind.Catch or ExceptionRegionKind.Filter;
            StackValue[] stack = hasException ? [new StackValue(IlType.Object)] : [];
            targets.Add(handler.HandlerOffset);
            Enter(handler.HandlerOffset, stack);
            if (handler.Kind != ExceptionRegionKind.Filter)
                continue;
            targets.Add(handler.FilterOffset);
            Enter(handler.FilterOffset, stack);
        }

        while (waiting.TryDequeue(out int offset))
            WalkFrom(offset);
    }

    private void WalkFrom(int offset)
    {
        if (!method.IndexOf.TryGetValue(offset, out int start))
            return;
        var stack = new Stack<StackValue>(entries[offset]);
        for (int index = start; index < method.Instructions.Length; index++)
        {
            IlInstruction instruction = method.Instructions[index];
            if (index > start && targets.Contains(instruction.Offset))
            {
                Enter(instruction.Offset, Snapshot(stack));
                return;
            }

            effect.Apply(instruction, stack);
            foreach (int target in instruction.Targets.Distinct())
                Enter(target, instruction.Family == "leave" ? [] : Snapshot(stack));
            if (instruction.Code.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw || instruction.Name is "calli" or "jmp")
                return;
        }
    }

    // A place is walked again only when something new arrives there; every value can change a few times only.
    private void Enter(int offset, StackValue[] stack)
    {
        if (!entries.TryGetValue(offset, out StackValue[]? known))
            entries[offset] = stack;
        else if (known.Length != stack.Length)
            return;
        else if (known.Zip(stack, StackValue.Merge).ToArray() is var merged && !merged.SequenceEqual(known))
            entries[offset] = merged;
        else
            return;
        waiting.Enqueue(offset);
    }

    // Bottom first, as the constructor of Stack takes it.
    private static StackValue[] Snapshot(Stack<StackValue> stack) => [.. stack.Reverse()];
}
