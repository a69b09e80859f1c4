using System.Text;
using Bastide.Protocols.ICalendar;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.ICalendar;

public sealed class ICalReaderTests
{
    [Fact]
    public void What_is_not_known_stays_with_its_order_and_spelling()
    {
        const string text =
            "BEGIN:VCALENDAR\r\nX-FIRST;x-Param=a,\"b;c\";ANOTHER=^n^^^':Some\\;thing\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nuid:1\r\n" +
            "BEGIN:X-INNER\r\nX-A:1\r\nEND:X-INNER\r\nSUMMARY:After a component\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nX-LAST:\r\nEND:VCALENDAR\r\n";
        ICalWriter.WriteText(ICalendars.Read(text)).ShouldBe(text);
    }

    [Theory]
    [InlineData("SUMMARY:one\r\n  two", "one two")]
    [InlineData("SUMMARY:one\n\ttwo", "onetwo")]
    [InlineData("SUM\r\n MARY;LANG\r\n UAGE=fr:t\r\n rois", "trois")]
    [InlineData("SUMMARY:\\n\\N\\,\\;\\\\ \\x", "\n\n,;\\ \\x")]
    public void Lines_are_unfolded_and_texts_unescaped(string line, string text) => Event(line).Text("SUMMARY").ShouldBe(text);

    [Fact]
    public void A_fold_may_lie_within_a_character()
    {
        var octets = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:é€😀\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"u8.ToArray();
        var start = octets.AsSpan().IndexOf("SUMMARY:"u8) + 8;
        for (var at = start; at < start + 9; at++)
            ICalReader.ReadCalendar([.. octets[..at], .. "\r\n "u8, .. octets[at..]], ICalLimits.Object).Components.Single().Text("SUMMARY").ShouldBe("é€😀");
    }

