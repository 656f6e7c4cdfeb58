using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>The terminal: a label and a text a line, progress bars where there is someone to watch them, a plain line every few seconds in a log.</summary>
/// <param name="output">Standard output.</param>
/// <param name="errors">Standard error.</param>
/// <param name="logInterval">From one line of progress to the next where output is redirected; five seconds unless a test says otherwise.</param>
internal sealed class RunConsole(IAnsiConsole output, IAnsiConsole errors, TimeSpan? logInterval = null)
{
    private const int LabelWidth = 12;

    private static readonly TimeSpan FewSeconds = TimeSpan.FromSeconds(5);

    /// <summary>Weight of the newest batch in the accuracies shown: one batch alone jumps about.</summary>
    private const double Newest = 0.2;

    /// <summary>Standard output and error.</summary>
    public static RunConsole Standard() =>
        new(AnsiConsole.Console, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    private TimeSpan LogInterval => logInterval ?? FewSeconds;

    private bool Watched => output.Profile.Capabilities.Interactive && output.Profile.Out.IsTerminal;

    /// <summary>One line: label, text.</summary>
    public void Line(string label, string text) => Raw(label.Length == 0 ? text : label.PadRight(LabelWidth - 1) + " " + text);

    /// <summary>A line as it is.</summary>
    public void Raw(string text) => output.Profile.Out.Writer.WriteLine(text);

    /// <summary>An empty line.</summary>
    public void Blank() => Raw("");

    /// <summary>A line as it is, on standard error.</summary>
    public void Plain(string text) => errors.Profile.Out.Writer.WriteLine(text);

    /// <summary>A mistake of the user's, on standard error.</summary>
    public void Error(string text) => Plain("error: " + text);

    /// <summary>Runs training under a bar.</summary>
    /// <param name="title">Label.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="train">The work; it calls its argument after every step.</param>
    public void Training(string title, int steps, Action<Action<TrainingStatus>> train)
    {
        double[]? accuracy = null;
        string Text(TrainingStatus status)
        {
            accuracy = accuracy is null
                ? [.. status.Report.Accuracy]
                : [.. accuracy.Zip(status.Report.Accuracy, (old, now) => old + (Newest * (now - old)))];
            return status.Text(accuracy);
        }

        if (!Watched)
        {
            var log = new Pace(LogInterval);
            train(status =>
            {
                string text = Text(status);
                if (log.IsDue() || status.Finished || status.Report.Step == 1)
                    Line(title, string.Create(CultureInfo.InvariantCulture, $"{status.Report.Step}/{steps} steps  {text}"));
            });
            return;
        }

        var beside = new StatusColumn();
        Bar(title, steps, beside, task => train(status =>
        {
            beside.Status = string.Create(CultureInfo.InvariantCulture, $"{status.Report.Step}/{steps} steps  {Text(status)}");
            task.Value = status.Report.Step;
        }));
    }

    /// <summary>Runs other work that counts something, under a bar that goes away.</summary>
    public T Working<T>(string title, string unit, Func<Action<int, int>?, T> work)
    {
        if (!Watched)
        {
            var log = new Pace(LogInterval);
            return work((done, total) =>
            {
                if (log.IsDue())
                    Line(title, string.Create(CultureInfo.InvariantCulture, $"{done}/{total} {unit}"));
            });
        }

        T result = default!;
        var beside = new StatusColumn();
        Bar(title, 1, beside, task => result = work((done, total) =>
        {
            beside.Status = string.Create(CultureInfo.InvariantCulture, $"{done}/{total} {unit}");
            task.MaxValue = total;
            task.Value = done;
        }), clear: true);
        return result;
    }

    private void Bar(string title, int steps, StatusColumn beside, Action<ProgressTask> work, bool clear = false) => output.Progress()
        .AutoClear(clear)
        .HideCompleted(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), beside)
        .Start(context => work(context.AddTask(Markup.Escape(title.PadRight(LabelWidth - 1)), maxValue: steps)));

    /// <summary>Says when the next line is due; from any thread.</summary>
    private sealed class Pace(TimeSpan interval)
    {
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private readonly Lock oneAtATime = new();
        private TimeSpan last;

        public bool IsDue()
        {
            lock (oneAtATime)
            {
                if (clock.Elapsed - last < interval)
                    return false;
                last = clock.Elapsed;
                return true;
            }
        }
    }

    /// <summary>The text right of the bar; the bar's own thread draws it.</summary>
    private sealed class StatusColumn : ProgressColumn
    {
        private volatile string status = "";

        public string Status
        {
            set => status = value;
        }

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Paragraph(status).Overflow(Overflow.Ellipsis);
    }
}
