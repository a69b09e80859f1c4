using System.Globalization;
using System.Text;

namespace Bastide.Platform.Search;

/// <summary>
/// Cuts a text into words and folds them, so that both engines index and look for the very same tokens: lower case,
/// without accents, ligatures in letters. Where a script writes without spaces each character is a word, and a run of
/// them a phrase. A word longer than <see cref="LongestWord"/> is cut.
/// </summary>
ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer)
{
    public const int LongestWord = 64;
    const string Separator = " ";
    const string Nothing = "";

    // What each character of the basic plane becomes; filled as they come. A lost write is only computed again.
    static readonly string?[] Folded = new string?[0x10000];
    readonly ReadOnlySpan<char> _text = text;
    readonly Span<char> _buffer = buffer;
    int _position;

    /// <summary>Where the word begins in the text.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public readonly int End => _position;

    /// <summary>The folded word.</summary>
    public ReadOnlySpan<char> Word { get; private set; }

    /// <summary>Goes to the next word; false at the end of the text.</summary>
    public bool Next()
    {
        var length = 0;
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (char.IsAscii(c))
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    if (length == 0) Start = _position;
                    if (length < LongestWord) _buffer[length++] = (char)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c);
                    _position++;
                    continue;
                }

                if (length > 0) break;
                _position++;
                continue;
            }

            var status = Rune.DecodeFromUtf16(_text[_position..], out var rune, out var consumed);
            var folded = status == System.Buffers.OperationStatus.Done ? Fold(rune) : Separator;
            if (folded == Separator)
            {
                if (length > 0) break;
                _position += consumed;
                continue;
            }

            var alone = StandsAlone(rune.Value) && !IsMark(rune);
            if (alone && length > 0) break;
            if (length == 0) Start = _position;
            if (length + folded.Length <= LongestWord)
            {
                folded.CopyTo(_buffer[length..]);
                length += folded.Length;
            }

            _position += consumed;
            if (alone && length > 0)
            {
                TakeMarks(ref length);
                break;
            }
        }

        Word = _buffer[..length];
        return length > 0;
    }

    void TakeMarks(ref int length)
    {
        while (_position < _text.Length && Rune.DecodeFromUtf16(_text[_position..], out var rune, out var consumed) == System.Buffers.OperationStatus.Done && IsMark(rune))
        {
            var folded = Fold(rune);
            if (length + folded.Length <= LongestWord)
            {
                folded.CopyTo(_buffer[length..]);
                length += folded.Length;
            }

            _position += consumed;
        }
    }

    static string Fold(Rune rune)
    {
        if (!rune.IsBmp) return Compute(rune);
        return Folded[rune.Value] ??= Compute(rune);
    }

    static string Compute(Rune rune)
    {
        if (rune.Value is 'ß' or 'ẞ') return "ss";
        if (rune.Value is 'æ' or 'Æ' or 'ǽ' or 'Ǽ') return "ae";
        if (rune.Value is 'œ' or 'Œ') return "oe";
        if (rune.Value is 'ø' or 'Ø') return "o";
        if (rune.Value is 'đ' or 'Đ' or 'ð' or 'Ð') return "d";
        if (rune.Value is 'ł' or 'Ł') return "l";
        if (rune.Value is 'þ' or 'Þ') return "th";
        if (rune.Value is 'ı' or 'İ') return "i";
        if (rune.Value is 'ς') return "σ";

        // The Arabic elongation and the invisible joiners change no word.
        if (rune.Value is 0x0640 or 0x200C or 0x200D or 0x00AD or 0x2060) return Nothing;
        if (!IsPartOfWord(rune)) return Separator;

        // A Hangul syllable stays whole: its parts would treble the index.
        var decomposed = rune.Value is >= 0xAC00 and <= 0xD7A3 ? rune.ToString() : rune.ToString().Normalize(NormalizationForm.FormKD);
        var folded = new StringBuilder();
        foreach (var part in decomposed.EnumerateRunes())
            if (IsPartOfWord(part) && !IsAccent(part.Value)) folded.Append(Rune.ToLowerInvariant(part).ToString());
        return folded.Length == 0 ? Nothing : string.Intern(folded.ToString());
    }

    static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber;

    static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Accents of Latin, Greek and Cyrillic, and the vowel points of Hebrew and Arabic; the vowel signs of Indic scripts are letters to their readers.</summary>
    static bool IsAccent(int value) => value is (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE00 and <= 0xFE2F)
        or (>= 0x0591 and <= 0x05C7) or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x0610 and <= 0x061A) or (>= 0x06D6 and <= 0x06ED);

    /// <summary>Scripts written without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.</summary>
    static bool StandsAlone(int value) => value is (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF66 and <= 0xFF9F) or (>= 0x20000 and <= 0x3FFFF) or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF);
}
