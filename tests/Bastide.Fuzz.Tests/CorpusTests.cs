using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Fuzz.Tests;

/// <summary>Whatever a search once found worth keeping is fed to its parser again: it is read or refused, in time and in bounded memory.</summary>
[Collection<OneAtATime>]
public sealed class CorpusTests
{
    const int MostFiles = 300;
    const int MostOctets = 1024 * 1024;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Every_input_that_was_kept_is_read_or_refused(string name)
    {
        var target = FuzzTargets.Find(name)!;
        // What happens once in a process is not the first input's.
        target.Run([]);
        foreach (var file in Directory.EnumerateFiles(target.Corpus))
        {
            var input = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            try
            {
                await Wait.For(Task.Run(() => target.Check(input)));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"{file}: {exception.Message}", exception);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_corpus_is_there_and_small(string name)
    {
        var files = new DirectoryInfo(FuzzTargets.Find(name)!.Corpus).GetFiles();
        files.Length.ShouldBeInRange(1, MostFiles);
        files.Sum(file => file.Length).ShouldBeLessThan(MostOctets);
    }

    [Fact]
    public void Every_corpus_is_of_a_target() =>
        Directory.EnumerateDirectories(Path.GetDirectoryName(FuzzTargets.All[0].Corpus)!).Select(Path.GetFileName).ShouldBe(FuzzTargets.All.Select(target => target.Name), ignoreOrder: true);
}
