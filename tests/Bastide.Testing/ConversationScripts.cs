using System.Reflection;

namespace Bastide.Testing;

/// <summary>The conversations of a test project: the texts in its folder <c>Jmap/Conversations</c>, kept as resources.</summary>
public static class ConversationScripts
{
    const string Folder = ".Jmap.Conversations.";

    /// <summary>Their names.</summary>
    public static IEnumerable<string> NamesOf(Assembly scripts) => scripts.GetManifestResourceNames()
        .Where(name => name.Contains(Folder, StringComparison.Ordinal))
        .Select(name => name.Split(Folder)[1].Replace(".txt", "", StringComparison.Ordinal));

    /// <summary>The lines of one.</summary>
    public static List<string> Read(Assembly scripts, string name)
    {
        using var stream = scripts.GetManifestResourceStream(scripts.GetManifestResourceNames().Single(resource => resource.EndsWith($"{Folder}{name}.txt", StringComparison.Ordinal)))!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n')];
    }
}
