using System.Net;
using Bastide.Platform.Settings;

namespace Bastide.Testing;

/// <summary>Settings for a workplace of a test: everything on loopback, on ports the system chooses.</summary>
public static class TestSettings
{
    public const string Domain = "demo.localhost";

    public static BastideSettings In(string directory, string database = "sqlite")
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        return new BastideSettings
        {
            Data = directory,
            Domain = Domain,
            Url = new Uri("http://localhost:8080"),
            Database = database,
            Listen = new ListenSettings
            {
                Http = any,
                Smtp = any,
                Submission = any,
                Submissions = any,
                Imap = null,
                Imaps = null,
                ManageSieve = null,
            },
        };
    }
}
