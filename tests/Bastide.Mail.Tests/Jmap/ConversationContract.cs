using Bastide.Platform.Accounts;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>Every conversation of <c>Conversations/</c>: alice speaks first; bob and chloe are colleagues, sales is a team.</summary>
public abstract class ConversationContract(DatabaseFixture fixture)
{
    public static TheoryData<string> Names => [.. ConversationScripts.NamesOf(typeof(Conversation).Assembly)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        await using var workplace = await JmapWorkplace.Start(fixture);
        var people = new Dictionary<string, JmapPerson>
        {
            ["alice"] = await workplace.Add("alice", AccountKind.User, "al"),
            ["bob"] = await workplace.Add("bob"),
            ["chloe"] = await workplace.Add("chloe"),
            ["sales"] = await workplace.Add("sales", AccountKind.Team),
        };
        await new Conversation(workplace, people).Run(name);
    }
}