    [Fact]
    public void Long_lines_are_folded_before_their_76th_octet_and_never_within_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("aé€😀", 100));
        var octets = ICalWriter.Write(new ICalComponent("VCALENDAR", [new ICalProperty("SUMMARY", ICalText.Escape(text))]));
        Encoding.UTF8.GetString(octets).Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\uFFFD', StringComparison.Ordinal));
        ICalReader.ReadCalendar(octets, ICalLimits.Object).Text("SUMMARY").ShouldBe(text);
    }

    [Theory]
    [InlineData("a;b,c\\d\ne")]
    [InlineData("")]
    [InlineData("\\n \\; \"quoted\" ^n")]
    public void Texts_and_parameters_come_back_as_they_went(string text)
    {
        var component = new ICalComponent("VCALENDAR", [new ICalProperty("X-A", ICalText.Escape(text), new ICalParameter("X-P", [text, "x"]))]);
        var read = ICalendars.Read(ICalWriter.WriteText(component)).Property("X-A")!;
        read.Text.ShouldBe(text);
        read.ParameterValues("x-p").ShouldBe([text, "x"]);
    }

    [Theory]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", 3, "END:VCALENDAR stands where VEVENT of line 2 is to end.")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:a\r\n b", 2, "BEGIN:VEVENT has no END.")]
    [InlineData("END:VCALENDAR", 1, "END:VCALENDAR ends what was not begun.")]
    [InlineData("SUMMARY:a", 1, "SUMMARY stands outside of any component.")]
    [InlineData("BEGIN:VCALENDAR\r\n\r\nnonsense\r\nEND:VCALENDAR", 3, "“nonsense” is not a property with its value.")]
    [InlineData("BEGIN:VCALENDAR\r\nX;A=\"b:c\r\nEND:VCALENDAR", 2, "A quoted value of a parameter does not end.")]
    [InlineData("BEGIN:VCALENDAR\r\nX;A=\"b\"c:d\r\nEND:VCALENDAR", 2, "Something stands behind the quotes of a parameter.")]
    [InlineData("BEGIN:VCALENDAR\r\nX;=b:d\r\nEND:VCALENDAR", 2, "A parameter has no name.")]
    [InlineData("BEGIN:VCALENDAR\r\nX;A=b\r\nEND:VCALENDAR", 2, "X has no value.")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR", 3, "A second VCALENDAR begins, where there is to be one.")]
    [InlineData("BEGIN:VCARD\r\nEND:VCARD", 1, "VCARD is not VCALENDAR.")]
    [InlineData("", 0, "There is no VCALENDAR in it.")]
    public void What_is_wrong_is_told_with_its_line(string text, int line, string reason)
    {
        var failure = Should.Throw<ICalFormatException>(() => ICalendars.Read(text));
        (failure.Line, failure.Reason).ShouldBe((line, reason));
    }

    [Fact]
    public void A_line_that_is_not_UTF_8_is_refused_and_read_from_files_as_it_was_once_written()
    {
        byte[] octets = [.. "BEGIN:VCALENDAR\r\nX-A:caf"u8, 0xE9, .. "\r\nX-B:é\r\nEND:VCALENDAR\r\n"u8];
        Should.Throw<ICalFormatException>(() => ICalReader.Read(octets, ICalLimits.Object)).Line.ShouldBe(2);
        var read = ICalReader.ReadFile(octets, ICalLimits.Calendar).Single();
        (read.Text("X-A"), read.Text("X-B")).ShouldBe(("café", "é"));
    }

    [Fact]
    public void Files_in_UTF_16_are_read()
    {
        const string text = "BEGIN:VCALENDAR\r\nX-A:é\r\nEND:VCALENDAR\r\n";
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
            ICalReader.ReadFile([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], ICalLimits.Calendar).Single().Text("X-A").ShouldBe("é");
    }

    [Theory]
    [InlineData("SUMMARY;ENCODING=QUOTED-PRINTABLE:caf=C3=A9=\r\n, et=0D=0Ala suite", "café, et\nla suite")]
    [InlineData("SUMMARY;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9", "café")]
    [InlineData("SUMMARY;ENCODING=QUOTED-PRINTABLE:100=%", "100=%")]
    public void Texts_of_vCalendar_are_read_from_files(string line, string text) =>
        ICalReader.ReadFile(Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\n{line}\r\nVERSION:1.0\r\nEND:VCALENDAR\r\n"), ICalLimits.Calendar).Single().Text("SUMMARY").ShouldBe(text);

    [Theory]
    [InlineData("BEGIN:A\r\nBEGIN:B\r\nBEGIN:C\r\nEND:C\r\nEND:B\r\nEND:A", "Line 3: Components lie more than 2 deep.")]
    [InlineData("BEGIN:A\r\nX:1\r\nX:2\r\nX:3\r\nX:4\r\nEND:A", "Line 6: It has more than 5 lines.")]
    [InlineData("BEGIN:A\r\nX:12345678901234567890\r\nEND:A", "Line 2: The line has more than 20 octets.")]
    [InlineData("BEGIN:A\r\nX:1234567890\r\n 1234567890\r\nEND:A", "Line 2: The line has more than 20 octets.")]
    [InlineData("BEGIN:A\r\nX;A=1,2;B=3,4:1\r\nEND:A", "Line 2: X has more than 3 values of parameters.")]
    [InlineData("BEGIN:A\r\nX:1\r\nX:2\r\nX:3\r\nX:4444444444444444444444444444444444\r\nEND:A", "It has more than 60 octets.")]
    public void More_than_the_bounds_is_refused(string text, string message) =>
        Should.Throw<ICalFormatException>(() => ICalReader.Read(Encoding.UTF8.GetBytes(text), new ICalLimits(60, 5, 20, 3, 2))).Message.ShouldBe(message);

    [Fact]
    public void Garbage_is_refused_and_nothing_else()
    {
        var random = new Random(7);
        var seed = Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=\"a,b\":20240101T000000\r\nRRULE:FREQ=DAILY;BYDAY=1MO\r\nX-A;B=c,\"d\";E=f:g\\,h\r\n i\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        for (var i = 0; i < 20_000; i++)
        {
            var octets = (byte[])seed.Clone();
            for (var n = random.Next(1, 6); n > 0; n--) octets[random.Next(octets.Length)] = (byte)random.Next(256);
            try
            {
                var read = ICalReader.ReadFile(octets.AsSpan(0, random.Next(octets.Length)), ICalLimits.Object);
                foreach (var component in read) ICalReader.Read(ICalWriter.Write(component), ICalLimits.Object);
            }
            catch (ICalFormatException)
            {
                // Refused, as it should be.
            }
        }
    }

    static ICalComponent Event(string line) => ICalendars.Of("BEGIN:VEVENT\r\n" + line + "\r\nEND:VEVENT").Components.Single();
}
