namespace Bastide.Mail.Import;

/// <summary>Another server to import from over IMAP.</summary>
/// <param name="Address"><c>imaps://host:port/</c>, or <c>imap://</c>, which begins TLS where the server offers it.</param>
/// <param name="User">The user name there.</param>
/// <param name="Password">The password there.</param>
public sealed record ImportServer(Uri Address, string User, string Password)
{
    /// <summary>Names it without its password.</summary>
    public override string ToString() => $"{Address.Scheme}://{User}@{Address.Authority}";
}
