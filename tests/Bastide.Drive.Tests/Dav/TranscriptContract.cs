namespace Bastide.Drive.Tests.Dav;

/// <summary>Every conversation of <c>Transcripts/</c>: alice speaks first; bob and chloe are colleagues, sales is a team of alice and bob, full has no room.</summary>
public abstract class TranscriptContract(DatabaseFixture fixture)
{
    const string Prefixes = "xmlns:CS=\"http://calendarserver.org/ns/\" xmlns:oc=\"http://owncloud.org/ns\" xmlns:nc=\"http://nextcloud.org/ns\" xmlns:x=\"urn:example\"";

    public static TheoryData<string> Names => [.. DavConversation.NamesOf(typeof(TranscriptContract).Assembly)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var (alice, bob, chloe) = (await workplace.Add(), await workplace.Add("bob"), await workplace.Add("chloe"));
        var sales = await workplace.AddTeam("sales", alice, bob);
        var full = await workplace.Add("full");
        await workplace.SetQuota(full, 100);
        var people = new Dictionary<string, DrivePerson> { ["alice"] = alice, ["bob"] = bob, ["chloe"] = chloe, ["sales"] = sales, ["full"] = full };
        var known = people.ToDictionary(person => person.Key, person => person.Value.Address);
        await new DavConversation(people.ToDictionary(person => person.Key, person => person.Value.Http), known, Prefixes).Run(typeof(TranscriptContract).Assembly, name);
    }
}
