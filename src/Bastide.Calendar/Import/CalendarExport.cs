using System.Globalization;
using System.Runtime.CompilerServices;
using Bastide.Abstractions.Export;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Import;

/// <summary>Writes the calendars of an account, each as one file of iCalendar with everything it holds.</summary>
sealed class CalendarExport(Database database) : IAccountExport
{
    const int PageSize = 200;
    const int LongestName = 40;

    public string What => "calendar objects";

    public async IAsyncEnumerable<long> Export(AccountId account, string directory, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = 0L;
        var folder = Directory.CreateDirectory(Path.Combine(directory, "calendars")).FullName;
        foreach (var calendar in await database.Read(scope => CalendarTable.All(scope, account), cancellation))
        {
            await using var file = File.Create(Path.Combine(folder, FileNameOf(calendar)));
            count += await Write(account, calendar, file, cancellation);
            yield return count;
        }
    }

    // A calendar may have a name that no file can have, or one that another has too once it is made to fit.
    static string FileNameOf(CalendarRow calendar)
    {
        var fitting = string.Concat(calendar.Resource.Take(LongestName).Select(c => char.IsLetterOrDigit(c) ? c : '-'));
        return string.Create(CultureInfo.InvariantCulture, $"{fitting}-{calendar.Id}.ics");
    }

    async ValueTask<long> Write(AccountId account, CalendarRow calendar, Stream file, CancellationToken cancellation)
    {
        var head = new ICalComponent("VCALENDAR", [new ICalProperty("VERSION", "2.0"), new ICalProperty("PRODID", CalendarObjects.Product), new ICalProperty("NAME", ICalText.Escape(calendar.Name)), new ICalProperty("X-WR-CALNAME", ICalText.Escape(calendar.Name))]);
        if (calendar.Color is { } color) head.Add(new ICalProperty("COLOR", ICalText.Escape(color)));
        if (calendar.Description is { } description) head.Add(new ICalProperty("DESCRIPTION", ICalText.Escape(description)));
        var written = ICalWriter.WriteText(head);
        var end = written.LastIndexOf("END:", StringComparison.Ordinal);
        await using var writer = new StreamWriter(file, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteAsync(written.AsMemory(0, end), cancellation);
        var zones = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var count = 0L;
        for (var after = 0L; ;)
        {
            var (rows, texts) = await database.Snapshot(async scope =>
            {
                var rows = await ObjectTable.Members(scope, calendar.Id, after, PageSize);
                return (rows, await ObjectTable.Texts(scope, [.. rows.Select(row => row.Id)]));
            }, cancellation);
            foreach (var row in rows)
            {
                var read = ICalReader.ReadCalendar(texts[row.Id], ICalLimits.Object);
                foreach (var component in read.Components)
                    if (!component.Is("VTIMEZONE") || zones.Add(component.Text("TZID") ?? ""))
                        await writer.WriteAsync(ICalWriter.WriteText(component).AsMemory(), cancellation);
                count++;
            }

            if (rows.Count < PageSize) break;
            after = rows[^1].Id;
        }

        await writer.WriteAsync(written.AsMemory(end), cancellation);
        return count;
    }
}
