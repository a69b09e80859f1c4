using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bastide.Identity.Pages;

/// <summary>
/// What the pages say, in English and French side by side. The language is that of <c>ui_locales</c> (OpenID Connect
/// Core 1.0 §3.1.2.1), which the web client and the pages' own link send; or what was chosen so before; or else that of
/// <c>Accept-Language</c>.
/// </summary>
sealed partial class Texts
{
    const string Cookie = "bastide-language";
    static readonly Texts English = new(false);
    static readonly Texts French = new(true);
    readonly bool _french;

    Texts(bool french) => _french = french;

    public string Language => _french ? "fr" : "en";

    public CultureInfo Culture => CultureInfo.GetCultureInfo(_french ? "fr-FR" : "en-GB");

    public Texts Other => _french ? English : French;

    /// <summary>The language's own name.</summary>
    public string LanguageName => Say("English", "Français");

    public static Texts For(HttpContext context)
    {
        if (Asked(context) is { } asked) return asked;
        if (context.Request.Cookies[Cookie] is { Length: 2 } kept && Known(kept) is { } before) return before;
        var accepted = context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(value => value, StringWithQualityHeaderValueComparer.QualityComparer);
        foreach (var language in accepted)
            if (Known(language.Value.ToString()) is { } known)
                return known;
        return English;
    }

