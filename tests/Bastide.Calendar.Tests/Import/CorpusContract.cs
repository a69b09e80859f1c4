using System.Text.Json.Nodes;
using Bastide.Abstractions.Export;
using Bastide.Calendar.Import;
using Bastide.Platform.Changes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Tests.Import;

/// <summary>
/// Files of other programs, kept as resources in <c>Corpus/</c>; <c>BASTIDE_TEST_CORPUS</c> names a directory of more. Each is
/// imported or refused with the line, exported, imported again elsewhere, and means the same.
/// </summary>
public abstract class CorpusContract(DatabaseFixture fixture)
{
    const int MostOccurrences = 300;
    const string Folder = ".Corpus.";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_file_is_imported_or_refused_with_the_line_and_means_the_same_after_it_was_exported()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var faults = new List<string>();
        foreach (var (name, octets) in Files())
        {
            try
            {
                await Check(workplace, octets);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                faults.Add($"{name}: {exception.Message}");
            }
        }

        faults.ShouldBeEmpty();
    }

    static async Task Check(CalendarWorkplace workplace, byte[] octets)
    {
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var imported = await workplace.Get<CalendarImport>().Add(alice.Account, await workplace.First(alice), octets, Cancellation);
        foreach (var error in imported.Errors) error.ShouldMatch("^Line [0-9]+: .+");
        imported.Errors.Count.ShouldBe(imported.Refused);
        var objects = await Objects(workplace, alice);
        objects.Count.ShouldBe(imported.Added);
        CheckAgainst(octets, objects);

        // Again: nothing comes twice.
        var again = await workplace.Get<CalendarImport>().Add(alice.Account, await workplace.First(alice), octets, Cancellation);
        (again.Added, again.Updated).ShouldBe((0, 0));

        using var directory = new TempDirectory();
        var written = 0L;
        await foreach (var count in workplace.Get<IEnumerable<IAccountExport>>().Single(export => export.What == "calendar objects").Export(alice.Account, directory.Path, Cancellation)) written = count;
        written.ShouldBe(objects.Count);
        var exported = await File.ReadAllBytesAsync(Directory.GetFiles(Path.Combine(directory.Path, "calendars")).Single(), Cancellation);
        var back = await workplace.Get<CalendarImport>().Add(bob.Account, await workplace.First(bob), exported, Cancellation);
        (back.Added, back.Refused).ShouldBe((objects.Count, 0), string.Join('\n', back.Errors));
        foreach (var (uid, calendar) in await Objects(workplace, bob))
        {
            Lines(calendar).ShouldBe(Lines(objects[uid]), ignoreOrder: true);
            Times(calendar).ShouldBe(Times(objects[uid]));
            if (calendar.Kind == "VEVENT") CheckJSCalendar(calendar);
        }
    }

    /// <summary>Every line that the file says of what was imported is kept.</summary>
    static void CheckAgainst(byte[] octets, Dictionary<string, CalendarObject> objects)
    {
        if (objects.Count == 0) return;
        var kept = objects.Values.SelectMany(Lines).ToHashSet();
        foreach (var calendar in ICalReader.ReadFile(octets, ICalLimits.Calendar))
            foreach (var component in calendar.Components.Where(component => component.Text("UID") is { } uid && objects.TryGetValue(uid, out var known) && component.Is(known.Kind)))
                foreach (var property in component.Properties.Where(property => !IsRepeated(calendar, component)))
                    kept.ShouldContain($"{component.Name.ToUpperInvariant()} {property.Written}");
    }

    // Of two that say to be the same, one is kept.
    static bool IsRepeated(ICalComponent calendar, ICalComponent component) =>
        calendar.Components.Count(other => other.Text("UID") == component.Text("UID") && other.Property("RECURRENCE-ID")?.Value == component.Property("RECURRENCE-ID")?.Value) > 1;

    /// <summary>What JSCalendar tells of it makes an object that it tells the same of.</summary>
    static void CheckJSCalendar(CalendarObject calendar)
    {
        var told = EventSeries.Read(calendar, Cancellation)[0];
        var made = CalendarObject.Of(EventSeriesWriter.Create(told, "-//Test//Test//EN", Instant.FromUtc(2026, 3, 2, 9, 0), Cancellation));
        var again = EventSeries.Read(made, Cancellation)[0];
        // When it was changed is said where nothing was.
        if (told["updated"] is null) again.Remove("updated");
        JsonNode.DeepEquals(told, again).ShouldBeTrue($"{told}\nis not\n{again}");
    }

    static async Task<Dictionary<string, CalendarObject>> Objects(CalendarWorkplace workplace, CalendarPerson person)
    {
        var found = new Dictionary<string, CalendarObject>();
        foreach (var calendar in (await workplace.Calendars.Get(person.Caller, person.Account, null, Cancellation)).Found)
            foreach (var stored in (await workplace.Objects.Changed(person.Caller, person.Account, calendar.Id, default(Sequence), 10_000, withText: true, Cancellation))!.Changed)
                found[stored.Uid] = CalendarObject.Of(ICalReader.ReadCalendar(stored.Text!.Value.Span, ICalLimits.Object));
        return found;
    }

    static List<string> Lines(CalendarObject calendar) => [.. calendar.Components.SelectMany(Lines)];

    static IEnumerable<string> Lines(ICalComponent component) =>
        component.Properties.Select(property => $"{component.Name.ToUpperInvariant()} {property.Written}").Concat(component.Components.SelectMany(Lines));

    static List<(LocalDateTime?, Instant, Instant)> Times(CalendarObject calendar) =>
        [.. new RecurrenceSet(calendar.Components, calendar.Zones(), DateTimeZone.Utc).ExpandUpTo(Instant.MinValue, Instant.MaxValue, MostOccurrences, Cancellation).Found.Select(found => (found.RecurrenceId, found.Begin, found.End))];

    static IEnumerable<(string Name, byte[] Octets)> Files()
    {
        var assembly = typeof(CorpusContract).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var octets = new byte[stream.Length];
            stream.ReadExactly(octets);
            yield return (resource.Split(Folder)[1], octets);
        }

        if (Environment.GetEnvironmentVariable("BASTIDE_TEST_CORPUS") is not { Length: > 0 } directory) yield break;
        foreach (var file in Directory.EnumerateFiles(directory, "*.ics").Order(StringComparer.Ordinal)) yield return (Path.GetFileName(file), File.ReadAllBytes(file));
    }
}
