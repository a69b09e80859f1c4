using System.Globalization;
using Bastide.Identity.Store;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages.Account;

/// <summary>Whoever looks at their account, and when.</summary>
sealed record Visitor(HttpContext Context, LiveSession Session, PersonCredentials Person, Texts Texts, DateTimeOffset Now)
{
    /// <summary>A moment as a person says it, with the exact one behind it.</summary>
    public Html Ago(DateTimeOffset at) => Html.Of($"""<time datetime="{at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" title="{Texts.DateAndTime(at)}">{Texts.Ago(at, Now)}</time>""");

    public Actor Actor { get; } = Actor.Self(Person.Account, Person.Address, Context.Connection.RemoteIpAddress);

    public CancellationToken Cancellation => Context.RequestAborted;
}
