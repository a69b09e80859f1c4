using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Bastide.Architecture.Tests;

/// <summary>Who may know whom: houses stand on the square and never lean on one another.</summary>
public sealed class DependencyTests
{
    static readonly string[] Square = ["Bastide.Abstractions", "Bastide.Platform", "Bastide.Protocols"];

    static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Bastide.Platform"] = [],
        ["Bastide.Abstractions"] = ["Bastide.Platform"],
        ["Bastide.Protocols"] = ["Bastide.Abstractions", "Bastide.Platform"],
    };

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_what_stands_below_it(string project)
    {
        if (project == "Bastide") return;
        var allowed = MayKnow.GetValueOrDefault(project, Square);
        References(project).Except(allowed).ShouldBeEmpty($"{project} may know {string.Join(", ", allowed)} and nothing else of ours");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XDocument.Parse(Repository.Read("Bastide.slnx")).Descendants("Project").Select(project => (string)project.Attribute("Path")!).ToHashSet();
        new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.csproj")).Except(solution).ShouldBeEmpty();
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_place()
    {
        var versioned = new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(path => XDocument.Parse(Repository.Read(path)).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null));
        versioned.ShouldBeEmpty();
    }

    static IEnumerable<string> References(string project) =>
        XDocument.Parse(Repository.Read($"src/{project}/{project}.csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
}
