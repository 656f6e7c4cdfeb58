using System.Text;

namespace AdapterCompiler.Artifact;

/// <summary>Names in the model file, and what they become in C#.</summary>
public static class ArtifactNames
{
    /// <summary>A lower-case letter, then lower-case letters, digits and hyphens, at most 64 characters.</summary>
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > ArtifactLimits.NameLength || text[0] is < 'a' or > 'z')
            return false;
        foreach (char character in text)
        {
            if (character is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-'))
                return false;
        }

        return true;
    }

    /// <summary>"music-speech" to "MusicSpeech": each part capitalised, hyphens gone.</summary>
    /// <param name="name">A valid name.</param>
    public static string ToIdentifier(string name)
    {
        var identifier = new StringBuilder(name.Length);
        bool startsPart = true;
        foreach (char character in name)
        {
            if (character != '-')
                identifier.Append(startsPart ? char.ToUpperInvariant(character) : character);
            startsPart = character == '-';
        }

        return identifier.ToString();
    }
}
