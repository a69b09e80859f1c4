using System.Collections.Frozen;

namespace Bastide.Identity;

/// <summary>The OAuth 2.0 scopes there are: one an app, beside those of OpenID Connect Core 1.0 §5.4 and §11.</summary>
static class Scopes
{
    public const string Admin = "admin";
    public const string Mail = "mail";
    public const string Chat = "chat";

    /// <summary>One an app: what an app password can be limited to.</summary>
    public static readonly string[] Apps = [Mail, "calendar", "contacts", "files", Chat];

    /// <summary>Those that open data of the workplace.</summary>
    public static readonly string[] OfTheWorkplace = [.. Apps, Admin];

    /// <summary>All of them.</summary>
    public static readonly string[] All = ["openid", "profile", "email", "offline_access", .. OfTheWorkplace];

    static readonly FrozenSet<string> AppSet = Apps.ToFrozenSet();

    /// <summary>What a credential without a narrower limit may do: every app, not administration.</summary>
    public static FrozenSet<string> EveryApp => AppSet;

    /// <summary>The stored form of a set.</summary>
    public static string Join(IEnumerable<string> scopes) => string.Join(' ', scopes.Order(StringComparer.Ordinal));

    /// <summary>Reads the stored form.</summary>
    public static FrozenSet<string> Parse(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    /// <summary>Whether a credential of these scopes may be used on a protocol at all; the rest is for its operations to check.</summary>
    public static bool Cover(FrozenSet<string> scopes, string protocol)
    {
        if (scopes.Contains(Platform.Accounts.Caller.Everything)) return true;
        return protocol switch
        {
            "imap" or "smtp" or "pop" or "managesieve" => scopes.Contains(Mail),
            "matrix" => scopes.Contains(Chat),
            "admin" => scopes.Contains(Admin),
            _ => OfTheWorkplace.Any(scopes.Contains),
        };
    }
}
