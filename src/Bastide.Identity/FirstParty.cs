namespace Bastide.Identity;

/// <summary>The application that comes with the workplace: the web client.</summary>
static class FirstParty
{
    /// <summary>Its OAuth 2.0 <c>client_id</c>.</summary>
    public const string WebClientId = "bastide-web";

    /// <summary>Its name in lists of sessions.</summary>
    public const string WebClientName = "Bastide";
}