    /// <summary>Remembers the language when it was asked for, for the pages that follow.</summary>
    public void Keep(HttpContext context)
    {
        if (Asked(context) is null || context.Request.Cookies[Cookie] == Language) return;
        context.Response.Cookies.Append(Cookie, Language, new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(400),
            IsEssential = true,
        });
    }

    static Texts? Asked(HttpContext context) =>
        context.Request.Query["ui_locales"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Known).FirstOrDefault(known => known is not null);

    static Texts? Known(string tag) => tag.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "fr" => French,
        "en" => English,
        _ => null,
    };

    string Say(string english, string french) => _french ? french : english;

    public string Skip => Say("Skip to the content", "Aller au contenu");
    public string Footer => Say("Served by your organisation's own workplace", "Servi par l’espace de travail de votre organisation");
    public string BackToWorkplace => Say("Back to the workplace", "Retour à l’espace de travail");
    public string StaleTitle => Say("This page is too old", "Cette page est trop ancienne");
    public string StaleText => Say("The form was open for too long, or cookies are off. Go back, load the page again and retry.", "Le formulaire est resté ouvert trop longtemps, ou les cookies sont désactivés. Revenez en arrière, rechargez la page et réessayez.");
    public string NotFoundTitle => Say("There is no such page", "Cette page n’existe pas");
    public string NotFoundText => Say("The link may be old, or the address mistyped.", "Le lien est peut-être ancien, ou l’adresse mal saisie.");
    public string FailedTitle => Say("Something went wrong here", "Un problème est survenu de notre côté");
    public string FailedText => Say("It is not your doing, and nothing was half done. Try again in a moment; if it goes on, tell your administrator.", "Vous n’y êtes pour rien, et rien n’a été fait à moitié. Réessayez dans un instant ; si cela persiste, prévenez votre administrateur.");
    public string PlaintextTitle => Say("This connection is not encrypted", "Cette connexion n’est pas chiffrée");
    public string PlaintextText => Say("Passwords are not taken over it. Use the https:// address of your workplace.", "Les mots de passe n’y sont pas acceptés. Utilisez l’adresse https:// de votre espace de travail.");

    // Signing in.
    public string SignIn => Say("Sign in", "Se connecter");
    public string SignInLead => Say("Use your account of this workplace.", "Utilisez votre compte de cet espace de travail.");
    public string Address => Say("Address", "Adresse");
    public string AddressHint(string domain) => Say($"name@{domain}, or just the name", $"nom@{domain}, ou seulement le nom");
    public string Password => Say("Password", "Mot de passe");
    public string UsePasskey => Say("Sign in with a passkey", "Se connecter avec une clé d’accès");
    public string Or => Say("or", "ou");
    public string WrongPassword => Say("The address or the password is not right.", "L’adresse ou le mot de passe est incorrect.");
    public string AccountDisabled => Say("This account is switched off. Ask your administrator.", "Ce compte est désactivé. Adressez-vous à votre administrateur.");
    public string WrongPasskey => Say("That passkey is not known here.", "Cette clé d’accès n’est pas connue ici.");
    public string PasskeyFailed => Say("The passkey could not be used.", "La clé d’accès n’a pas pu être utilisée.");
    public string SignInAgain => Say("Please confirm that it is you.", "Veuillez confirmer que c’est bien vous.");
    public string TooMany(TimeSpan wait)
    {
        var seconds = (long)Math.Ceiling(Math.Max(1, wait.TotalSeconds));
        return seconds < 90
            ? Say($"Too many attempts. Try again in {seconds} seconds.", $"Trop de tentatives. Réessayez dans {seconds} secondes.")
            : Say($"Too many attempts. Try again in {(seconds + 59) / 60} minutes.", $"Trop de tentatives. Réessayez dans {(seconds + 59) / 60} minutes.");
    }

    public string CodeTitle => Say("Enter your code", "Saisissez votre code");
    public string CodeLead => Say("The six digits that your authenticator app shows, or one of your recovery codes.", "Les six chiffres affichés par votre application d’authentification, ou l’un de vos codes de secours.");
    public string Code => Say("Code", "Code");
    public string WrongCode => Say("That code is not right, or was used before.", "Ce code est incorrect, ou a déjà servi.");
    public string Continue => Say("Continue", "Continuer");
    public string StartAgain => Say("Start again", "Recommencer");
    public string SignedOutTitle => Say("You are signed out", "Vous êtes déconnecté");
    public string SignedOutText => Say("See you soon. Close the browser if others use this computer.", "À bientôt. Fermez le navigateur si d’autres personnes utilisent cet ordinateur.");
    public string SignOutTitle => Say("Sign out?", "Se déconnecter ?");
    public string SignOutText => Say("This ends your session in this browser, the workplace's other tabs included.", "Votre session dans ce navigateur prendra fin, y compris dans les autres onglets de l’espace de travail.");
    public string SignOut => Say("Sign out", "Se déconnecter");
    public string StaySignedIn => Say("Stay signed in", "Rester connecté");

    // Consent and devices.
    public string ConsentTitle(string application) => Say($"Let {application} in?", $"Autoriser {application} ?");
    public string ConsentLead(string address) => Say($"This application wants to use your account {address}. It is not part of the workplace.", $"Cette application veut utiliser votre compte {address}. Elle ne fait pas partie de l’espace de travail.");
    public string ConsentMay => Say("It will be able to:", "Elle pourra :");
    public string ConsentGoesTo(string place) => Say($"Afterwards you go to {place}", $"Ensuite, vous irez vers {place}");
    public string ConsentDevice => Say("Only go on when you started this yourself, on a device in front of you.", "Ne continuez que si vous avez lancé cette demande vous-même, sur un appareil devant vous.");
    public string Allow => Say("Allow", "Autoriser");
    public string Deny => Say("Refuse", "Refuser");
    public string DeviceTitle => Say("Connect a device", "Connecter un appareil");
    public string DeviceLead => Say("Enter the code that the device shows.", "Saisissez le code affiché par l’appareil.");
    public string DeviceCode => Say("Code of the device", "Code de l’appareil");
    public string DeviceWrong => Say("That code is not right, or is too old. Ask the device for a new one.", "Ce code est incorrect ou périmé. Demandez-en un nouveau à l’appareil.");
    public string DeviceDoneTitle => Say("The device is connected", "L’appareil est connecté");
    public string DeviceDoneText => Say("Go back to it: it continues by itself. You can end its access in your account at any time.", "Retournez-y : il continue seul. Vous pouvez mettre fin à son accès à tout moment dans votre compte.");
    public string DeviceRefusedTitle => Say("The device was refused", "L’appareil a été refusé");
    public string DeviceRefusedText => Say("It has no access to your account.", "Il n’a pas accès à votre compte.");
    public string RefusedTitle => Say("This request cannot go on", "Cette demande ne peut pas continuer");
    public string RefusedText => Say("The application asked for something this workplace does not do:", "L’application a demandé quelque chose que cet espace de travail ne fait pas :");

    public string ScopeMeans(string scope) => scope switch
    {
        "openid" => Say("know who you are", "savoir qui vous êtes"),
        "profile" => Say("see your name", "voir votre nom"),
        "email" => Say("see your address", "voir votre adresse"),
        "offline_access" => Say("stay connected when you are away", "rester connectée en votre absence"),
        "mail" => Say("read, send and change your mail", "lire, envoyer et modifier votre courrier"),
        "calendar" => Say("see and change your calendars", "voir et modifier vos agendas"),
        "contacts" => Say("see and change your contacts", "voir et modifier vos contacts"),
        "files" => Say("see and change your files", "voir et modifier vos fichiers"),
        "chat" => Say("read and write your chats", "lire et écrire vos discussions"),
        "admin" => Say("administer the workplace in your name", "administrer l’espace de travail en votre nom"),
        _ => scope,
    };
}
