namespace AdapterCompiler.Artifact.Reading;

/// <summary>Whole numbers in one word, separated by commas.</summary>
internal static class NumberList
{
    /// <summary>How many there are; 0 at the end of a line.</summary>
    public static int Count(LineCursor cursor, Word list)
    {
        int count = list.Length == 0 ? 0 : 1;
        for (int at = list.Start; at < list.Start + list.Length; at++)
        {
            if (cursor[at] == ',')
                count++;
        }

        return count;
    }

    /// <summary>Reads them into the array's first places; false after a report.</summary>
    /// <param name="fields">The text.</param>
    /// <param name="list">The word.</param>
    /// <param name="what">For messages.</param>
    /// <param name="least">Allowed at least.</param>
    /// <param name="most">Allowed at most.</param>
    /// <param name="numbers">Room for all of them.</param>
    public static bool Read(FieldReader fields, Word list, string what, int least, int most, int[] numbers)
    {
        LineCursor cursor = fields.Cursor;
        int end = list.Start + list.Length, start = list.Start;
        for (int index = 0; start <= end && list.Length > 0; index++)
        {
            int comma = start;
            while (comma < end && cursor[comma] != ',')
                comma++;
            if (!fields.Number(new Word(start, comma - start), what, least, most, out numbers[index]))
                return false;
            start = comma + 1;
        }

        return true;
    }
}
