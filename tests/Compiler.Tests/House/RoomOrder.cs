using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>The order of the rooms within those of the compiler's folders that have sub-folders: each of these is a room, and so is a file beside one.</summary>
internal static class RoomOrder
{
    private static readonly HashSet<string> Divided = [.. CompilerSources.All.Trees.Select(tree => tree.FilePath.Split('/')).Where(parts => parts.Length > 2).Select(parts => parts[0])];

    /// <summary>Rooms, each after those that it uses, by the references in IL.</summary>
    /// <param name="circles">Rooms that use each other.</param>
    public static IEnumerable<string> InIl(out IReadOnlyList<string> circles)
    {
        ILookup<string, string> uses = FolderArrows.BetweenTypes()
            .Select(arrow => (From: RoomOf(arrow.From), To: RoomOf(arrow.To)))
            .Where(arrow => arrow.From is not null && arrow.To is not null && arrow.From != arrow.To && arrow.From.Split('/')[0] == arrow.To.Split('/')[0] && Divided.Contains(arrow.From.Split('/')[0]))
            .Distinct()
            .ToLookup(arrow => arrow.From!, arrow => arrow.To!);
        var order = new List<string>();
        var open = new List<string>();
        var found = new List<string>();
        foreach (string room in uses.Select(each => each.Key).Order(StringComparer.Ordinal))
            Visit(room);
        circles = found;
        return order;

        void Visit(string room)
        {
            if (open.Contains(room))
                found.Add(string.Join(" -> ", open.SkipWhile(each => each != room).Append(room)));
            if (open.Contains(room) || order.Contains(room))
                return;
            open.Add(room);
            foreach (string used in uses[room].Order(StringComparer.Ordinal))
                Visit(used);
            open.RemoveAt(open.Count - 1);
            order.Add(room);
        }
    }

    /// <summary>Names in sources that go against an order.</summary>
    public static IEnumerable<string> Backwards(CompilerSources sources, string[] order) =>
        from use in sources.Uses((name, file) => CompilerSources.MayBeType(name) && CompilerSources.Types[name.Identifier.Text].Any(declared => IsBackwards(file, declared, order)))
        let declared = CompilerSources.FileOf(use.Symbol)
        where declared is not null && IsBackwards(use.File, declared, order)
        select $"{use.Place} uses {Room(declared)}";

    private static bool IsBackwards(string from, string to, string[] order) =>
        from.Split('/')[0] == to.Split('/')[0] && Array.IndexOf(order, Room(to)) > Array.IndexOf(order, Room(from));

    private static string Room(string file) => file.Count(c => c == '/') > 1 ? file[..file.LastIndexOf('/')] : file;

    // By the namespace, and of types beside sub-folders by the file that declares them.
    private static string? RoomOf((string Space, string Name) type)
    {
        string folder = type.Space[FolderArrows.Root.Length..].TrimStart('.').Replace('.', '/');
        return folder.Contains('/', StringComparison.Ordinal) ? folder : CompilerSources.Types[type.Name].FirstOrDefault(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.Count(c => c == '/') == 1);
    }
}
