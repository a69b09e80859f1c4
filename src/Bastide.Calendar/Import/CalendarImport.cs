using System.Runtime.CompilerServices;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Import;

/// <summary>
/// Brings calendars from files of iCalendar into an account. A file goes into the calendar of the name it gives itself, made
/// when it is missing, or into the default one. What the account has already is left alone unless the file has a newer form
/// of it, so that an import that was broken off is simply run again.
/// </summary>
public sealed class CalendarImport(Database database, TimeProvider time)
{
    const int MostInBatch = 200;
    const int MostErrors = 100;

    /// <summary>Imports a file, or every <c>.ics</c> below a directory, and tells how far it is after each batch. Throws <see cref="IOException"/> when the source cannot be read.</summary>
    public async IAsyncEnumerable<CalendarImportProgress> Run(AccountId account, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var files = File.Exists(path) ? [path]
            : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.ics", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList()
            : throw new FileNotFoundException($"There is no {path} to import.");
        var progress = new CalendarImportProgress(files.Sum(file => new FileInfo(file).Length), 0, 0, 0, 0, 0, []);
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var octets = await File.ReadAllBytesAsync(file, cancellation);
            var (calendars, error) = Read(octets);
            if (error is not null)
            {
                progress = progress with { Octets = progress.Octets + octets.Length, Refused = progress.Refused + 1, Errors = [$"{name}: {error}"] };
                yield return progress;
                continue;
            }

            foreach (var calendar in calendars)
            {
                var target = await Target(account, calendar.Text("X-WR-CALNAME") ?? calendar.Text("NAME"), cancellation);
                foreach (var batch in ICalendarSplit.Objects([calendar]).Chunk(MostInBatch))
                {
                    progress = await Store(account, target, name, batch, progress, cancellation);
                    yield return progress;
                }
            }

            progress = progress with { Octets = progress.Octets + octets.Length, Errors = [] };
            yield return progress;
        }
    }

    /// <summary>The same for octets at hand, into a calendar of the account; for the demo and for uploads.</summary>
    public async Task<CalendarImportProgress> Add(AccountId account, long calendar, ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        var (calendars, error) = Read(octets.Span);
        var progress = new CalendarImportProgress(octets.Length, octets.Length, 0, 0, 0, error is null ? 0 : 1, error is null ? [] : [error]);
        var errors = progress.Errors.ToList();
        foreach (var batch in ICalendarSplit.Objects(calendars).Chunk(MostInBatch))
        {
            progress = await Store(account, calendar, "", batch, progress, cancellation);
            errors.AddRange(progress.Errors.Take(MostErrors - errors.Count));
        }

        return progress with { Errors = errors };
    }

    static (List<ICalComponent> Calendars, string? Error) Read(ReadOnlySpan<byte> octets)
    {
        try
        {
            return (ICalReader.ReadFile(octets, ICalLimits.Calendar), null);
        }
        catch (ICalFormatException exception)
        {
            return ([], exception.Message);
        }
    }

    /// <summary>The calendar of a name, made where it is missing; the default one without a name.</summary>
    Task<long> Target(AccountId account, string? name, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var sources = await SourceTable.Of(scope, account);
            var all = (await CalendarTable.All(scope, account)).FindAll(row => !sources.ContainsKey(row.Id));
            var known = string.IsNullOrWhiteSpace(name) ? all.Find(row => row.IsDefault) ?? all.FirstOrDefault() : all.Find(row => row.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (known is not null) return known.Id;
            if (string.IsNullOrWhiteSpace(name)) return await Calendars.CreateFirst(scope, account, "Calendar");
            return await Calendars.CreateNamed(scope, account, name.Trim());
        }, cancellation);

    async Task<CalendarImportProgress> Store(AccountId account, long calendar, string file, (CalendarObject? Object, ICalFormatException? Error)[] batch, CalendarImportProgress progress, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var contents = new List<ObjectContent>();
        var errors = new List<string>();
        foreach (var (found, error) in batch)
        {
            if (error is not null) errors.Add(Located(file, error.Message));
            else if (ObjectContent.Write(found!, now, cancellation) is var content && content.Text.Length <= ICalLimits.Object.MostOctets) contents.Add(content);
            else errors.Add(Located(file, $"Line {found!.Components.First().Line}: An object has at most {ICalLimits.Object.MostOctets} octets."));
        }

        var (added, updated, there, refused) = await database.Write(async scope =>
        {
            var run = await ObjectRun.Begin(scope, account);
            var present = (await ObjectTable.OfUids(scope, account, [.. contents.Select(content => content.Row.Uid)])).ToDictionary(row => row.Uid);
            var texts = await ObjectTable.Texts(scope, [.. present.Values.Select(row => row.Id)]);
            var counts = (Added: 0, Updated: 0, There: 0, Refused: new List<string>());
            foreach (var content in contents)
            {
                var was = present.GetValueOrDefault(content.Row.Uid);
                if (was is not null && !IsNewer(content, was, texts[was.Id]))
                {
                    counts.There++;
                    continue;
                }

                var (id, error) = await run.Put(content, was?.CalendarId ?? calendar, was?.Resource ?? EventPreparation.NewResource(), was, was?.IsDraft ?? false);
                if (error is not null)
                {
                    counts.Refused.Add(Located(file, $"Line {content.Calendar.Components.First().Line}: {error.Description}"));
                    continue;
                }

                if (was is null) counts.Added++;
                else counts.Updated++;
                // What stands twice in one file is there when it comes again.
                present[content.Row.Uid] = content.Row with { Id = id, CalendarId = was?.CalendarId ?? calendar, Resource = was?.Resource ?? "" };
                texts[id] = content.Text;
            }

            await run.Settle();
            return counts;
        }, cancellation);
        errors.AddRange(refused);
        return progress with
        {
            Added = progress.Added + added,
            Updated = progress.Updated + updated,
            AlreadyThere = progress.AlreadyThere + there,
            Refused = progress.Refused + errors.Count,
            Errors = [.. errors.Take(MostErrors)],
        };
    }

    static string Located(string file, string error) => file.Length == 0 ? error : $"{file}: {error}";

    /// <summary>Whether a file has a later form of an object than the account: by SEQUENCE, then by the time it was changed.</summary>
    static bool IsNewer(ObjectContent content, ObjectRow was, byte[] text)
    {
        if (content.Row.ETag == was.ETag || content.Text.AsSpan().SequenceEqual(text)) return false;
        var present = CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
        var (mine, theirs) = (SequenceOf(present), SequenceOf(content.Calendar));
        return mine != theirs ? theirs > mine : content.Row.UpdatedAt > was.UpdatedAt;
    }

    static int SequenceOf(CalendarObject calendar) => int.TryParse((calendar.Master ?? calendar.Instances.First()).Property("SEQUENCE")?.Value, out var sequence) ? sequence : 0;
}
