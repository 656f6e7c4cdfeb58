using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using AdapterCompiler.Budgets;
using AdapterCompiler.Hosting;
using Mono.Cecil.Cil;
using AssemblyDefinition = Mono.Cecil.AssemblyDefinition;
using FieldDefinition = Mono.Cecil.FieldDefinition;
using MethodDefinition = Mono.Cecil.MethodDefinition;
using TypeDefinition = Mono.Cecil.TypeDefinition;
using MethodCost = AdapterCompiler.Backends.NanoClr.MethodCost;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>What a compiled class really needs, read from its assembly.</summary>
internal static class MeasuredBudget
{
    /// <summary>Same figures as <see cref="AssemblyBudget"/>, except RAM, which only running shows.</summary>
    public static AssemblyBudget Of(GeneratedAssembly assembly, string className)
    {
        using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(new MemoryStream(assembly.Image));
        TypeDefinition type = definition.MainModule.Types.Single(each => each.Name == className);
        Dictionary<int, int> signatures = Signatures(assembly);
        FieldDefinition[] fields = [.. type.Fields.Where(field => !field.IsLiteral)];
        MethodCost[] methods = [.. type.Methods.Select(method => Cost(method, signatures[method.MetadataToken.ToInt32()]))];
        IEnumerable<string> strings = type.Methods.SelectMany(method => method.Body.Instructions).Where(i => i.OpCode.Code == Code.Ldstr).Select(i => (string)i.Operand)
            .Concat(methods.Select(method => method.Name)).Concat(fields.Select(field => field.Name)).Append(type.Name).Append(type.Namespace);
        return new AssemblyBudget(
            methods.ToValueArray(),
            definition.MainModule.GetTypes().SelectMany(each => each.Fields).Sum(field => field.InitialValue.Length),
            methods.Sum(method => method.SignatureBytes) + fields.Sum(field => signatures[field.MetadataToken.ToInt32()]),
            strings.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Sum(text => Encoding.UTF8.GetByteCount(text) + 1),
            fields.Length,
            RamBytes: 0);
    }

    private static MethodCost Cost(MethodDefinition method, int signature)
    {
        MethodBody body = method.Body;
        // A body in the tiny format does not say how much stack it needs: 8 at most.
        bool isTiny = body.CodeSize < 64 && !body.HasVariables && !body.HasExceptionHandlers && body.MaxStackSize == 8;
        return new MethodCost(
            method.Name, body.CodeSize, body.Instructions.Sum(OnDevice), method.Parameters.Count, body.Variables.Count, isTiny ? 0 : body.MaxStackSize,
            body.Instructions.SelectMany(Distances).DefaultIfEmpty(0).Max(), signature);
    }

    // The metadata processor shortens tokens, long branches and switch tables.
    private static int OnDevice(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineString or OperandType.InlineBrTarget =>
            instruction.OpCode.Size + 2,
        OperandType.InlineSwitch => 2 + (2 * ((Instruction[])instruction.Operand).Length),
        _ => instruction.GetSize(),
    };

    private static IEnumerable<int> Distances(Instruction instruction)
    {
        int end = instruction.Offset + instruction.GetSize();
        return instruction.Operand switch
        {
            Instruction target => [Math.Abs(target.Offset - end)],
            Instruction[] targets => targets.Select(target => Math.Abs(target.Offset - end)),
            _ => [],
        };
    }

    // Bytes of the blobs of every method (with its locals) and field, by token.
    private static Dictionary<int, int> Signatures(GeneratedAssembly assembly)
    {
        using var pe = new PEReader([.. assembly.Image]);
        MetadataReader metadata = pe.GetMetadataReader();
        var sizes = new Dictionary<int, int>();
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            System.Reflection.Metadata.MethodDefinition method = metadata.GetMethodDefinition(handle);
            StandaloneSignatureHandle locals = pe.GetMethodBody(method.RelativeVirtualAddress).LocalSignature;
            sizes[MetadataTokens(handle)] = metadata.GetBlobReader(method.Signature).Length
                + (locals.IsNil ? 0 : metadata.GetBlobReader(metadata.GetStandaloneSignature(locals).Signature).Length);
        }

        foreach (FieldDefinitionHandle handle in metadata.FieldDefinitions)
            sizes[MetadataTokens(handle)] = metadata.GetBlobReader(metadata.GetFieldDefinition(handle).Signature).Length;
        return sizes;
    }

    private static int MetadataTokens(EntityHandle handle) => System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle);
}
