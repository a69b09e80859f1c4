using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Bastide.Identity;

/// <summary>What a password must be, and passwords made by the program.</summary>
public static class Passwords
{
    /// <summary>The fewest characters. NIST SP 800-63B-4 §3.1.1.2 asks for 8 beside a second factor; most people here have none.</summary>
    public const int Shortest = 10;

    /// <summary>The most characters, so that nobody makes the server hash a book.</summary>
    public const int Longest = 256;

    // 32 letters and digits that are not mistaken for one another: five bits each.
    const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    static readonly FrozenSet<string> Guessed = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "1234567890", "0123456789", "9876543210", "0987654321", "12345678910", "1q2w3e4r5t", "1qaz2wsx3edc", "qwertyuiop", "azertyuiop", "qwertzuiop",
        "password12", "password123", "password1234", "passw0rd123", "motdepasse", "motdepasse1", "motdepasse123", "administrator", "adminadmin", "letmein123",
        "welcome123", "bienvenue1", "bienvenue123", "iloveyou123", "qwerty1234", "azerty1234", "azerty12345", "qwerty12345", "changeme123", "changeit123");

    /// <summary>A password of 100 random bits in five groups, easy to read out.</summary>
    public static string Generate() => Random(groups: 5, size: 4);

    /// <summary>Random letters in groups.</summary>
    internal static string Random(int groups, int size) =>
        string.Join('-', RandomNumberGenerator.GetItems<char>(Alphabet, groups * size).Chunk(size).Select(group => new string(group)));

    /// <summary>Why a password cannot be one, or null when it can.</summary>
    internal static Refusal? Check(string password, string address)
    {
        if (password.Length < Shortest) return new Refusal(RefusalKind.Invalid, $"The password is too short: use {Shortest} characters or more.");
        if (password.Length > Longest) return new Refusal(RefusalKind.Invalid, $"The password is too long: use {Longest} characters or fewer.");
        var local = address.Split('@')[0];
        var isGuessed = Guessed.Contains(password) || password.Distinct().Count() < 4
            || password.Equals(address, StringComparison.OrdinalIgnoreCase) || password.Equals(local, StringComparison.OrdinalIgnoreCase);
        return isGuessed ? new Refusal(RefusalKind.Invalid, "The password is one of those tried first: choose another.") : null;
    }

    /// <summary>The form an app password is compared in, or null for what cannot be one.</summary>
    internal static string? AppPasswordForm(string secret)
    {
        if (secret.Length > 40) return null;
        var form = new string([.. secret.Where(c => c is not ('-' or ' ')).Select(char.ToLowerInvariant)]);
        return form.Length == 20 && form.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? form : null;
    }
}
