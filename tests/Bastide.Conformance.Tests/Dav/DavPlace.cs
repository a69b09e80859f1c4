using Bastide.Conformance.Clients;

namespace Bastide.Conformance.Dav;

/// <summary>A workplace with the demo whose web people reach by TLS under the name of its domain, and a password made for one program.</summary>
sealed class DavPlace : IAsyncDisposable
{
    /// <summary>The domain, which every resolver knows to be this machine (RFC 6761 §6.3).</summary>
    public const string Domain = "demo.localhost";

    DavPlace(RunningWorkplace workplace, TlsFront front) => (Workplace, Front) = (workplace, front);

    public RunningWorkplace Workplace { get; }

    public TlsFront Front { get; }

    public static async Task<DavPlace> Start()
    {
        var front = TlsFront.Listen(Domain);
        try
        {
            var workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_URL"] = front.Url.GetLeftPart(UriPartial.Authority), ["BASTIDE_TEST__NOLIMITS"] = "1" });
            front.PassTo(workplace.Http);
            return new DavPlace(workplace, front);
        }
        catch
        {
            await front.DisposeAsync();
            throw;
        }
    }

    /// <summary>A password for a program of one of the people.</summary>
    public async Task<string> AppPassword(string person, string label)
    {
        var (code, output, error) = await Workplace.Run("app-password", "add", $"{person}@{Domain}", "--label", label);
        code.ShouldBe(0, error);
        return output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[^1].Split(' ')[^1];
    }

    /// <summary>A second client of one of the people, that sees what the first did.</summary>
    public DavPeer SignIn(string person) => new(Workplace.Url, $"{person}@{Domain}");

    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        await Workplace.DisposeAsync();
    }
}
