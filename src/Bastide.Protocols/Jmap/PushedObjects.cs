using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Finds what is pushed to a person beside states, as it is on the wire with its <c>@type</c>: what came after one position of
/// their own account, up to another.
/// </summary>
public delegate ValueTask<IReadOnlyList<JsonObject>> PushedObjects(Caller caller, Sequence since, Sequence until, CancellationToken cancellation);
