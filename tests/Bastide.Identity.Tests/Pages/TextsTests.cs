using System.Reflection;
using Bastide.Identity.Pages;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Tests.Pages;

public sealed class TextsTests
{
    /// <summary>Words that are the same in both languages.</summary>
    static readonly string[] Same = ["Code"];

    [Fact]
    public void Every_text_is_there_in_both_languages_and_is_not_the_same()
    {
        var (english, french) = (In("en"), In("fr"));
        var texts = typeof(Texts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string) && p.Name != nameof(Texts.Language)).ToList();
        texts.Count.ShouldBeGreaterThan(100);
        foreach (var text in texts)
        {
            var (one, other) = ((string)text.GetValue(english)!, (string)text.GetValue(french)!);
            one.ShouldNotBeNullOrWhiteSpace(text.Name);
            if (!Same.Contains(text.Name)) other.ShouldNotBe(one, text.Name);
            // French puts an apostrophe that is one, as print does.
            other.ShouldNotContain("'", customMessage: text.Name);
        }
    }

    [Theory]
    [InlineData("fr", null, null, "fr")]
    [InlineData("de", null, null, "en")]
    [InlineData("de, fr;q=0.8, en;q=0.5", null, null, "fr")]
    [InlineData("en", null, "fr", "fr")]
    [InlineData("en", "fr-CA", null, "fr")]
    [InlineData("fr", "de en", "fr", "en")]
    public void The_language_is_what_was_asked_for_then_what_was_kept_then_what_the_browser_prefers(string accepted, string? asked, string? kept, string expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = accepted;
        if (asked is not null) context.Request.QueryString = QueryString.Create("ui_locales", asked);
        if (kept is not null) context.Request.Headers.Cookie = "bastide-language=" + kept;
        Texts.For(context).Language.ShouldBe(expected);
    }

    static Texts In(string language)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = language;
        return Texts.For(context);
    }
}
