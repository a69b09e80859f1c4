namespace Bastide.Identity.Pages;

/// <summary>What the account pages say.</summary>
sealed partial class Texts
{
    public string Account => Say("Your account", "Votre compte");
    public string Navigation => Say("Sections of your account", "Rubriques de votre compte");
    public string Profile => Say("Profile", "Profil");
    public string Name => Say("Name", "Nom");
    public string OtherAddresses => Say("Other addresses", "Autres adresses");
    public string None => Say("None", "Aucune");
    public string TeamsLabel => Say("Teams", "Équipes");
    public string ProfileHint => Say("Your administrator keeps your name and addresses.", "Votre administrateur gère votre nom et vos adresses.");
    public string Security => Say("Security at a glance", "Sécurité en bref");
    public string PasswordChanged(DateTimeOffset at) => Say($"Changed on {Date(at)}", $"Changé le {Date(at)}");
    public string On => Say("On", "Activée");
    public string Off => Say("Off", "Désactivée");
    public string Manage => Say("Manage", "Gérer");
    public string ManageIt(string what) => Say($"Manage: {what}", $"Gérer : {what}");
    public string PasskeyCount(int count) => count switch
    {
        0 => Say("None yet", "Aucune pour l’instant"),
        1 => Say("One passkey", "Une clé d’accès"),
        _ => Say($"{count} passkeys", $"{count} clés d’accès"),
    };

    public string Done => Say("Done.", "C’est fait.");

    public string ChangePassword => Say("Change the password", "Changer le mot de passe");
    public string ChangePasswordLead => Say(
        "All other browsers, applications and mail programs that use your password are signed out. Programs with their own app password go on, unless you say otherwise.",
        "Tous les autres navigateurs, applications et logiciels de messagerie utilisant votre mot de passe sont déconnectés. Ceux qui ont leur propre mot de passe d’application continuent, sauf si vous en décidez autrement.");
    public string CurrentPassword => Say("Current password", "Mot de passe actuel");
    public string NewPassword => Say("New password", "Nouveau mot de passe");
    public string NewPasswordHint(int shortest) => Say($"{shortest} characters or more. A few unrelated words are easy to remember and hard to guess.", $"{shortest} caractères ou plus. Quelques mots sans rapport se retiennent bien et se devinent mal.");
    public string RepeatPassword => Say("New password again", "Nouveau mot de passe, une seconde fois");
    public string NotTheSame => Say("The two new passwords are not the same.", "Les deux nouveaux mots de passe diffèrent.");
    public string WrongCurrentPassword => Say("The current password is not right.", "Le mot de passe actuel est incorrect.");
    public string PasswordTooShort(int shortest) => Say($"The password is too short: use {shortest} characters or more.", $"Le mot de passe est trop court : {shortest} caractères ou plus.");
    public string PasswordGuessed => Say("This password is one of the first that are tried: choose another.", "Ce mot de passe est parmi les premiers essayés : choisissez-en un autre.");
    public string AlsoRemovePasskeys => Say("Remove my passkeys too", "Supprimer aussi mes clés d’accès");

    public string AlsoEndAppPasswords => Say("End my app passwords too", "Mettre fin aussi à mes mots de passe d’application");
    public string PasswordIsChanged => Say("Your password is changed, and other sessions have ended.", "Votre mot de passe est changé et les autres sessions sont terminées.");

    public string TwoStep => Say("Two-step sign-in", "Connexion en deux étapes");
    public string TwoStepLead => Say("A code from an app on your phone, asked for after your password. Whoever learns your password still cannot get in.", "Un code d’une application de votre téléphone, demandé après votre mot de passe. Qui apprend votre mot de passe n’entre pas pour autant.");
    public string TwoStepOffHint => Say("Mail programs that cannot ask for a code then need an app password each.", "Les logiciels de messagerie qui ne savent pas demander de code auront alors besoin d’un mot de passe d’application chacun.");
    public string SetUp => Say("Set it up", "Configurer");
    public string ScanTitle => Say("Scan this with your authenticator app", "Scannez ceci avec votre application d’authentification");
    public string ScanAlt => Say("QR code with the key below", "Code QR contenant la clé ci-dessous");
    public string OrTypeKey => Say("Or type this key into the app:", "Ou saisissez cette clé dans l’application :");
    public string ThenCode => Say("Then enter the code the app shows", "Saisissez ensuite le code affiché");
    public string TurnOn => Say("Turn on", "Activer");
    public string TurnOff => Say("Turn off", "Désactiver");
    public string TurnOffLead => Say("Enter a code of your app, or a recovery code. From then on your password alone signs you in.", "Saisissez un code de votre application, ou un code de secours. Votre mot de passe suffira ensuite pour vous connecter.");
    public string TwoStepIsOn => Say("Two-step sign-in is on.", "La connexion en deux étapes est activée.");
    public string TwoStepIsOff => Say("Two-step sign-in is off.", "La connexion en deux étapes est désactivée.");
    public string RecoveryCodes => Say("Recovery codes", "Codes de secours");
    public string RecoveryCodesShown => Say("Keep these where you will find them without your phone. Each works once. They are not shown again.", "Gardez-les là où vous les retrouverez sans votre téléphone. Chacun sert une fois. Ils ne seront plus affichés.");
    public string RecoveryCodesLeft(long count) => Say($"{count} left. New ones replace those you have.", $"Il en reste {count}. De nouveaux remplacent ceux que vous avez.");
    public string NewCodes => Say("Make new codes", "Créer de nouveaux codes");
    public string IHaveKeptThem => Say("I have kept them", "Je les ai conservés");

