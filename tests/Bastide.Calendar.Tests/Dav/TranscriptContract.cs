namespace Bastide.Calendar.Tests.Dav;

/// <summary>Every conversation of <c>Transcripts/</c>: alice speaks first; bob and chloe are colleagues, sales is a team of alice and bob.</summary>
public abstract class TranscriptContract(DatabaseFixture fixture)
{
    const string Prefixes = "xmlns:C=\"urn:ietf:params:xml:ns:caldav\" xmlns:CS=\"http://calendarserver.org/ns/\" xmlns:A=\"http://apple.com/ns/ical/\" xmlns:x=\"urn:example\"";

    public static TheoryData<string> Names => [.. DavConversation.NamesOf(typeof(TranscriptContract).Assembly)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob, chloe) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"));
        var sales = await workplace.AddTeam("sales", alice, bob);
        var people = new Dictionary<string, CalendarPerson> { ["alice"] = alice, ["bob"] = bob, ["chloe"] = chloe, ["sales"] = sales };
        var known = people.ToDictionary(person => person.Key, person => person.Value.Address);
        known["aliceId"] = alice.Account.ToString();
        await new DavConversation(people.ToDictionary(person => person.Key, person => person.Value.Http), known, Prefixes, workplace.Settle).Run(typeof(TranscriptContract).Assembly, name);
    }
}
