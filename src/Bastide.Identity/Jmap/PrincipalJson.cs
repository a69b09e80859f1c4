using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary>The Principal object. RFC 9670 §2.</summary>
sealed class PrincipalJson(SessionAccount accounts, IReadOnlyList<IPrincipalCapability> said)
{
    static readonly WireId Ids = new('p');

    /// <summary>The names of its properties.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal) { "id", "type", "name", "description", "email", "timeZone", "capabilities", "accounts" };

    /// <summary>The principal of an account.</summary>
    public static string Id(AccountId account) => Ids.Write(account.Value);

    /// <summary>The account of a principal, or null.</summary>
    public static AccountId? AccountOf(string? id) => Ids.Read(id) is { } number ? new AccountId(number) : null;

    /// <summary>The type of a principal.</summary>
    public static string TypeOf(DirectoryEntry entry) => entry.Resource switch
    {
        { IsRoom: true } => "location",
        not null => "resource",
        null => entry.Kind == AccountKind.Team ? "group" : "individual",
    };

    static string? DescriptionOf(TeamResource? resource) => resource switch
    {
        { Place: { } place, Capacity: { } capacity } => string.Create(CultureInfo.InvariantCulture, $"{place} ({capacity})"),
        { Capacity: { } capacity } => string.Create(CultureInfo.InvariantCulture, $"({capacity})"),
        _ => resource?.Place,
    };

    /// <summary>The object, or those of its properties that are asked for.</summary>
    public JsonObject Write(Caller caller, DirectoryEntry entry, (Account Account, Rights Rights)? reached, IReadOnlyList<string>? names)
    {
        var written = new JsonObject();
        foreach (var name in names ?? [.. Names])
            written[name] = name switch
            {
                "id" => Id(entry.Account),
                "type" => TypeOf(entry),
                "name" => entry.Name,
                "email" => entry.Address,
                "description" => DescriptionOf(entry.Resource),
                "capabilities" => new JsonObject(said.Select(capability => KeyValuePair.Create(capability.Uri, (JsonNode?)capability.Of(caller, entry, reached is not null))).Where(capability => capability.Value is not null)),
                "accounts" => reached is var (account, rights) ? new JsonObject { [account.Id.ToString()] = accounts.Of(caller, account, rights) } : null,
                _ => null,
            };
        return written;
    }
}
