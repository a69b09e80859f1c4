using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Contacts;
using Bastide.Calendar.Sources;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Calendar.Tests.Sources;

public abstract class BirthdaysContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_birthdays_of_contacts_are_a_calendar_that_follows_them()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var people = new FakeContacts
        {
            Days = [new("ana", "k1", "Ana, the first", "birth", 1980, 2, 29), new("ana", "k2", "Ana, the first", "wedding", 2010, 6, 5), new("bo", "k1", "Bo", "birth", null, 3, 4), new("cy", "k1", "Cy", "death", 1999, 1, 1)],
        };
        var answer = await alice.Call("Calendar/set", """{"create":{"b":{"name":"Anniversaires","source":"bastide:birthdays?language=fr"}}}""");
        var id = (string)answer["created"]!["b"]!["id"]!;
        async Task Refresh()
        {
            var refresh = ActivatorUtilities.CreateInstance<SourceRefresh>(workplace.Services, new Birthdays([people]));
            await refresh.Run((await JobOf(id)).ShouldNotBeNull(), Cancellation);
        }

        await Refresh();
        (await Told(alice, id, 2026, 2028)).ShouldBe([
            "2026-02-28 Anniversaire : Ana, the first (1980)", "2026-03-04 Anniversaire : Bo", "2026-06-05 Anniversaire de mariage : Ana, the first (2010)",
            "2027-02-28 Anniversaire : Ana, the first (1980)", "2027-03-04 Anniversaire : Bo", "2027-06-05 Anniversaire de mariage : Ana, the first (2010)",
        ]);
        (await Told(alice, id, 2028, 2029))[0].ShouldBe("2028-02-29 Anniversaire : Ana, the first (1980)");
        ((await JobOf(id))!.RunAt - workplace.Time.GetUtcNow()).ShouldBe(TimeSpan.FromDays(1));

        // Nothing moved: the contacts are not read again.
        await Refresh();
        people.Reads.ShouldBe(1);

        // A contact changes, and the calendar is read again within the minute.
        people.Days = [new("bo", "k1", "Bo", "birth", null, 3, 5)];
        people.State = new Sequence(8);
        await ActivatorUtilities.CreateInstance<BirthdayWatch>(workplace.Services, (IEnumerable<IAnniversaries>)[people]).Changed(alice.Account, Cancellation);
        ((await JobOf(id))!.RunAt - workplace.Time.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(1));
        await Refresh();
        (await Told(alice, id, 2026, 2027)).ShouldBe(["2026-03-05 Anniversaire : Bo"]);
    }

    [Fact]
    public async Task Where_nobody_keeps_contacts_there_are_no_birthdays()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        (await alice.Call("CalendarSource/get", """{"ids":["bastide:birthdays"]}"""))["notFound"]!.AsArray().Count.ShouldBe(1);
    }

    async Task<Job?> JobOf(string id) => await fixture.Database.Read(scope => JobQueue.Find(scope, "calendar-source", id[1..]), Cancellation);

    static async Task<List<string>> Told(CalendarPerson person, string calendar, int from, int before)
    {
        var days = new List<string>();
        for (var year = from; year < before; year++)
        {
            var filter = string.Create(CultureInfo.InvariantCulture, $"\"inCalendar\":\"{calendar}\",\"after\":\"{year}-01-01T00:00:00\",\"before\":\"{year + 1}-01-01T00:00:00\"");
            var answers = await person.Request([
                new JsonArray("CalendarEvent/query", JsonNode.Parse("{\"filter\":{" + filter + "},\"expandRecurrences\":true,\"sort\":[{\"property\":\"start\"}]}")!, "0"),
                new JsonArray("CalendarEvent/get", JsonNode.Parse("""{"#ids":{"resultOf":"0","name":"CalendarEvent/query","path":"/ids"},"properties":["title","start"]}""")!, "1"),
            ]);
            days.AddRange(answers[1]![1]!["list"]!.AsArray().Select(one => $"{((string)one!["start"]!)[..10]} {one["title"]}"));
        }

        days.Sort(StringComparer.Ordinal);
        return days;
    }

    sealed class FakeContacts : IAnniversaries
    {
        public IReadOnlyList<Anniversary> Days { get; set; } = [];

        public Sequence State { get; set; } = new(7);

        public int Reads { get; private set; }

        public DataType Type { get; } = new("ContactCard");

        public ValueTask<(IReadOnlyList<Anniversary> Days, Sequence State)?> Since(AccountId account, Sequence? known, CancellationToken cancellation)
        {
            if (known == State) return new((ValueTuple<IReadOnlyList<Anniversary>, Sequence>?)null);
            Reads++;
            return new((Days, State));
        }
    }
}
