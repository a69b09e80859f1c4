using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Abstractions.Identity;

/// <summary>What changed of somebody's rights on an object (RFC 9670 §3).</summary>
/// <param name="For">Whose rights.</param>
/// <param name="By">Who changed them.</param>
/// <param name="ObjectType">The type of the object: <c>Calendar</c>.</param>
/// <param name="ObjectAccount">The account it is in.</param>
/// <param name="ObjectId">Its id there, as JMAP writes it.</param>
/// <param name="OldRights">The <c>myRights</c> before, or null.</param>
/// <param name="NewRights">The <c>myRights</c> after, or null.</param>
/// <param name="Name">What it is called.</param>
public sealed record ShareNotice(AccountId For, AccountId By, DataType ObjectType, AccountId ObjectAccount, string ObjectId, JsonObject? OldRights, JsonObject? NewRights, string Name);
