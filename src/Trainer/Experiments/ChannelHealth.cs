using System.Collections.Generic;
using AdapterCompiler.Text;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>Do a model's channels say anything?</summary>
/// <param name="Dead">Shared and open adapter channels whose code never changes on training slices, <see cref="Training.DeadChannels"/>; 0 is right.</param>
/// <param name="Revived">Channels found dead in training and given a new start.</param>
/// <param name="Channels">Shared and open adapter channels.</param>
internal sealed record ChannelHealth(int Dead, int Revived, int Channels)
{
    /// <summary>What to do about dead channels, or nothing.</summary>
    public IReadOnlyList<string> Warnings => Dead == 0
        ? []
        : [$"{TextTable.Number(Dead)} of {TextTable.Number(Channels)} channels never change on training slices: they cost as much as the others and say nothing. Another --seed or a lower --learning-rate often helps."];

    /// <summary>For example <c>0 of 120 dead, 2 revived in training</c>.</summary>
    public string Text => $"{TextTable.Number(Dead)} of {TextTable.Number(Channels)} dead" + (Revived > 0 ? $", {TextTable.Number(Revived)} revived in training" : "");
}
