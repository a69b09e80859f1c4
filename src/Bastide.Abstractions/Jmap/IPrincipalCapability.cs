using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Jmap;

/// <summary>What a module says of a person or team as a principal (RFC 9670 §2: <c>capabilities</c>).</summary>
public interface IPrincipalCapability
{
    /// <summary>The capability it belongs to.</summary>
    string Uri { get; }

    /// <summary>What is said, to a caller; null where there is nothing to say.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="entry">The principal.</param>
    /// <param name="isReached">Whether the caller reaches the principal's account, whole or in part.</param>
    JsonObject? Of(Caller caller, DirectoryEntry entry, bool isReached);
}
