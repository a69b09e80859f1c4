using System.Net;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages.Account;

/// <summary><c>/account/password</c>: changes the password; the current one is asked for, so signing in again is not.</summary>
sealed class PasswordPage(AccountFrame frame, OwnPassword own, BrowserSessions browser, BastideSettings settings)
{
    const string Path = "/account/password";

    public Task<IResult> Show(HttpContext context) =>
        frame.Show(context, visitor => Task.FromResult(Form(visitor, null, context.Request.Query.ContainsKey("done") ? visitor.Texts.PasswordIsChanged : null)));

    public Task<IResult> Post(HttpContext context) => frame.Post(context, fresh: false, async (visitor, form) =>
    {
        var texts = visitor.Texts;
        if (!PlaintextRule.Allows(context, settings)) return Page.Message(context, texts.PlaintextTitle, texts.PlaintextText, StatusCodes.Status403Forbidden);
        var replacement = form["new"].ToString();
        if (replacement != form["repeat"].ToString()) return Form(visitor, texts.NotTheSame);
        if (Passwords.Check(replacement, visitor.Person.Address) is not null) return Form(visitor, replacement.Length < Passwords.Shortest ? texts.PasswordTooShort(Passwords.Shortest) : texts.PasswordGuessed);
        var remote = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        var outcome = await own.Change(visitor.Person, visitor.Session.Id, form["current"].ToString(), replacement, form.ContainsKey("app-passwords"), form.ContainsKey("passkeys"), remote, browser.Device(context), visitor.Cancellation);
        return outcome.Failure switch
        {
            SignInFailure.None => AccountFrame.SeeOther(context, Path, "1"),
            SignInFailure.TooMany => Form(visitor, texts.TooMany(outcome.RetryAfter), status: StatusCodes.Status429TooManyRequests),
            _ => Form(visitor, texts.WrongCurrentPassword),
        };
    });

    static IResult Form(Visitor visitor, string? alert, string? done = null, int? status = null)
    {
        var texts = visitor.Texts;
        return AccountFrame.Render(visitor, Path, texts.ChangePassword, Html.Of($"""
            <section>
            <p>{texts.ChangePasswordLead}</p>
            {Page.Alert(alert)}
            <form method="post" action="{Path}">
            {Page.AntiforgeryField(visitor.Context)}
            <input type="hidden" name="username" autocomplete="username" value="{visitor.Person.Address}">
            <label for="current">{texts.CurrentPassword}</label>
            <input id="current" name="current" type="password" autocomplete="current-password" required maxlength="{Passwords.Longest}">
            <label for="new">{texts.NewPassword}</label>
            <input id="new" name="new" type="password" autocomplete="new-password" required minlength="{Passwords.Shortest}" maxlength="{Passwords.Longest}" aria-describedby="new-hint">
            <p class="hint" id="new-hint">{texts.NewPasswordHint(Passwords.Shortest)}</p>
            <label for="repeat">{texts.RepeatPassword}</label>
            <input id="repeat" name="repeat" type="password" autocomplete="new-password" required maxlength="{Passwords.Longest}">
            <label class="check"><input type="checkbox" name="app-passwords" value="end">{texts.AlsoEndAppPasswords}</label>
            <label class="check"><input type="checkbox" name="passkeys" value="remove">{texts.AlsoRemovePasskeys}</label>
            <div class="buttons"><button class="button primary" type="submit">{texts.ChangePassword}</button></div>
            </form>
            </section>
            """), done, status ?? (alert is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest));
    }
}
