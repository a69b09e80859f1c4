using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Identity;

namespace Bastide.Identity.Credentials;

/// <summary>
/// What ASP.NET Core Identity's passkey handler asks of a store, answered from our tables. People are made and changed by
/// <see cref="People"/>, in one transaction with their account and what the modules keep for it, never through here.
/// </summary>
sealed class PersonStore(Database database) : IUserPasskeyStore<PersonCredentials>
{
    public Task<string> GetUserIdAsync(PersonCredentials user, CancellationToken cancellationToken) => Task.FromResult(user.Account.ToString());

    public Task<string?> GetUserNameAsync(PersonCredentials user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Address);

    public Task<string?> GetNormalizedUserNameAsync(PersonCredentials user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Address);

    public async Task<PersonCredentials?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        AccountId.TryParse(userId, null, out var account) ? await database.Read(scope => PersonTable.Credentials(scope, account), cancellationToken) : null;

    public async Task<PersonCredentials?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => await database.Read(async scope =>
        Address.TryParse(normalizedUserName, out var address) && await AddressTable.Owner(scope, address) is { } owner ? await PersonTable.Credentials(scope, owner.Account) : null, cancellationToken);

    public Task AddOrUpdatePasskeyAsync(PersonCredentials user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        database.Write(scope => PasskeyTable.Set(scope, user.Account, passkey), cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PersonCredentials user, CancellationToken cancellationToken) =>
        [.. (await database.Read(scope => PasskeyTable.Of(scope, user.Account), cancellationToken)).Select(p => p.Passkey)];

    public async Task<PersonCredentials?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => await database.Read(async scope =>
        await PasskeyTable.Owner(scope, credentialId) is { } account ? await PersonTable.Credentials(scope, account) : null, cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PersonCredentials user, byte[] credentialId, CancellationToken cancellationToken) =>
        await database.Read(scope => PasskeyTable.Find(scope, user.Account, credentialId), cancellationToken);

    public Task RemovePasskeyAsync(PersonCredentials user, byte[] credentialId, CancellationToken cancellationToken) =>
        database.Write(async scope => { await PasskeyTable.Remove(scope, user.Account, credentialId); }, cancellationToken);

    public Task SetUserNameAsync(PersonCredentials user, string? userName, CancellationToken cancellationToken) => throw NotHere();

    public Task SetNormalizedUserNameAsync(PersonCredentials user, string? normalizedName, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> CreateAsync(PersonCredentials user, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> UpdateAsync(PersonCredentials user, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> DeleteAsync(PersonCredentials user, CancellationToken cancellationToken) => throw NotHere();

    public void Dispose()
    {
    }

    static NotSupportedException NotHere() => new("People are made and changed by the operations of the identity module.");
}
