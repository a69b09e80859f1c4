using Bastide.Identity.Store;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages.Account;

/// <summary>Whoever looks at their account.</summary>
sealed record Visitor(HttpContext Context, LiveSession Session, PersonCredentials Person, Texts Texts)
{
    public Actor Actor { get; } = Actor.Self(Person.Account, Person.Address, Context.Connection.RemoteIpAddress);

    public CancellationToken Cancellation => Context.RequestAborted;
}
