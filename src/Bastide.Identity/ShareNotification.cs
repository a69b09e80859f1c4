using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Identity;

/// <summary>What a person was told of their rights on an object (RFC 9670 §3).</summary>
sealed record ShareNotification(
    long Id, AccountId ChangedBy, string ChangedByName, string? ChangedByAddress, string ObjectType, AccountId ObjectAccount, string ObjectId, JsonObject? OldRights, JsonObject? NewRights, string Name, DateTimeOffset Created, Sequence CreatedSeq);
