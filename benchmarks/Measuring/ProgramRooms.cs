using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>What an assembly is asked to leave to the program beside a model.</summary>
internal static class ProgramRooms
{
    /// <summary>Nothing is said: the planner leaves 8 KB unless that costs a quarter.</summary>
    public const string Unsaid = "";

    /// <summary>A small program.</summary>
    public const string Small = "4K";

    /// <summary>A model in a library of its own.</summary>
    public const string None = "0";

    /// <summary>The sentence that a page owes its reader.</summary>
    public static string Note { get; } =
        $"ProgramRoom is the IL that the program beside the model takes: {Small} is a small program, {None} a model in a library of its own; where it is not said the planner leaves 8 KB unless that costs a quarter.";

    /// <summary>What is measured of a model in each room: of the unsaid one alone where all are the same.</summary>
    /// <param name="measure">Measures it with a ProgramRoom.</param>
    public static IReadOnlyList<(string Room, T Measured)> Of<T>(Func<string, T> measure)
        where T : IEquatable<T>
    {
        (string Room, T Measured)[] all = [.. new[] { Unsaid, Small, None }.Select(room => (room, measure(room)))];
        return all.All(each => each.Measured.Equals(all[0].Measured)) ? [all[0]] : all;
    }

    /// <summary>A row's name with its room.</summary>
    public static string Name(string way, string room) => room == Unsaid ? way : $"{way}, ProgramRoom {room}";
}
