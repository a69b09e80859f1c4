using System.Globalization;
using System.Security.Cryptography;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.DataProtection;

namespace Bastide.Identity.Pages;

/// <summary>
/// Somebody whose password was right and whose code is still asked for: a protected ticket in the form, good for a few
/// minutes and for as long as their password and second factor stay what they are.
/// </summary>
sealed class PendingSignIn(IDataProtectionProvider protection, Database database)
{
    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
    readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Bastide.Identity.PendingSignIn").ToTimeLimitedDataProtector();

    public string Make(PersonCredentials person) => _protector.Protect($"{person.Account} {person.SecurityStamp}", Lasts);

    public async ValueTask<PersonCredentials?> Read(string ticket, CancellationToken cancellation)
    {
        if (ticket.Length is 0 or > 1000) return null;
        try
        {
            if (_protector.Unprotect(ticket).Split(' ') is not [var id, var stamp]) return null;
            var person = await database.Read(scope => PersonTable.Credentials(scope, AccountId.Parse(id, CultureInfo.InvariantCulture)), cancellation);
            return person is { IsDisabled: false } && person.SecurityStamp == stamp ? person : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
