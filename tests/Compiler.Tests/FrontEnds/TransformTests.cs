using System;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.FrontEnds.Transform;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>The modules and their nesting against the definition of the Fourier transform.</summary>
public sealed class TransformTests
{
    private const long Fine = 1L << 40;

    [Theory]
    [InlineData(3, 4, 3)]
    [InlineData(5, 13, 6)]
    [InlineData(16, 60, 18)]
    public void A_module_is_the_transform_and_has_the_additions_and_products_of_the_literature(int points, int additions, int products)
    {
        LinearProgram program = Alone(Module(points));
        Assert.Equal(additions, program.Count(LinearOperation.Sum) + program.Count(LinearOperation.Difference));
        Assert.Equal(products, program.Count(LinearOperation.Product));
        for (int n = 0; n < points; n++)
        {
            double[] parts = Evaluate(program, n);
            for (int k = 0; k < points; k++)
            {
                // Half-complex order: real parts up, imaginary parts down.
                double exact = 2 * k <= points ? Math.Cos(2 * Math.PI * n * k / points) : Math.Sin(2 * Math.PI * n * (points - k) / points);
                Assert.Equal(exact, parts[k], 1e-11);
            }
        }
    }

    [Fact]
    public void The_nested_transform_is_the_transform()
    {
        LinearProgram program = RealTransform.Create(Enumerable.Range(1, 119).ToValueArray(), Fine);
        for (int n = 0; n < RealTransform.Points; n++)
        {
            double[] parts = Evaluate(program, n);
            for (int bin = 1; bin <= 119; bin++)
            {
                double angle = 2 * Math.PI * (n * bin % RealTransform.Points) / RealTransform.Points;
                Assert.Equal(Math.Cos(angle), parts[2 * (bin - 1)], 1e-10);
                Assert.Equal(Math.Abs(Math.Sin(angle)), Math.Abs(parts[(2 * (bin - 1)) + 1]), 1e-10);
            }
        }
    }

    [Fact]
    public void Each_imaginary_part_has_one_sign_for_all_inputs()
    {
        LinearProgram program = RealTransform.Create(Enumerable.Range(1, 119).ToValueArray(), Fine);
        double[][] parts = [.. Enumerable.Range(0, RealTransform.Points).Select(n => Evaluate(program, n))];
        for (int bin = 1; bin <= 119; bin++)
        {
            int output = (2 * (bin - 1)) + 1;
            double[] ratios = [.. Enumerable.Range(0, RealTransform.Points)
                .Where(n => Math.Abs(Math.Sin(2 * Math.PI * n * bin / RealTransform.Points)) > 0.01)
                .Select(n => parts[n][output] / Math.Sin(2 * Math.PI * n * bin / RealTransform.Points))];
            Assert.All(ratios, ratio => Assert.Equal(ratios[0], ratio, 1e-6));
        }
    }

    [Fact]
    public void The_nested_transform_has_one_layer_of_324_products_and_few_additions()
    {
        LinearProgram program = RealTransform.Create(Enumerable.Range(1, 116).ToValueArray(), IntegerMel.TransformScale);
        Assert.Equal(324, program.Count(LinearOperation.Product));
        Assert.InRange(program.Count(LinearOperation.Sum) + program.Count(LinearOperation.Difference), 2000, 2250);
        bool[] isBehindProduct = new bool[program.Steps.Count];
        for (int i = 0; i < program.Steps.Count; i++)
        {
            LinearStep step = program.Steps[i];
            bool isAddition = step.Operation is LinearOperation.Sum or LinearOperation.Difference;
            Assert.False(step.Operation == LinearOperation.Product && isBehindProduct[step.Left]);
            isBehindProduct[i] = step.Operation == LinearOperation.Product || (isAddition && (isBehindProduct[step.Left] || isBehindProduct[step.Right]));
        }
    }

    [Fact]
    public void Rounded_constants_miss_the_exact_matrix_by_little_and_a_constant_input_by_nothing()
    {
        LinearProgram program = RealTransform.Create(Enumerable.Range(1, 116).ToValueArray(), IntegerMel.TransformScale);
        int[] parts = new int[232], sums = new int[232];
        double squares = 0;
        for (int n = 0; n < RealTransform.Points; n++)
        {
            int[] impulse = new int[RealTransform.Points];
            impulse[n] = 1;
            program.Run(impulse, parts);
            for (int bin = 1; bin <= 116; bin++)
            {
                double angle = 2 * Math.PI * (n * bin % RealTransform.Points) / RealTransform.Points;
                double real = parts[2 * (bin - 1)] - (IntegerMel.TransformScale * Math.Cos(angle));
                double imaginary = Math.Abs(parts[(2 * (bin - 1)) + 1]) - (IntegerMel.TransformScale * Math.Abs(Math.Sin(angle)));
                squares += (real * real) + (imaginary * imaginary);
            }

            for (int i = 0; i < sums.Length; i++)
                sums[i] += parts[i];
        }

        Assert.InRange(Math.Sqrt(squares / (RealTransform.Points * 232)), 0.1, 0.8);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    [Fact]
    public void Cosines_are_those_of_the_library()
    {
        for (int part = 0; part < 400; part++)
        {
            Assert.Equal(Math.Cos(2 * Math.PI * part / 400), Circle.Round(Circle.Cosine(part, 400), Fine) / (double)Fine, 1e-11);
            Assert.Equal(Math.Sin(2 * Math.PI * part / 400), Circle.Round(Circle.Sine(part, 400), Fine) / (double)Fine, 1e-11);
        }
    }

    private static TransformModule Module(int points) => points switch
    {
        3 => new ThreePoints(),
        5 => new FivePoints(),
        _ => new SixteenPoints(),
    };

    private static LinearProgram Alone(TransformModule module)
    {
        var builder = new LinearBuilder();
        int[] before = module.Before(builder, [.. Enumerable.Range(0, module.Points).Select(builder.Input)]);
        int[] products = [.. before.Select((step, i) => builder.Product(step, Circle.Round(module.Constants[i], Fine)))];
        return builder.Program(module.Points, module.After(builder, products));
    }

    // The outputs of one impulse, in doubles.
    private static double[] Evaluate(LinearProgram program, int impulse)
    {
        var values = new double[program.Steps.Count];
        for (int i = 0; i < values.Length; i++)
        {
            LinearStep step = program.Steps[i];
            values[i] = step.Operation switch
            {
                LinearOperation.Input => step.Left == impulse ? 1 : 0,
                LinearOperation.Sum => values[step.Left] + values[step.Right],
                LinearOperation.Difference => values[step.Left] - values[step.Right],
                _ => values[step.Left] * step.Constant / (double)Fine,
            };
        }

        return [.. program.Outputs.Select(output => values[output])];
    }
}
