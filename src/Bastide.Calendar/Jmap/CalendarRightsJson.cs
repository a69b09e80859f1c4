using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary>The CalendarRights object.</summary>
static class CalendarRightsJson
{
    static readonly (string Name, Rights Right, Rights Given)[] All =
    [
        ("mayReadFreeBusy", Rights.Lookup, Rights.Lookup),
        ("mayReadItems", Rights.Read, Rights.Read),
        ("mayWriteAll", Rights.Write, Rights.Write | Rights.Delete),
        ("mayWriteOwn", Rights.WriteOwn, Rights.WriteOwn),
        ("mayUpdatePrivate", Rights.Personalize, Rights.Personalize),
        ("mayRSVP", Rights.Respond, Rights.Respond),
        ("mayShare", Rights.Manage, Rights.Manage),
        ("mayDelete", Rights.Remove, Rights.Remove),
    ];

    /// <summary>Rights, those that follow from others among them.</summary>
    public static JsonObject Write(Rights rights) => new(All.Select(row => KeyValuePair.Create(row.Name, (JsonNode?)rights.HasFlag(row.Right))));

    /// <summary>Reads them; null for what is no such object.</summary>
    public static Rights? Read(JsonNode? node)
    {
        if (node is not JsonObject given) return null;
        var rights = Rights.None;
        foreach (var (name, value) in given)
        {
            var row = Array.Find(All, row => row.Name == name);
            if (row.Name is null || value.AsFlag() is not { } flag) return null;
            if (flag) rights |= row.Given;
        }

        return rights;
    }
}
