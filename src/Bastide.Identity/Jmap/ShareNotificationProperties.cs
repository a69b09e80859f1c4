using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Identity.Jmap;

/// <summary>The ShareNotification object. RFC 9670 §3.</summary>
static class ShareNotificationProperties
{
    public static readonly WireId Id = new('n');

    public static readonly ObjectProperties<ShareNotification> All = new(
        ("id", n => Id.Write(n.Id)),
        ("created", n => JmapDates.WriteUtc(n.Created)),
        ("changedBy", n => new JsonObject { ["name"] = n.ChangedByName, ["email"] = n.ChangedByAddress, ["principalId"] = PrincipalJson.Id(n.ChangedBy) }),
        ("objectType", n => n.ObjectType),
        ("objectAccountId", n => n.ObjectAccount.ToString()),
        ("objectId", n => n.ObjectId),
        ("oldRights", n => n.OldRights?.DeepClone()),
        ("newRights", n => n.NewRights?.DeepClone()),
        ("name", n => n.Name));
}
