using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Fuzz.Workplace;
using Bastide.Protocols.Jmap;

namespace Bastide.Fuzz.Targets;

/// <summary>A request of Alice's program: every call has an answer, the answers are I-JSON, and none is that the server failed.</summary>
static class Jmap
{
    public static void Run(byte[] input)
    {
        if (IJson.TryRead(input, out var value) && value is not null)
        {
            var octets = JmapJson.ToOctets(value);
            Invariant.Holds(IJson.TryRead(octets.Span, out var again) && JsonNode.DeepEquals(value, again), $"A value is read again as another");
        }

        Ask(FuzzWorkplace.Fresh, input);
    }

    /// <summary>The response to the octets of a request; null where they are none.</summary>
    public static JsonObject? Ask(FuzzWorkplace workplace, byte[] octets)
    {
        var table = workplace.Service<JmapMethodTable>();
        var (request, refused) = RequestReader.Parse(octets, table.Capabilities, workplace.Service<JmapLimits>());
        Invariant.Holds(request is null != refused is null, $"A request is both taken and refused");
        if (request is null) return null;
        var response = workplace.Service<JmapApi>().Answer(FuzzWorkplace.CallerOf(workplace.Alice), request, CancellationToken.None).GetAwaiter().GetResult();
        workplace.Errors.Check();
        var said = JmapJson.ToOctets(response);
        var answers = response["methodResponses"]!.AsArray();
        Invariant.Holds(answers.Count >= request.Calls.Count, $"{request.Calls.Count} calls have {answers.Count} answers");
        try
        {
            using var read = JsonDocument.Parse(said, new JsonDocumentOptions { MaxDepth = 1000, AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            throw new InvariantBrokenException($"The response is not JSON: {Encoding.UTF8.GetString(said.Span)}", exception);
        }

        return response;
    }
}
