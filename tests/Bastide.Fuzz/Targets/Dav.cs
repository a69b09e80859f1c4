using System.Text;
using System.Xml;
using Bastide.Fuzz.Workplace;
using Bastide.Testing;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// A request of Alice's with a body of XML: the first line is its method, its place and its depth, the rest the body. It is
/// answered or refused, the answer is XML where there is one, and nothing fails inside.
/// </summary>
static class Dav
{
    static readonly string[] Methods = ["REPORT", "PROPFIND", "PROPPATCH", "ACL", "MKCALENDAR", "MKCOL", "LOCK"];

    static readonly Dictionary<string, string> Places = new()
    {
        ["calendar"] = $"calendars/alice@{TestSettings.Domain}/default/",
        ["event"] = $"calendars/alice@{TestSettings.Domain}/default/weekly.ics",
        ["book"] = $"addressbooks/alice@{TestSettings.Domain}/default/",
        ["card"] = $"addressbooks/alice@{TestSettings.Domain}/default/card.vcf",
        ["home"] = $"calendars/alice@{TestSettings.Domain}/",
        ["new"] = $"calendars/alice@{TestSettings.Domain}/new/",
        ["newbook"] = $"addressbooks/alice@{TestSettings.Domain}/new/",
        ["bob"] = $"calendars/bob@{TestSettings.Domain}/default/",
        ["principal"] = $"principals/alice@{TestSettings.Domain}/",
        ["principals"] = "principals/",
        ["root"] = "",
    };

    public static void Run(byte[] input)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        var head = Encoding.Latin1.GetString(input, 0, Math.Max(0, end)).Trim().Split(' ');
        var method = Methods.Contains(head[0]) ? head[0] : Methods[0];
        var place = head.Length > 1 && Places.TryGetValue(head[1], out var named) ? named : Places["calendar"];
        var workplace = DavWorkplace.Fresh;
        var (status, type, body) = workplace.Ask(method, place, head.Length > 2 && head[2] == "0" ? "0" : "1", input[(end + 1)..]).GetAwaiter().GetResult();
        workplace.Errors.Check();
        Invariant.Holds(status is >= 200 and < 500 or 501 or 507, $"{method} is answered with {status}");
        if (body.Length > 0 && type?.Contains("xml", StringComparison.Ordinal) == true) CheckXml(body);
    }

    static void CheckXml(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
            }
        }
        catch (XmlException exception)
        {
            throw new InvariantBrokenException($"The answer is not XML: {Encoding.UTF8.GetString(body)}", exception);
        }
    }
}
