using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary><c>FileNode/query</c>. draft-ietf-jmap-filenode; RFC 8620 §5.5.</summary>
sealed class FileNodeQuery(FileQueries queries)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        FilterConditions.Check(request.Filter, FileQueries.Conditions);
        FilterConditions.CheckTypes(request.Filter, Check);
        var result = await queries.Query(call.Caller, call.Account, request.Filter, call.Created, Sort(request.Sort), call.Cancellation);
        if (result.IsTooMany) throw new JmapException("unsupportedFilter", $"More than {FileQueries.Most} files would be looked through: name the folder as parentId.");
        var (position, ids) = request.Window([.. result.Ids.Select(WireId.FileNode.Write)]);
        return QueryAnswer.Make(call, request, result.State.ToString(), canCalculateChanges: false, position, ids, result.Ids.Count);
    }

    static IReadOnlyList<FileSort> Sort(IReadOnlyList<JmapComparator> comparators) => [.. comparators.Select(comparator => FileSort.Names.Contains(comparator.Property)
        ? new FileSort(comparator.Property, comparator.IsAscending)
        : throw new JmapException("unsupportedSort", $"Files cannot be sorted by {comparator.Property}."))];

    static void Check(JsonObject condition)
    {
        foreach (var (name, value) in condition)
        {
            var isRight = name switch
            {
                "parentId" => value is null || value.AsText() is not null,
                "hasParentId" or "isExecutable" => value.AsFlag() is not null,
                "minSize" or "maxSize" => value.AsUnsigned() is not null,
                "createdBefore" or "createdAfter" or "modifiedBefore" or "modifiedAfter" => JmapDates.ReadUtc(value.AsText()) is not null,
                _ => value?.GetValueKind() == JsonValueKind.String,
            };
            if (!isRight) throw JmapException.InvalidArguments($"The filter {name} has a value of another kind.");
        }
    }
}
