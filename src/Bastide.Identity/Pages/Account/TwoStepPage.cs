using System.Net;
using System.Security.Cryptography;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Credentials;
using Bastide.Identity.Store;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using QRCoder;

namespace Bastide.Identity.Pages.Account;

/// <summary><c>/account/two-step</c>: the authenticator app and the recovery codes.</summary>
sealed class TwoStepPage(AccountFrame frame, SecondFactor secondFactor, Domains domains, Database database, IDataProtectionProvider protection)
{
    const string Path = "/account/two-step";
    static readonly TimeSpan SetUpLasts = TimeSpan.FromMinutes(15);
    readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Bastide.Identity.TotpSetUp").ToTimeLimitedDataProtector();

    public Task<IResult> Show(HttpContext context) => frame.ShowFresh(context, async visitor =>
    {
        var left = await database.Read(scope => PersonTable.CountRecoveryCodes(scope, visitor.Person.Account), visitor.Cancellation);
        return Overview(visitor, left, context.Request.Query["done"] == "off" ? visitor.Texts.TwoStepIsOff : null);
    });

    /// <summary>Shows a new key to scan.</summary>
    public Task<IResult> SetUp(HttpContext context) => frame.Post(context, fresh: true, (visitor, _) =>
        Task.FromResult(visitor.Person.HasSecondFactor ? AccountFrame.SeeOther(context, Path) : Scan(visitor, Totp.NewKey(), null)));

    /// <summary>Turns it on once the app has shown that it has the key.</summary>
    public Task<IResult> TurnOn(HttpContext context) => frame.Post(context, fresh: true, async (visitor, form) =>
    {
        if (visitor.Person.HasSecondFactor || Read(form["key"].ToString(), visitor) is not { } key) return AccountFrame.SeeOther(context, Path);
        if (!secondFactor.IsCodeOf(key, form["code"].ToString())) return Scan(visitor, key, visitor.Texts.WrongCode);
        var codes = await secondFactor.TurnOn(visitor.Person.Account, key, visitor.Actor, visitor.Session.Id, visitor.Cancellation);
        return Codes(visitor, codes, visitor.Texts.TwoStepIsOn);
    });

    /// <summary>Turns it off, for a code: a browser left open is not enough.</summary>
    public Task<IResult> TurnOff(HttpContext context) => frame.Post(context, fresh: true, async (visitor, form) =>
    {
        if (!visitor.Person.HasSecondFactor) return AccountFrame.SeeOther(context, Path);
        var remote = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        var verdict = await secondFactor.Check(visitor.Person, form["code"].ToString(), remote, null, visitor.Cancellation);
        if (verdict.Failure != SignInFailure.None)
        {
            var left = await database.Read(scope => PersonTable.CountRecoveryCodes(scope, visitor.Person.Account), visitor.Cancellation);
            return Overview(visitor, left, null, verdict.Failure == SignInFailure.TooMany ? visitor.Texts.TooMany(verdict.RetryAfter) : visitor.Texts.WrongCode);
        }

        await secondFactor.TurnOff(visitor.Person.Account, visitor.Actor, visitor.Cancellation);
        return AccountFrame.SeeOther(context, Path, "off");
    });

    /// <summary>Replaces the recovery codes.</summary>
    public Task<IResult> NewCodes(HttpContext context) => frame.Post(context, fresh: true, async (visitor, _) => visitor.Person.HasSecondFactor
        ? Codes(visitor, await secondFactor.RenewCodes(visitor.Person.Account, visitor.Actor, visitor.Cancellation), null)
        : AccountFrame.SeeOther(context, Path));

    static IResult Overview(Visitor visitor, long left, string? done, string? alert = null)
    {
        var texts = visitor.Texts;
        var status = alert is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        if (!visitor.Person.HasSecondFactor)
        {
            return AccountFrame.Render(visitor, Path, texts.TwoStep, Html.Of($"""
                <section>
                <p>{texts.TwoStepLead}</p>
                <p class="hint">{texts.TwoStepOffHint}</p>
                <form method="post" action="{Path}/set-up">{Page.AntiforgeryField(visitor.Context)}
                <div class="buttons"><button class="button primary" type="submit">{texts.SetUp}</button></div></form>
                </section>
                """), done, status);
        }

        return AccountFrame.Render(visitor, Path, texts.TwoStep, Html.Of($"""
            <section aria-labelledby="codes">
            <h2 id="codes">{texts.RecoveryCodes}</h2>
            <p>{texts.RecoveryCodesLeft(left)}</p>
            <form method="post" action="{Path}/codes">{Page.AntiforgeryField(visitor.Context)}
            <div class="buttons"><button class="button" type="submit">{texts.NewCodes}</button></div></form>
            </section>
            <section aria-labelledby="off">
            <h2 id="off">{texts.TurnOff}</h2>
            <p>{texts.TurnOffLead}</p>
            {Page.Alert(alert)}
            <form method="post" action="{Path}/off">{Page.AntiforgeryField(visitor.Context)}
            <label for="code">{texts.Code}</label>
            <input id="code" class="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required maxlength="40">
            <div class="buttons"><button class="button danger" type="submit">{texts.TurnOff}</button></div></form>
            </section>
            """), done ?? texts.TwoStepIsOn, status);
    }

    IResult Scan(Visitor visitor, byte[] key, string? alert)
    {
        var texts = visitor.Texts;
        var secret = _protector.Protect($"{visitor.Person.Account} {Convert.ToBase64String(key)}", SetUpLasts);
        var picture = PngByteQRCodeHelper.GetQRCode(Totp.Uri(key, domains.Primary, visitor.Person.Address), QRCodeGenerator.ECCLevel.M, 8);
        var spaced = string.Join(' ', Totp.ToBase32(key).Chunk(4).Select(group => new string(group)));
        return AccountFrame.Render(visitor, Path, texts.TwoStep, Html.Of($"""
            <section aria-labelledby="scan">
            <h2 id="scan">{texts.ScanTitle}</h2>
            <img class="qr" src="data:image/png;base64,{new Html(Convert.ToBase64String(picture))}" alt="{texts.ScanAlt}" width="200" height="200">
            <p>{texts.OrTypeKey}</p>
            <p class="secret">{spaced}</p>
            {Page.Alert(alert)}
            <form method="post" action="{Path}/on">{Page.AntiforgeryField(visitor.Context)}
            <input type="hidden" name="key" value="{secret}">
            <label for="code">{texts.ThenCode}</label>
            <input id="code" class="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required maxlength="10">
            <div class="buttons"><button class="button primary" type="submit">{texts.TurnOn}</button></div></form>
            </section>
            """), status: alert is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    static IResult Codes(Visitor visitor, IReadOnlyList<string> codes, string? done)
    {
        var texts = visitor.Texts;
        return AccountFrame.Render(visitor, Path, texts.RecoveryCodes, Html.Of($"""
            <section>
            <p>{texts.RecoveryCodesShown}</p>
            <ul class="codes">{codes.Select(code => Html.Of($"<li>{code}</li>"))}</ul>
            <div class="buttons"><a class="button primary" href="{Path}">{texts.IHaveKeptThem}</a></div>
            </section>
            """), done);
    }

    byte[]? Read(string text, Visitor visitor)
    {
        if (text.Length is 0 or > 1000) return null;
        try
        {
            return _protector.Unprotect(text).Split(' ') is [var account, var key] && account == visitor.Person.Account.ToString() ? Convert.FromBase64String(key) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
