using System.Globalization;
using Bastide.Identity.Credentials;

namespace Bastide.Identity.Tests.Credentials;

public sealed class PasswordHashTests
{
    [Fact]
    public async Task A_password_is_kept_as_Argon2id_at_the_cost_OWASP_recommends_each_with_a_salt_of_its_own()
    {
        using var hash = new PasswordHash();
        var stored = await hash.Make("correct horse", default);
        stored.ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
        (await hash.Make("correct horse", default)).ShouldNotBe(stored);
        (await hash.Verify("correct horse", stored, default)).ShouldBe(PasswordVerdict.Right);
        (await hash.Verify("correct horsf", stored, default)).ShouldBe(PasswordVerdict.Wrong);
        (await hash.Verify("correct horse", null, default)).ShouldBe(PasswordVerdict.Wrong);
    }

    [Fact]
    public async Task A_hash_of_a_lower_cost_is_right_and_said_to_be_weak()
    {
        using var hash = new PasswordHash();
        (await hash.Verify("correct horse", Weak("correct horse"), default)).ShouldBe(PasswordVerdict.RightButWeaklyKept);
        (await hash.Verify("correct horsf", Weak("correct horse"), default)).ShouldBe(PasswordVerdict.Wrong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAA")]
    public async Task What_is_no_hash_is_nobodys_password(string stored)
    {
        using var hash = new PasswordHash();
        (await hash.Verify(stored, stored, default)).ShouldBe(PasswordVerdict.Wrong);
    }

    [Fact]
    public async Task Accents_are_the_same_however_the_keyboard_composes_them()
    {
        using var hash = new PasswordHash();
        var stored = await hash.Make("\u00e9t\u00e9 \u00e0 la mer", default);
        (await hash.Verify("e\u0301te\u0301 a\u0300 la mer", stored, default)).ShouldBe(PasswordVerdict.Right);
    }

    /// <summary>As a program of some years ago would have kept it: 8 MiB, three passes.</summary>
    public static string Weak(string password)
    {
        var salt = "saltsaltsaltsalt"u8.ToArray();
        var algorithm = new NSec.Cryptography.Argon2id(new NSec.Cryptography.Argon2Parameters { DegreeOfParallelism = 1, MemorySize = 8192, NumberOfPasses = 3 });
        var octets = algorithm.DeriveBytes(System.Text.Encoding.UTF8.GetBytes(password), salt, 32);
        return string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m=8192,t=3,p=1${Convert.ToBase64String(salt).TrimEnd('=')}${Convert.ToBase64String(octets).TrimEnd('=')}");
    }
}
