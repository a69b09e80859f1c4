using System.Globalization;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>A person's app passwords, sessions and second factor.</summary>
static class CredentialApi
{
    public static readonly AdminRoute[] Routes =
    [
        new("GET", "/users/{address}/app-passwords", "listAppPasswords", ListAppPasswords),
        new("POST", "/users/{address}/app-passwords", "addAppPassword", AddAppPassword),
        new("DELETE", "/users/{address}/app-passwords/{id}", "removeAppPassword", RemoveAppPassword),
        new("GET", "/users/{address}/sessions", "listSessions", ListSessions),
        new("DELETE", "/users/{address}/sessions", "endSessions", EndSessions),
        new("DELETE", "/users/{address}/sessions/{id}", "endSession", EndSession),
        new("DELETE", "/users/{address}/second-factor", "removeSecondFactor", RemoveSecondFactor),
    ];

    static async Task<IResult> ListAppPasswords(AdminCall call)
    {
        var limit = call.Limit;
        var before = call.Before;
        var found = await call.Get<AppPasswords>().List(call.Part("address"), call.Actor, call.Cancellation);
        if (!found.IsDone) return AdminProblem.Of(found.Refusal);
        // There are a hundred at most, so the page is cut here.
        return AdminJson.Ok(PageOf<AppPasswordOut>.Cut([.. found.Value.Where(p => p.Id < before)], limit, Out, p => Text(p.Id)));
    }

    static async Task<IResult> AddAppPassword(AdminCall call)
    {
        var body = await call.Body<AppPasswordIn>("""an object with the member "label" and, if wanted, "scopes", a list of apps.""");
        var address = call.Part("address");
        var made = await call.Get<AppPasswords>().Add(address, body.Label, body.Scopes ?? [], call.Actor, call.Cancellation);
        return AdminCall.Created(made, p => new NewAppPasswordOut(p.Id, p.Secret), p => $"/users/{Uri.EscapeDataString(address)}/app-passwords/{Text(p.Id)}");
    }

    static Task<IResult> RemoveAppPassword(AdminCall call) => End(call, session => session.Kind == SessionKind.AppPassword, "app password");

    static async Task<IResult> ListSessions(AdminCall call)
    {
        var limit = call.Limit;
        var before = call.Before;
        try
        {
            // Where somebody signs in from is for those alone who could end it.
            var rows = await call.Get<Database>().Read(async scope => await SessionTable.Page(scope, (await People.Changeable(scope, call.Part("address"), call.Actor)).Account, before, limit + 1), call.Cancellation);
            return AdminJson.Ok(PageOf<SessionOut>.Cut(rows, limit, Out, s => Text(s.Id)));
        }
        catch (RefusedException refused)
        {
            return AdminProblem.Of(refused.Refusal);
        }
    }

    static Task<IResult> EndSession(AdminCall call) => End(call, _ => true, "session");

    /// <summary>Ends everything but app passwords, which are ended one by one.</summary>
    static async Task<IResult> EndSessions(AdminCall call)
    {
        var sessions = call.Get<Sessions>();
        return AdminProblem.Answer(await call.Get<Database>().Try(async scope =>
        {
            var person = await People.Changeable(scope, call.Part("address"), call.Actor);
            await sessions.EndAll(scope, person.Account, session => session.Kind != SessionKind.AppPassword, call.Actor);
        }, call.Cancellation));
    }

    static async Task<IResult> End(AdminCall call, Func<Session, bool> condition, string what)
    {
        var sessions = call.Get<Sessions>();
        return AdminProblem.Answer(await call.Get<Database>().Try(async scope =>
        {
            var person = await People.Changeable(scope, call.Part("address"), call.Actor);
            var session = call.NumberPart("id") is { } id ? await SessionTable.Find(scope, id) : null;
            if (session is null || session.Account != person.Account || !condition(session))
                throw new RefusedException(RefusalKind.NotFound, $"{person.Address} has no {what} {call.Part("id")}.");
            await sessions.End(scope, session, call.Actor);
        }, call.Cancellation));
    }

    static async Task<IResult> RemoveSecondFactor(AdminCall call) => AdminProblem.Answer(await call.Get<People>().RemoveSecondFactor(call.Part("address"), call.Actor, call.Cancellation));

    static AppPasswordOut Out(AppPassword p) => new(p.Id, p.Label, p.Scopes.Split(' '), p.CreatedAt, p.LastSeenAt, p.LastAddress);

    static SessionOut Out(Session s) => new(s.Id, s.Kind, s.Client, s.ClientId, s.Scopes.Split(' '), s.CreatedAt, s.LastSeenAt, s.LastAddress);

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    sealed record AppPasswordIn(string Label, IReadOnlyList<string>? Scopes = null);

    sealed record NewAppPasswordOut(long Id, string Password);

    sealed record AppPasswordOut(long Id, string Label, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string LastAddress);

    sealed record SessionOut(long Id, SessionKind Kind, string Client, string? ClientId, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string LastAddress);
}
