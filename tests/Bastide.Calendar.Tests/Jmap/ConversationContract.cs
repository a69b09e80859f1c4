namespace Bastide.Calendar.Tests.Jmap;

/// <summary>Every conversation of <c>Conversations/</c>: alice speaks first; bob and chloe are colleagues, sales is a team of alice and bob.</summary>
public abstract class ConversationContract(DatabaseFixture fixture)
{
    public static TheoryData<string> Names => [.. ConversationScripts.NamesOf(typeof(Conversation).Assembly)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var people = new Dictionary<string, CalendarPerson>
        {
            ["alice"] = alice,
            ["bob"] = bob,
            ["chloe"] = await workplace.Add("chloe"),
            ["sales"] = await workplace.AddTeam("sales", alice, bob),
        };
        await new Conversation(workplace, people).Run(name);
    }
}
