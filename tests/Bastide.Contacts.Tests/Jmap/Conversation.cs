using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;

namespace Bastide.Contacts.Tests.Jmap;

/// <summary>
/// A conversation about contacts; the address book of whoever speaks is <c>%book%</c>, the account of the organisation's
/// directory <c>%directory%</c>. Directives:
/// <list type="bullet">
/// <item><c>@give WHO RIGHTS [BOOK]</c>: a grant on the speaker's account; <c>@quota OCTETS</c>; <c>@wait SECONDS</c>: the clock;</item>
/// <item><c>@wrote ADDRESS [NAME]</c>: the speaker writes a letter.</item>
/// </list>
/// </summary>
sealed class Conversation(ContactsWorkplace workplace, Dictionary<string, ContactsPerson> people) : JmapConversation<ContactsPerson>(people, typeof(Conversation).Assembly)
{
    protected override async Task<int> Direct(string[] words, List<string> lines, int at)
    {
        switch (words[0])
        {
            case "@give":
                await workplace.Give(Speaker, PersonOf(words[1]), Enum.Parse<Rights>(words[2]), words.Length > 3 ? Number(Fill(words[3])) : null);
                break;
            case "@quota":
                await workplace.SetQuota(Speaker, long.Parse(words[1], CultureInfo.InvariantCulture));
                break;
            case "@wait":
                workplace.Time.Advance(TimeSpan.FromSeconds(double.Parse(words[1], CultureInfo.InvariantCulture)));
                break;
            case "@wrote":
                await workplace.Write(Speaker, new SentTo(words[1], words.Length > 2 ? string.Join(' ', words[2..]) : null));
                break;
            default:
                throw new FormatException($"there is no directive {words[0]}");
        }

        return at + 1;
    }

    protected override async Task Introduce(ContactsPerson speaker)
    {
        var books = (await speaker.Call("AddressBook/get", []))["list"]!.AsArray();
        Names["book"] = (string)books.First(book => (bool)book!["isDefault"]!)!["id"]!;
        if (Names.ContainsKey("directory")) return;
        var session = JsonNode.Parse(await speaker.Http.GetStringAsync(new Uri("jmap/session", UriKind.Relative)))!;
        Names["directory"] = session["accounts"]!.AsObject().Single(account => account.Value!["name"]!.ToString() == TestSettings.Domain).Key;
    }
}
