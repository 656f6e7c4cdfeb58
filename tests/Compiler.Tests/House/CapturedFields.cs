using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>Variables that a lambda has captured, and whether one sets them.</summary>
internal static class CapturedFields
{
    /// <summary>A lambda of the class stores into it, or hands out its address.</summary>
    /// <param name="field">Of a class that the C# compiler made for captured variables.</param>
    public static bool IsSet(FieldInfo field)
    {
        using var module = ModuleDefinition.ReadModule(field.Module.Assembly.Location);
        TypeDefinition type = module.GetTypes().Single(each => each.MetadataToken.ToInt32() == field.DeclaringType!.MetadataToken);
        IEnumerable<Instruction> instructions = type.Methods.Where(method => method.HasBody && !method.IsConstructor).SelectMany(method => method.Body.Instructions);
        return instructions.Any(each => each.OpCode.Code is Code.Stfld or Code.Ldflda && each.Operand is FieldReference used && used.Name == field.Name);
    }
}
