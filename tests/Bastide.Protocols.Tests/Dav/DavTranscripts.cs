using Xunit;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>Every conversation of <c>Transcripts/</c>, each with a server of its own.</summary>
public sealed class DavTranscripts
{
    public static TheoryData<string> Names => [.. DavTranscript.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_goes_as_written(string name)
    {
        await using var server = new DavServer();
        await server.InitializeAsync();
        await DavTranscript.Run(name, server);
    }
}
