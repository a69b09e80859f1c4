namespace Bastide.Conformance.Dav;

/// <summary><c>bastide import ADDRESS ics</c> beside a server that runs.</summary>
public sealed class CalendarImportTests
{
    [Fact]
    public async Task Files_of_iCalendar_come_into_the_calendars_they_name_once_and_what_is_none_is_told_with_its_line()
    {
        await using var workplace = await RunningWorkplace.Start();
        using var home = new TempDirectory();
        await File.WriteAllTextAsync(Path.Combine(home.Path, "work.ics"), "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Work\r\n" + Event("one") + Event("two") + "BEGIN:VEVENT\r\nUID:none\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        var (code, output, error) = await workplace.Run("import", "chloe@demo.localhost", "ics", home.Path);
        code.ShouldBe(1, output + error);
        output.ShouldContain("2 imported, 0 updated, 0 already there, 1 refused");
        error.ShouldContain("work.ics: Line ");
        (await workplace.Run("import", "chloe@demo.localhost", "ics", home.Path)).Output.ShouldContain("0 imported, 0 updated, 2 already there, 1 refused");

        using var http = new HttpClient { BaseAddress = workplace.Url };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("chloe@demo.localhost:bastide-demo"u8));
        using var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), "dav/calendars/chloe@demo.localhost/work/");
        request.Headers.Add("Depth", "1");
        using var answer = await http.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).Split(".ics<").Length.ShouldBe(3);
    }

    static string Event(string uid) => $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260302T090000Z\r\nSUMMARY:{uid}\r\nEND:VEVENT\r\n";
}
