using System.Globalization;
using Spectre.Console;

namespace Bastide.Bench;

/// <summary>What a benchmark says: tables of figures, and whether each target was reached.</summary>
public sealed class Report
{
    const int LeastWidth = 120;

    /// <summary>Begins a report on the console; where that is a file or narrow, lines are as long as tables need them.</summary>
    public Report() => AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);

    /// <summary>Whether every target so far was reached.</summary>
    public bool AllReached { get; private set; } = true;

    public void Title(string title)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{title}[/]");
    }

    /// <summary>Prints a table; the first column names the row, the others are figures.</summary>
    public void Table(string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = AnsiConsole.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii };
        for (var i = 0; i < columns.Length; i++)
            table.AddColumn(new TableColumn(Markup.Escape(columns[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (var row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    /// <summary>States a figure against what was asked of it.</summary>
    public void Target(string what, double figure, string unit, bool atLeast, double asked)
    {
        var reached = atLeast ? figure >= asked : figure <= asked;
        AllReached &= reached;
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{what}: {Figure(figure)} {unit} (asked: {(atLeast ? "at least" : "at most")} {Figure(asked)}) {(reached ? "reached" : "NOT REACHED")}");
    }

    /// <summary>A figure as people read it.</summary>
    public static string Figure(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
