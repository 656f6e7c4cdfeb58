using System;
using System.Globalization;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>A positive number as the model file wants it: digits and one point, no exponent.</summary>
internal static class DecimalText
{
    private const int SignificantDigits = 6, MostDecimals = 36;

    /// <summary>Six significant digits, for example <c>0.00123457</c>.</summary>
    public static string Of(double value)
    {
        int decimals = Math.Clamp(SignificantDigits - 1 - (int)Math.Floor(Math.Log10(value)), 1, MostDecimals);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
