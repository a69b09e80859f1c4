namespace Bastide.Identity.Pages;

/// <summary>What a person calls the browser they use: <c>Firefox, Linux</c>. For the list of sessions and nothing else.</summary>
static class UserAgent
{
    // Chrome says it is Safari, Edge and Opera say they are Chrome: the order matters.
    static readonly (string Token, string Name)[] Browsers =
        [("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
         ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];

    static readonly (string Token, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Macintosh", "macOS"), ("Linux", "Linux")];

    public static string NameOf(string header)
    {
        var browser = Array.Find(Browsers, b => header.Contains(b.Token, StringComparison.Ordinal)).Name;
        var system = Array.Find(Systems, s => header.Contains(s.Token, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, null) => "Web",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser}, {system}",
        };
    }
}
