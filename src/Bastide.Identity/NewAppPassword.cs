namespace Bastide.Identity;

/// <summary>An app password just made; the secret is shown this once and kept nowhere.</summary>
/// <param name="Id">Its number: that of its session, which ending revokes it.</param>
/// <param name="Secret">What to type into the application. Blanks, dashes and the case of letters do not matter.</param>
public sealed record NewAppPassword(long Id, string Secret);
