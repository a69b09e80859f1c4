using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>
/// A conversation about mail; the mailboxes are known by role (<c>%inbox%</c>). Directives:
/// <list type="bullet">
/// <item><c>@deliver NAME [TIME]</c> and a message up to a line of one dot: it arrives in the inbox;</item>
/// <item><c>@give WHO RIGHTS [MAILBOX]</c>: a grant on the speaker's account; <c>@quota OCTETS</c>; <c>@wait SECONDS</c>: the clock; <c>@jobs</c>: what is due runs.</item>
/// </list>
/// </summary>
sealed class Conversation(JmapWorkplace workplace, Dictionary<string, JmapPerson> people) : JmapConversation<JmapPerson>(people, typeof(Conversation).Assembly)
{
    static readonly string[] Roles = ["inbox", "drafts", "sent", "trash", "junk", "archive"];

    protected override async Task<int> Direct(string[] words, List<string> lines, int at)
    {
        switch (words[0])
        {
            case "@give":
                await workplace.Give(Speaker.Account, PersonOf(words[1]).Account, Enum.Parse<Rights>(words[2]), words.Length > 3 ? Number(Fill(words[3])) : null);
                return at + 1;
            case "@quota":
                await workplace.SetQuota(Speaker.Account, long.Parse(words[1], CultureInfo.InvariantCulture));
                return at + 1;
            case "@wait":
                workplace.Time.Advance(TimeSpan.FromSeconds(double.Parse(words[1], CultureInfo.InvariantCulture)));
                return at + 1;
            case "@jobs":
                await workplace.RunJobs();
                return at + 1;
            case "@deliver":
                var (body, end) = Body(lines, at + 1);
                var time = words.Length > 2 ? DateTimeOffset.Parse(words[2], CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
                Names[words[1]] = "e" + (await workplace.Deliver(Speaker.Account, body, time)).ToString(CultureInfo.InvariantCulture);
                return end;
            default:
                throw new FormatException($"there is no directive {words[0]}");
        }
    }

    protected override async Task Introduce(JmapPerson speaker)
    {
        var roles = await speaker.Roles();
        foreach (var role in Roles) Names[role] = roles.GetValueOrDefault(role, "m0");
    }
}
