using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Export;

/// <summary>What each module offers that keeps something for people: everything of it as files in open formats.</summary>
public interface IAccountExport
{
    /// <summary>What is exported, in the plural: <c>cards</c>.</summary>
    string What { get; }

    /// <summary>Writes everything of an account into a directory, which is there; tells how many there were so far.</summary>
    IAsyncEnumerable<long> Export(AccountId account, string directory, CancellationToken cancellation);
}