    public string PasskeysTitle => Say("Passkeys", "Clés d’accès");
    public string PasskeysLead => Say("Sign in with your fingerprint, your face or a security key, without any password.", "Connectez-vous avec votre empreinte, votre visage ou une clé de sécurité, sans mot de passe.");
    public string NoPasskeys => Say("You have none yet.", "Vous n’en avez pas encore.");
    public string PasskeyName => Say("What to call it", "Comment l’appeler");
    public string AddPasskey => Say("Add a passkey", "Ajouter une clé d’accès");
    public string PasskeyAdded => Say("The passkey is added.", "La clé d’accès est ajoutée.");
    public string PasskeyNotAdded => Say("The passkey could not be added.", "La clé d’accès n’a pas pu être ajoutée.");
    public string PasskeysNeedScript => Say("Adding a passkey needs JavaScript, and a browser that knows passkeys.", "Ajouter une clé d’accès demande JavaScript et un navigateur qui les connaît.");
    public string Remove => Say("Remove", "Retirer");
    public string RemoveIt(string what) => Say($"Remove {what}", $"Retirer {what}");
    public string LastUsed => Say("last used", "dernière utilisation");
    public string NeverUsed => Say("not used yet", "pas encore utilisée");
    public string NotUsedYet => Say("not used yet", "pas encore utilisé");
    public string MadeOn(DateTimeOffset at) => Say($"made on {Date(at)}", $"créée le {Date(at)}");

    public string SessionsTitle => Say("Sessions and devices", "Sessions et appareils");
    public string SessionsLead => Say("Everything that is signed in as you. End what you do not know, then change your password.", "Tout ce qui est connecté en votre nom. Mettez fin à ce que vous ne connaissez pas, puis changez de mot de passe.");
    public string ThisBrowser => Say("this browser", "ce navigateur");
    public string End => Say("End", "Mettre fin");
    public string EndIt(string what) => Say($"End {what}", $"Mettre fin à {what}");
    public string EndOthers => Say("End all others", "Mettre fin à toutes les autres");
    public string EndOthersHint => Say("App passwords end with them: their programs will need new ones.", "Les mots de passe d’application prennent fin aussi : leurs logiciels en demanderont de nouveaux.");
    public string Ended => Say("The session has ended.", "La session est terminée.");
    public string EndedOthers => Say("All other sessions have ended.", "Toutes les autres sessions sont terminées.");
    public string From(string address) => address.Length == 0 ? "" : Say($" · from {address}", $" · depuis {address}");
    public string KindOf(SessionKind kind, string? clientId) => kind switch
    {
        SessionKind.Browser => Say("Browser", "Navigateur"),
        SessionKind.Authorization when clientId == FirstParty.WebClientId => Say("Bastide in a browser", "Bastide dans un navigateur"),
        SessionKind.Authorization => Say("Application", "Application"),
        SessionKind.AppPassword => Say("App password", "Mot de passe d’application"),
        _ => Say("Program with your password", "Logiciel avec votre mot de passe"),
    };

    public string AppPasswordsTitle => Say("App passwords", "Mots de passe d’application");
    public string AppPasswordsLead => Say("One for each mail or calendar program, so that none of them knows your own password and each can be ended alone.", "Un pour chaque logiciel de messagerie ou d’agenda : aucun ne connaît votre propre mot de passe, et l’on peut mettre fin à chacun séparément.");
    public string NoAppPasswords => Say("You have none.", "Vous n’en avez pas.");
    public string NewAppPassword => Say("New app password", "Nouveau mot de passe d’application");
    public string Label => Say("For which program or device", "Pour quel logiciel ou appareil");
    public string LabelHint => Say("For example: Thunderbird on the laptop", "Par exemple : Thunderbird sur le portable");
    public string MayUse => Say("It may use", "Il peut utiliser");
    public string Make => Say("Make it", "Créer");
    public string AppPasswordShown(string label) => Say($"The password for {label}", $"Le mot de passe pour {label}");
    public string AppPasswordShownLead(string address) => Say($"Type it into the program with your address {address}. It is not shown again.", $"Saisissez-le dans le logiciel avec votre adresse {address}. Il ne sera plus affiché.");
    public string AppPasswordRefused => Say("Give it a name of 1 to 100 characters and choose at least one app.", "Donnez-lui un nom de 1 à 100 caractères et choisissez au moins une application.");
    public string AppPasswordsFull => Say("You have as many app passwords as there can be: end some first.", "Vous avez autant de mots de passe d’application que possible : mettez d’abord fin à certains.");
    public string EveryApp => Say("Every app", "Toutes les applications");
    public string AppName(string scope) => scope switch
    {
        "mail" => Say("Mail", "Courrier"),
        "calendar" => Say("Calendars", "Agendas"),
        "contacts" => Say("Contacts", "Contacts"),
        "files" => Say("Files", "Fichiers"),
        "chat" => Say("Chat", "Discussions"),
        _ => scope,
    };

    public string Date(DateTimeOffset at) => at.ToString("d MMMM yyyy", Culture);

    public string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var passed = now - at;
        if (passed < TimeSpan.FromMinutes(1)) return Say("just now", "à l’instant");
        if (passed < TimeSpan.FromHours(1)) return Say($"{passed.Minutes} min ago", $"il y a {passed.Minutes} min");
        if (passed < TimeSpan.FromDays(1)) return Say($"{passed.Hours} h ago", $"il y a {passed.Hours} h");
        return Say($"on {Date(at)}", $"le {Date(at)}");
    }

    public string DateAndTime(DateTimeOffset at) => at.ToString(_french ? "d MMMM yyyy 'à' HH:mm 'UTC'" : "d MMMM yyyy, HH:mm 'UTC'", Culture);
}
