using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Bastide.Architecture.Tests;

/// <summary>What the documents point at is there.</summary>
public sealed partial class DocumentTests
{
    static readonly string[] Status = ["Yes", "Partial", "No"];

    [Fact]
    public void The_index_of_specifications_points_at_files_that_exist()
    {
        foreach (var line in Repository.Read("spec/index.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var fields = line.TrimEnd('\r').Split('\t');
            fields.Length.ShouldBe(5, line);
            Status.ShouldContain(fields[4], line);
            var files = fields[3].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields[4] != "No") files.ShouldNotBeEmpty(line);
            files.Where(file => !Repository.Exists(file)).ShouldBeEmpty(line);
        }
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var documents = Repository.Files("docs", "*.md").Concat(["README.md", "CONTRIBUTING.md", "SECURITY.md"]);
        var broken = documents.SelectMany(document => Link().Matches(Repository.Read(document)).Select(match => match.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith("mailto:", StringComparison.Ordinal) && !to.StartsWith('#'))
            .Where(to => !Repository.Exists(Path.Combine(Path.GetDirectoryName(document)!, to.Split('#')[0])))
            .Select(to => $"{document}: {to}"));
        broken.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
