using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Bastide.Architecture.Tests;

/// <summary>What every source file keeps to.</summary>
public sealed partial class SourceTests
{
    const int LongestFile = 600;

    static readonly (string Path, string Text)[] Sources = [.. Repository.Files("src", "*.cs").Select(path => (path, Repository.Read(path)))];

    [Fact]
    public void No_file_is_longer_than_a_person_reads_in_one_go() =>
        Sources.Where(source => source.Text.Count(c => c == '\n') > LongestFile).Select(source => source.Path).ShouldBeEmpty();

    [Fact]
    public void A_file_holds_one_type_that_others_see() =>
        Sources.Where(source => PublicType().Count(source.Text) > 1).Select(source => source.Path).ShouldBeEmpty();

    [Fact]
    public void Names_of_types_say_what_a_thing_is() =>
        Sources.SelectMany(source => VagueType().Matches(source.Text).Select(match => $"{source.Path}: {match.Groups["name"].Value}")).ShouldBeEmpty();

    [Fact]
    public void The_time_comes_from_the_clock_that_is_given() => Without(SystemClock());

    [Fact]
    public void Nothing_blocks_a_thread_to_wait() => Without(Blocking());

    [Fact]
    public void Work_that_is_not_done_is_not_hinted_at() => Without(Unfinished());

    [Fact]
    public void Only_the_program_speaks_to_the_console() =>
        Found(SystemConsole()).Where(found => !found.StartsWith("src/Bastide/", StringComparison.Ordinal) && !found.Contains("TelemetrySetup", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void A_warning_is_switched_off_only_where_the_reason_stands_beside_it() =>
        Sources.SelectMany(source => source.Text.Split('\n').Where(line => line.Contains("#pragma warning disable", StringComparison.Ordinal) && !line.Contains("//", StringComparison.Ordinal)).Select(line => $"{source.Path}: {line.Trim()}"))
            .ShouldBeEmpty();

    static void Without(Regex pattern) => Found(pattern).ShouldBeEmpty();

    static IEnumerable<string> Found(Regex pattern) =>
        Sources.SelectMany(source => pattern.Matches(source.Text).Select(match => $"{source.Path}: {match.Value}"));

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|ref) )*(?:class|interface|enum|struct|record(?: struct)?|delegate) ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|static|sealed|abstract|readonly|partial) )*(?:class|interface|struct|record(?: struct)?) (?<name>\w+(?:Manager|Helper|Helpers|Utils|Util|Processor|Impl|Dto))\b", RegexOptions.Multiline)]
    private static partial Regex VagueType();

    [GeneratedRegex(@"\bDateTime(?:Offset)?\.(?:Utc)?Now\b|\bDateTime\.Today\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\bThread\.Sleep\b|\.Wait\(\)|(?<!AsTask\(\))\.GetAwaiter\(\)\.GetResult\(\)|\basync void\b")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bConsole\.(?:Write|Error|Out|Read)\w*")]
    private static partial Regex SystemConsole();
}
