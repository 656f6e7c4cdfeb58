using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>How a tile gets the elements of its patch into variables.</summary>
/// <param name="layer">The layer.</param>
/// <param name="patch">Its elements.</param>
/// <param name="variables">Where they go.</param>
internal sealed class TileLoads(LaneLayer layer, LanePatch patch, PatchVariables variables)
{
    /// <summary>Loads of elements. Those that slide were loaded before; a pool's elements are loaded whole.</summary>
    /// <param name="elements">Of the patch.</param>
    /// <param name="slides">They move on by a place instead of being loaded anew.</param>
    /// <param name="turns">Variables that they take turns in, where they do not slide.</param>
    public IEnumerable<Statement> Of(int[] elements, bool slides, Expression[] turns)
    {
        if (!slides)
            variables.Hold(elements, turns);
        if (layer.IsWholeLine)
        {
            var loaded = new HashSet<int>();
            foreach (int element in patch.InOrderOfLoads(elements))
            {
                yield return new Assign(variables.Of(element), patch.LoadWhole(element, source => loaded.Contains(source) ? variables.Of(source) : null));
                loaded.Add(element);
            }

            yield break;
        }

        foreach (int element in elements.Where(element => !slides || !patch.IsKept(element)))
            yield return new Assign(variables.Of(element), patch.IsBefore(element) ? patch.LoadBefore(element) : patch.Load(element));
    }

    /// <summary>Loads at the beginning of a line of what slides along it.</summary>
    public IEnumerable<Statement> First(int[] elements) =>
        elements.Where(patch.IsKept).Select(element => new Assign(variables.Of(element), patch.LoadFirst(element)));

    /// <summary>Moves elements on by a place. What a neighbour does not hold because no sum reads it there is loaded straight to where it goes.</summary>
    public IEnumerable<Statement> Slide(int[] elements) => elements.Where(patch.IsKept).Select(element => new Assign(
        variables.Of(element), variables.Find(patch.Neighbour(element)) ?? patch.Load(patch.Neighbour(element))));
}
