using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;

namespace Bastide.Calendar.Tests.Jmap;

/// <summary>
/// A conversation about calendars; the one each person began with is <c>%calendar%</c>, who they are <c>%palice%</c>. Directives:
/// <list type="bullet">
/// <item><c>@put NAME RESOURCE</c> and components up to a line of one dot: a program stores an object in the speaker's first calendar; NAME is its event;</item>
/// <item><c>@text RESOURCE</c> and lines up to a line of one dot: what is stored there has each of them, or none of those that begin with <c>!</c>;</item>
/// <item><c>@give WHO RIGHTS [CALENDAR]</c>: a grant on the speaker's account; <c>@quota OCTETS</c>; <c>@wait SECONDS</c>: the clock;</item>
/// <item><c>@settle</c>: everything arrives that was sent.</item>
/// </list>
/// </summary>
sealed class Conversation(CalendarWorkplace workplace, Dictionary<string, CalendarPerson> people) : JmapConversation<CalendarPerson>(people, typeof(Conversation).Assembly)
{
    readonly Dictionary<string, CalendarPerson> _people = people;

    protected override async Task<int> Direct(string[] words, List<string> lines, int at)
    {
        switch (words[0])
        {
            case "@give":
                await workplace.Give(Speaker, PersonOf(words[1]), Enum.Parse<Rights>(words[2].Replace('+', ',')), words.Length > 3 ? Number(Fill(words[3])) : null);
                return at + 1;
            case "@quota":
                await workplace.SetQuota(Speaker, long.Parse(words[1], CultureInfo.InvariantCulture));
                return at + 1;
            case "@wait":
                workplace.Time.Advance(TimeSpan.FromSeconds(double.Parse(words[1], CultureInfo.InvariantCulture)));
                return at + 1;
            case "@settle":
                await workplace.Settle();
                return at + 1;
            case "@put":
                var (components, afterPut) = Body(lines, at + 1);
                var stored = await workplace.Keep(Speaker, await workplace.First(Speaker), words[2], Texts.Object(Fill(components)));
                Names[words[1]] = await EventOf(stored.Uid);
                return afterPut;
            case "@text":
                var (expected, afterText) = Body(lines, at + 1);
                var text = Texts.Of(await workplace.Find(Speaker, await workplace.First(Speaker), Fill(words[1])));
                CheckText(text.ReplaceLineEndings("\n"), expected);
                return afterText;
            default:
                throw new FormatException($"there is no directive {words[0]}");
        }
    }

    protected override async Task Introduce(CalendarPerson speaker)
    {
        foreach (var (who, person) in _people) (Names["p" + who], Names[who + "Address"]) = ("p" + person.Account.Value.ToString(CultureInfo.InvariantCulture), person.Address);
        Names["calendar"] = "c" + (await workplace.First(speaker)).ToString(CultureInfo.InvariantCulture);
    }

    async Task<string> EventOf(string uid)
    {
        var answer = await Speaker.Call("CalendarEvent/query", new JsonObject { ["filter"] = new JsonObject { ["uid"] = uid } });
        return (string)answer["ids"]![0]!;
    }

    static void CheckText(string text, string expected)
    {
        var lines = text.Replace("\n ", "", StringComparison.Ordinal).Split('\n');
        foreach (var line in expected.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var isAbsent = line[0] == '!';
            var wanted = isAbsent ? line[1..] : line;
            if (lines.Contains(wanted) == isAbsent) throw new InvalidOperationException($"{(isAbsent ? "there is" : "there is no")} line {wanted} in\n{text}");
        }
    }
}
