using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>People. Each verb is one operation and one transaction: it happens whole or not at all.</summary>
static class UserApi
{
    public static readonly AdminRoute[] Routes =
    [
        new("GET", "/users", "listUsers", List),
        new("POST", "/users", "addUser", Add),
        new("GET", "/users/{address}", "getUser", Get),
        new("PATCH", "/users/{address}", "updateUser", Update),
        new("DELETE", "/users/{address}", "removeUser", Remove),
        new("PUT", "/users/{address}/password", "setPassword", SetPassword),
        new("PUT", "/users/{address}/disabled", "disableUser", Disable),
        new("DELETE", "/users/{address}/disabled", "enableUser", Enable),
    ];

    static async Task<IResult> List(AdminCall call)
    {
        var limit = call.Limit;
        var rows = await call.Get<People>().List(call.Actor, call.After, limit + 1, call.Cancellation);
        return AdminJson.Ok(PageOf<UserOut>.Cut(rows, limit, person => Out(person), row => row.Address));
    }

    static async Task<IResult> Add(AdminCall call)
    {
        var body = await call.Body<UserIn>("""an object with the member "address" and, if wanted, "name", "password", "isAdministrator" and "quota".""");
        var password = body.Password ?? Passwords.Generate();
        var person = new NewPerson(body.Address, body.Name ?? "", password) { IsAdministrator = body.IsAdministrator, Quota = body.Quota };
        var added = await call.Get<People>().Add(person, call.Actor, call.Cancellation);
        return AdminCall.Created(added, made => Out(made, body.Password is null ? password : null), made => "/users/" + Uri.EscapeDataString(made.Address));
    }

    static async Task<IResult> Get(AdminCall call) => AdminCall.Answer(await call.Get<People>().Find(call.Part("address"), call.Actor, call.Cancellation), person => Out(person));

    /// <summary>A merge patch (RFC 7396): what is not named stays, and a quota of null is none.</summary>
    static async Task<IResult> Update(AdminCall call)
    {
        const string Expected = """an object with the members "name" (text) and "quota" (octets, or null for none), or one of them.""";
        var body = await call.Body<UserPatch>(Expected);
        var quota = body.Quota.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => (long?)null,
            JsonValueKind.Number when body.Quota.TryGetInt64(out var octets) => octets,
            _ => throw new UnreadableException(StatusCodes.Status400BadRequest, "The quota is a number of octets, or null for none."),
        };
        var people = call.Get<People>();
        var address = call.Part("address");
        var refusal = await people.Update(address, body.Name, quota, body.Quota.ValueKind != JsonValueKind.Undefined, call.Actor, call.Cancellation);
        return refusal is null ? await Get(call) : AdminProblem.Of(refusal);
    }

    static async Task<IResult> Remove(AdminCall call) => AdminProblem.Answer(await call.Get<People>().Remove(call.Part("address"), call.Actor, call.Cancellation));

    static async Task<IResult> SetPassword(AdminCall call)
    {
        var body = await call.Body<PasswordIn>("""an object with the member "password", or without it to have one made.""");
        var password = body.Password ?? Passwords.Generate();
        var refusal = await call.Get<People>().SetPassword(call.Part("address"), password, call.Actor, call.Cancellation);
        return refusal is not null ? AdminProblem.Of(refusal) : body.Password is null ? AdminJson.Ok(new PasswordOut(password)) : Results.NoContent();
    }

    static async Task<IResult> Disable(AdminCall call) => AdminProblem.Answer(await call.Get<People>().Disable(call.Part("address"), call.Actor, call.Cancellation));

    static async Task<IResult> Enable(AdminCall call) => AdminProblem.Answer(await call.Get<People>().Enable(call.Part("address"), call.Actor, call.Cancellation));

    static UserOut Out(Person person, string? password = null) => new(
        person.Account.ToString(), person.Address, person.Name, person.Aliases, person.IsAdministrator, person.IsDisabled, person.HasSecondFactor, person.Quota, person.CreatedAt, password);

    sealed record UserIn(string Address, string? Name = null, string? Password = null, bool IsAdministrator = false, long? Quota = null);

    sealed record UserPatch(string? Name = null, JsonElement Quota = default);

    sealed record PasswordIn(string? Password = null);

    sealed record PasswordOut(string Password);

    /// <summary>A person. The password is there once, in the answer that made it.</summary>
    sealed record UserOut(
        string Id, string Address, string Name, IReadOnlyList<string> Aliases, bool IsAdministrator, bool IsDisabled, bool HasSecondFactor, long? Quota, DateTimeOffset CreatedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Password);
}
