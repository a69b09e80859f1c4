using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Bastide.Calendar.Links;

/// <summary>What the page of a published calendar says, in English and French: that of the address, else of <c>Accept-Language</c>.</summary>
sealed class PublishedTexts
{
    static readonly PublishedTexts English = new(false);
    static readonly PublishedTexts French = new(true);
    readonly bool _isFrench;
    readonly CultureInfo _culture;

    PublishedTexts(bool isFrench)
    {
        _isFrench = isFrench;
        _culture = CultureInfo.GetCultureInfo(isFrench ? "fr-FR" : "en-GB");
    }

    public string Language => _isFrench ? "fr" : "en";

    public PublishedTexts Other => _isFrench ? English : French;

    public string OtherName => _isFrench ? "English" : "Français";

    public string Subscribe => Say("Subscribe", "S’abonner");

    public string SubscribeText => Say("Your calendar then follows this one by itself.", "Votre agenda suivra celui-ci de lui-même.");

    public string Copy => Say("Copy the address", "Copier l’adresse");

    public string Copied => Say("Copied", "Copiée");

    public string Download => Say("Download", "Télécharger");

    public string Earlier => Say("Earlier", "Avant");

    public string Later => Say("Later", "Après");

    public string Today => Say("Today", "Aujourd’hui");

    public string Periods => Say("Weeks", "Semaines");

    public string Busy => Say("Busy", "Occupé");

    public string AllDay => Say("All day", "Toute la journée");

    public string Nothing => Say("Nothing is planned in these weeks.", "Rien n’est prévu durant ces semaines.");

    public string TooMuch => Say("There is more than fits on a page: subscribe to see all of it.", "Il y en a plus qu’une page n’en contient : abonnez-vous pour tout voir.");

    public string OnlyBusy => Say("Only busy times are shown here, and nothing else about them.", "Seules les heures occupées sont affichées ici, et rien d’autre.");

    public string GoneTitle => Say("Nothing is published here", "Rien n’est publié ici");

    public string GoneText => Say("The address may be mistyped, or the calendar is published no more. Ask whoever gave you the address.", "L’adresse est peut-être mal recopiée, ou l’agenda n’est plus publié. Demandez à la personne qui vous l’a donnée.");

    public string Skip => Say("Skip to the events", "Aller aux événements");

    public static PublishedTexts For(HttpContext context)
    {
        if (Known(context.Request.Query["lang"].ToString()) is { } asked) return asked;
        var accepted = context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(value => value, StringWithQualityHeaderValueComparer.QualityComparer);
        return accepted.Select(value => Known(value.Value.ToString())).FirstOrDefault(known => known is not null) ?? English;
    }

    public string Zone(string zone) => Say($"Times are those of {zone}.", $"Heures de {zone}.");

    /// <summary>A day as a heading: <c>Monday 2 June 2031</c>.</summary>
    public string Day(LocalDate day) => Capital(day.ToString(_isFrench ? "dddd d MMMM yyyy" : "dddd d MMMM yyyy", _culture));

    /// <summary>From one day to another.</summary>
    public string Days(LocalDate from, LocalDate to) => $"{from.ToString("d MMMM", _culture)} – {to.ToString("d MMMM yyyy", _culture)}";

    public string Until(LocalDate day) => Say("until ", "jusqu’au ") + day.ToString("d MMMM", _culture);

    string Say(string english, string french) => _isFrench ? french : english;

    string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], _culture) + text[1..];

    static PublishedTexts? Known(string tag) => tag.Split('-')[0].ToLowerInvariant() switch
    {
        "fr" => French,
        "en" => English,
        _ => null,
    };
}
