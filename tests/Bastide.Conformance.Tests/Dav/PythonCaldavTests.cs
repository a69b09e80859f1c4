using Bastide.Conformance.Imap;

namespace Bastide.Conformance.Dav;

/// <summary>A program on the caldav library of Python (python3-caldav of Debian).</summary>
public sealed class PythonCaldavTests
{
    [Fact]
    public async Task It_makes_a_calendar_searches_by_time_and_edits_one_instance_of_a_series()
    {
        await using var workplace = await RunningWorkplace.Start();
        using var home = new TempDirectory();
        var script = Path.Combine(home.Path, "client.py");
        await using (var resource = typeof(PythonCaldavTests).Assembly.GetManifestResourceStream(typeof(PythonCaldavTests).Assembly.GetManifestResourceNames().Single(name => name.EndsWith("CaldavClient.py", StringComparison.Ordinal)))!)
        await using (var file = File.Create(script)) await resource.CopyToAsync(file);
        var (code, output) = await ClientProcess.Run("/usr/bin/python3", [script, new Uri(workplace.Url, "dav/").ToString(), "chloe@demo.localhost", "bastide-demo"]);
        code.ShouldBe(0, output);
        output.ShouldContain("everything went as it should");
    }
}
