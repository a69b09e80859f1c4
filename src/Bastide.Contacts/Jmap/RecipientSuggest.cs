using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>Recipient/suggest</c>: completes recipients while they are typed. docs/protocols/contacts.md.</summary>
sealed class RecipientSuggest(Recipients recipients)
{
    const int Usual = 10;
    const int Longest = 200;

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var text = call.Arguments.Text("text");
        if (text.Length > Longest) throw JmapException.InvalidArguments($"text has at most {Longest} characters.");
        var limit = (int)Math.Min(call.Arguments.UnsignedOrNull("limit") ?? Usual, Recipients.Most);
        if (!call.AccountRights.HasFlag(Rights.Submit)) throw new JmapException("forbidden", "You may not send from this account.");
        var found = await recipients.Suggest(call.Caller, call.Account, text, limit, call.Cancellation);
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["list"] = new JsonArray([.. found.Select(Write)]),
        };
    }

    static JsonObject Write(Recipient recipient) => new()
    {
        ["name"] = recipient.Name,
        ["emails"] = new JsonArray([.. recipient.Emails.Select(email => new JsonObject { ["name"] = email.Name, ["email"] = email.Email })]),
        ["source"] = recipient.Source switch
        {
            RecipientSource.Contact => "contact",
            RecipientSource.Group => "group",
            RecipientSource.Directory => "directory",
            _ => "correspondent",
        },
        ["cardAccountId"] = recipient.Card?.Account.ToString(),
        ["cardId"] = WireId.ContactCard.Write(recipient.Card?.Card),
    };
}
