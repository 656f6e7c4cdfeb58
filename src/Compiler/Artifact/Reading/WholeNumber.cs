namespace AdapterCompiler.Artifact.Reading;

/// <summary>Canonical decimal integers: no plus sign, no leading zero, no culture.</summary>
internal static class WholeNumber
{
    private const int MostDigits = 18;

    /// <summary>What a stretch of text is.</summary>
    public enum Outcome
    {
        /// <summary>Not a canonical integer.</summary>
        NotANumber,

        /// <summary>An integer beyond 18 digits, which nothing in the format allows.</summary>
        Huge,

        /// <summary>An integer.</summary>
        Ok,
    }

    public static Outcome Parse(LineCursor text, Word word, out long value)
    {
        value = 0;
        int at = word.Start;
        int end = word.Start + word.Length;
        bool isNegative = at < end && text[at] == '-';
        if (isNegative)
            at++;
        int digits = end - at;
        if (digits == 0 || (text[at] == '0' && (digits > 1 || isNegative)))
            return Outcome.NotANumber;
        for (int index = at; index < end; index++)
        {
            char digit = text[index];
            if (digit is < '0' or > '9')
                return Outcome.NotANumber;
            if (index - at < MostDigits)
                value = (value * 10) + (digit - '0');
        }

        if (isNegative)
            value = -value;
        return digits > MostDigits ? Outcome.Huge : Outcome.Ok;
    }
}
