using System.Security.Cryptography;
using System.Text;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Credentials;

/// <summary>
/// Passkeys, WebAuthn Level 3: ASP.NET Core Identity's handler checks them; what it must remember between the question
/// and the answer travels with the form, encrypted and good for a few minutes. A passkey asks the person for their
/// finger or PIN, so it stands for both factors.
/// </summary>
sealed class Passkeys(Database database, IDataProtectionProvider protection, TimeProvider time, Audit audit)
{
    const int LongestAnswer = 64 * 1024;
    const int Most = 20;
    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
    readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Bastide.Identity.Passkeys").ToTimeLimitedDataProtector();

    /// <summary>Options for signing in with whatever passkey the person has for this place.</summary>
    public async Task<IResult> RequestOptions(HttpContext context)
    {
        var made = await Handler(context).MakeRequestOptionsAsync(null, context);
        return Answer(context, made.RequestOptionsJson, "get " + made.AssertionState);
    }

    /// <summary>Options for making a passkey.</summary>
    public async Task<IResult> CreationOptions(HttpContext context, PersonCredentials person)
    {
        var entity = new PasskeyUserEntity { Id = person.Account.ToString(), Name = person.Address, DisplayName = person.Name };
        var made = await Handler(context).MakeCreationOptionsAsync(entity, context);
        return Answer(context, made.CreationOptionsJson, "create " + made.AttestationState);
    }

    /// <summary>Whose passkey answered; null when it cannot be told or the answer is not right.</summary>
    public async Task<PersonCredentials?> Assert(HttpContext context, string credential, string state)
    {
        if (credential.Length is 0 or > LongestAnswer || Read(state, "get ") is not { } assertion) return null;
        var result = await Handler(context).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = assertion });
        if (!result.Succeeded || !result.Passkey.IsUserVerified) return null;
        var now = time.GetUtcNow();
        var isFirst = await database.Write(async scope =>
        {
            // Passkeys that are kept on several devices count nothing, so the counter shows no answer that is played again.
            if (!await PasskeyTable.Answer(scope, SHA256.HashData(Encoding.UTF8.GetBytes(assertion)), now, now + Lasts)) return false;
            await PasskeyTable.Set(scope, result.User.Account, result.Passkey);
            await PasskeyTable.Touch(scope, result.Passkey.CredentialId, now);
            return true;
        }, context.RequestAborted);
        if (!isFirst) return null;
        return await database.Read(scope => PersonTable.Credentials(scope, result.User.Account), context.RequestAborted);
    }

    /// <summary>Adds the passkey that was just made; false when the answer is not right.</summary>
    public async Task<bool> Add(HttpContext context, PersonCredentials person, string credential, string state, string name, Actor actor)
    {
        if (credential.Length is 0 or > LongestAnswer || Read(state, "create ") is not { } attestation) return false;
        var result = await Handler(context).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = attestation });
        if (!result.Succeeded || result.UserEntity.Id != person.Account.ToString()) return false;
        name = name.Trim();
        result.Passkey.Name = name.Length is > 0 and <= 100 ? name : Pages.UserAgent.NameOf(context.Request.Headers.UserAgent.ToString());
        return await database.Write(async scope =>
        {
            if ((await PasskeyTable.Of(scope, person.Account)).Count >= Most || await PasskeyTable.Owner(scope, result.Passkey.CredentialId) is not null) return false;
            await PasskeyTable.Set(scope, person.Account, result.Passkey);
            await audit.Write(scope, "passkey.add", actor, person.Address, People.DomainOf(person.Address), result.Passkey.Name);
            return true;
        }, context.RequestAborted);
    }

    public Task<bool> Remove(PersonCredentials person, byte[] credential, Actor actor, CancellationToken cancellation) => database.Write(async scope =>
    {
        if (!await PasskeyTable.Remove(scope, person.Account, credential)) return false;
        await audit.Write(scope, "passkey.remove", actor, person.Address, People.DomainOf(person.Address));
        return true;
    }, cancellation);

    static IPasskeyHandler<PersonCredentials> Handler(HttpContext context) => context.RequestServices.GetRequiredService<IPasskeyHandler<PersonCredentials>>();

    IResult Answer(HttpContext context, string options, string state)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { options = System.Text.Json.Nodes.JsonNode.Parse(options), state = _protector.Protect(state, Lasts) });
    }

    string? Read(string state, string purpose)
    {
        if (state.Length is 0 or > 10_000) return null;
        try
        {
            var text = _protector.Unprotect(state);
            return text.StartsWith(purpose, StringComparison.Ordinal) ? text[purpose.Length..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
