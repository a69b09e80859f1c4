using Microsoft.Playwright;

namespace Bastide.Browser;

/// <summary>A signed-in page that notes what must never happen: script errors, and requests to anywhere but the workplace.</summary>
public sealed class Person : IAsyncDisposable
{
    readonly IBrowserContext _context;
    readonly List<string> _faults = [];

    public Person(IBrowserContext context, IPage page, Uri origin)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => Note("script error: " + error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Note("console: " + message.Text);
        };
        context.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is "http" or "https" && url.Authority != origin.Authority) Note("remote request: " + request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>Everything noted so far.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_faults) return [.. _faults];
        }
    }

    void Note(string fault)
    {
        lock (_faults) _faults.Add(fault);
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
