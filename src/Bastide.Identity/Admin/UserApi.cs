using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Admin;

/// <summary>People.</summary>
static class UserApi
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", List).WithName("listUsers").WithSummary("The people of your domains, by address").Produces<PageOf<UserOut>>();
        group.MapPost("/", Add).WithName("addUser").WithSummary("Add a person; without a password one is made and answered once").Produces<UserOut>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapGet("/{address}", Get).WithName("getUser").WithSummary("A person").Produces<UserOut>().ProducesProblem(404);
        group.MapPatch("/{address}", Patch).WithName("changeUser").WithSummary("Change what the body names: name, quota (null: none), isDisabled, password").Accepts<UserPatch>("application/json", "application/merge-patch+json").Produces<UserOut>().ProducesProblem(404).ProducesProblem(422);
        group.MapDelete("/{address}", Remove).WithName("removeUser").WithSummary("Remove a person and everything that is theirs").Produces(204).ProducesProblem(404).ProducesProblem(409);
        group.MapPost("/{address}/aliases", AddAlias).WithName("addUserAlias").WithSummary("Give one more address").Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        group.MapPut("/{address}/administrator", MakeAdministrator).WithName("makeAdministrator").WithSummary("Make an administrator of a domain, or of everything without one").Produces(204).ProducesProblem(404);
        group.MapDelete("/{address}/administrator", UnmakeAdministrator).WithName("unmakeAdministrator").WithSummary("Take that back").Produces(204).ProducesProblem(404).ProducesProblem(409);
    }

    static async Task<IResult> List(HttpContext context, People people, string? after, int? limit)
    {
        var most = AdminEndpoints.Limit(limit);
        var rows = await people.List(context.Actor(), after ?? "", most + 1, context.RequestAborted);
        return Results.Ok(PageOf<UserOut>.Cut(rows, most, person => Out(person), row => row.Address));
    }

    static async Task<IResult> Add(HttpContext context, People people, UserIn body)
    {
        var password = body.Password ?? Passwords.Generate();
        var added = await people.Add(
            new NewPerson(body.Address, body.Name ?? "", password) { IsAdministrator = body.IsAdministrator, Quota = body.Quota }, context.Actor(), context.RequestAborted);
        return added.IsDone
            ? Results.Created($"/admin/api/users/{added.Value.Address}", Out(added.Value, body.Password is null ? password : null))
            : added.Refusal.Problem();
    }

    static async Task<IResult> Get(HttpContext context, People people, string address)
    {
        var found = await people.Find(address, context.Actor(), context.RequestAborted);
        return found.IsDone ? Results.Ok(Out(found.Value)) : found.Refusal.Problem();
    }

    /// <summary>A merge patch (RFC 7396): what is not named stays.</summary>
    static async Task<IResult> Patch(HttpContext context, People people, string address)
    {
        JsonObject? patch;
        try
        {
            patch = await JsonNode.ParseAsync(new Oidc.BoundedStream(context.Request.Body, 16 * 1024), cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            patch = null;
        }

        if (patch is null || Unknown(patch) is not null || !TryRead(patch, out var change))
            return new Refusal(RefusalKind.Invalid, "Send a JSON object with any of name (text), quota (octets or null), isDisabled (true or false), password (text).").Problem();
        var actor = context.Actor();
        var cancellation = context.RequestAborted;
        var refusal = change.Name is not null || patch.ContainsKey("quota") ? await people.Update(address, change.Name, change.Quota, patch.ContainsKey("quota"), actor, cancellation) : null;
        if (refusal is null && change.Password is { } password) refusal = await people.SetPassword(address, password, actor, cancellation);
        if (refusal is null && change.IsDisabled is { } isDisabled) refusal = isDisabled ? await people.Disable(address, actor, cancellation) : await people.Enable(address, actor, cancellation);
        return refusal is null ? await Get(context, people, address) : refusal.Problem();
    }

    static async Task<IResult> Remove(HttpContext context, People people, string address) =>
        (await people.Remove(address, context.Actor(), context.RequestAborted)).Answer();

    static async Task<IResult> AddAlias(HttpContext context, People people, string address, AliasIn body) =>
        (await people.AddAlias(address, body.Address, context.Actor(), context.RequestAborted)).Answer();

    static async Task<IResult> MakeAdministrator(HttpContext context, People people, string address, string? domain) =>
        (await people.SetAdministrator(address, domain, true, context.Actor(), context.RequestAborted)).Answer();

    static async Task<IResult> UnmakeAdministrator(HttpContext context, People people, string address, string? domain) =>
        (await people.SetAdministrator(address, domain, false, context.Actor(), context.RequestAborted)).Answer();

    static string? Unknown(JsonObject patch) => patch.Select(p => p.Key).FirstOrDefault(key => key is not ("name" or "quota" or "isDisabled" or "password"));

    static bool TryRead(JsonObject patch, out UserPatch change)
    {
        change = new UserPatch(null, null, null, null);
        try
        {
            change = new UserPatch((string?)patch["name"], (long?)patch["quota"], (bool?)patch["isDisabled"], (string?)patch["password"]);
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    static UserOut Out(Person person, string? password = null) => new(
        person.Account.ToString(), person.Address, person.Name, person.Aliases, person.IsAdministrator, person.IsDisabled, person.HasSecondFactor, person.Quota, person.CreatedAt, password);

    /// <summary>A person to add.</summary>
    internal sealed record UserIn(string Address, string? Name = null, string? Password = null, bool IsAdministrator = false, long? Quota = null);

    /// <summary>What to change.</summary>
    internal sealed record UserPatch(string? Name, long? Quota, bool? IsDisabled, string? Password);

    /// <summary>An address to give.</summary>
    internal sealed record AliasIn(string Address);

    /// <summary>A person. The password is there once, in the answer that made it.</summary>
    internal sealed record UserOut(
        string Id, string Address, string Name, IReadOnlyList<string> Aliases, bool IsAdministrator, bool IsDisabled, bool HasSecondFactor, long? Quota, DateTimeOffset CreatedAt,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Password);
}
