using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Admin;

/// <summary>A person's app passwords, sessions and second factor.</summary>
static class CredentialApi
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/app-passwords", ListAppPasswords).WithName("listAppPasswords").WithSummary("App passwords, the newest first").Produces<PageOf<AppPasswordOut>>().ProducesProblem(404);
        group.MapPost("/app-passwords", AddAppPassword).WithName("addAppPassword").WithSummary("Make an app password; the secret is answered once").Produces<NewAppPasswordOut>(201).ProducesProblem(404).ProducesProblem(422);
        group.MapGet("/sessions", ListSessions).WithName("listSessions").WithSummary("Everything that is signed in as the person").Produces<PageOf<SessionOut>>().ProducesProblem(404);
        group.MapDelete("/sessions/{id:long}", EndSession).WithName("endSession").WithSummary("End a session; the session of an app password is the app password").Produces(204).ProducesProblem(404);
        group.MapDelete("/sessions", EndSessions).WithName("endSessions").WithSummary("End all sessions; app passwords stay").Produces(204).ProducesProblem(404);
        group.MapDelete("/second-factor", RemoveSecondFactor).WithName("removeSecondFactor").WithSummary("Take the second factor away, for somebody who lost it").Produces(204).ProducesProblem(404);
    }

    static async Task<IResult> ListAppPasswords(HttpContext context, AppPasswords appPasswords, string address)
    {
        var found = await appPasswords.List(address, context.Actor(), context.RequestAborted);
        return found.IsDone
            ? Results.Ok(new PageOf<AppPasswordOut>([.. found.Value.Select(p => new AppPasswordOut(p.Id, p.Label, p.Scopes.Split(' '), p.CreatedAt, p.LastSeenAt, p.LastAddress))], null))
            : found.Refusal.Problem();
    }

    static async Task<IResult> AddAppPassword(HttpContext context, AppPasswords appPasswords, string address, AppPasswordIn body)
    {
        var made = await appPasswords.Add(address, body.Label, body.Scopes ?? [], context.Actor(), context.RequestAborted);
        return made.IsDone ? Results.Created((string?)null, new NewAppPasswordOut(made.Value.Id, made.Value.Secret)) : made.Refusal.Problem();
    }

    static async Task<IResult> ListSessions(HttpContext context, People people, Sessions sessions, string address)
    {
        var found = await people.Find(address, context.Actor(), context.RequestAborted);
        if (!found.IsDone) return found.Refusal.Problem();
        var open = await sessions.Of(found.Value.Account, context.RequestAborted);
        return Results.Ok(new PageOf<SessionOut>(
            [.. open.Select(s => new SessionOut(s.Id, s.Kind.ToString(), s.Client, s.ClientId, s.Scopes.Split(' '), s.CreatedAt, s.LastSeenAt, s.LastAddress))], null));
    }

    static async Task<IResult> EndSession(HttpContext context, People people, Sessions sessions, string address, long id)
    {
        var found = await people.Find(address, context.Actor(), context.RequestAborted);
        if (!found.IsDone) return found.Refusal.Problem();
        return await sessions.End(found.Value.Account, id, context.Actor(), context.RequestAborted)
            ? Results.NoContent()
            : new Refusal(RefusalKind.NotFound, $"{found.Value.Address} has no session {id}.").Problem();
    }

    static async Task<IResult> EndSessions(HttpContext context, People people, Sessions sessions, Platform.Db.Database database, string address)
    {
        var found = await people.Find(address, context.Actor(), context.RequestAborted);
        if (!found.IsDone) return found.Refusal.Problem();
        var actor = context.Actor();
        await database.Write(scope => sessions.EndAll(scope, found.Value.Account, session => session.Kind != SessionKind.AppPassword, actor), context.RequestAborted);
        return Results.NoContent();
    }

    static async Task<IResult> RemoveSecondFactor(HttpContext context, People people, string address) =>
        (await people.RemoveSecondFactor(address, context.Actor(), context.RequestAborted)).Answer();

    /// <summary>An app password to make; without scopes it is for every app.</summary>
    internal sealed record AppPasswordIn(string Label, IReadOnlyList<string>? Scopes = null);

    /// <summary>An app password just made.</summary>
    internal sealed record NewAppPasswordOut(long Id, string Secret);

    /// <summary>An app password.</summary>
    internal sealed record AppPasswordOut(long Id, string Label, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string LastAddress);

    /// <summary>A session.</summary>
    internal sealed record SessionOut(long Id, string Kind, string Client, string? ClientId, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string LastAddress);
}
