using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Transfer;

/// <summary>Writes what a module keeps for an account in an open format, for <c>bastide export</c>.</summary>
public interface IAccountExport
{
    /// <summary>The folder its files are in: <c>calendars</c>.</summary>
    string Folder { get; }

    /// <summary>Writes everything into an empty directory, and answers how many items that were.</summary>
    ValueTask<long> Write(AccountId account, string directory, CancellationToken cancellation);
}
