using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>How much memory a value takes, about: its texts and names, and something for each node.</summary>
static class JsonWeight
{
    const int OfNode = 8;

    /// <summary>The weight; when it is more than <paramref name="most"/>, some number beyond that.</summary>
    public static long Of(JsonNode? node, long most)
    {
        long weight = OfNode;
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    if (weight > most) return weight;
                    weight += Of(item, most - weight);
                }

                return weight;
            case JsonObject o:
                foreach (var (name, item) in o)
                {
                    if (weight > most) return weight;
                    weight += name.Length + Of(item, most - weight);
                }

                return weight;
            default:
                return weight + (JmapJson.Text(node)?.Length ?? 0);
        }
    }
}
