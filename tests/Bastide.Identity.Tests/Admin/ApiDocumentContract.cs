using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bastide.Identity.Admin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Tests.Admin;

public abstract class ApiDocumentContract(IdentityFixture fixture)
{
    [Fact]
    public async Task Every_route_is_in_the_document_and_everything_in_the_document_is_a_route()
    {
        var document = await ApiDocument.Of(fixture);
        var documented = document.Operations.Select(o => $"{o.Method} {o.Path}").Order().ToList();
        // What the router holds, not what the table says.
        var served = fixture.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith(ApiDocument.Prefix + "/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {e.RoutePattern.RawText![ApiDocument.Prefix.Length..]}") ?? [])
            .Order().ToList();
        served.ShouldBe(documented);
        served.Count.ShouldBeGreaterThan(30);
        document.Operations.ToDictionary(o => $"{o.Method} {o.Path}", o => (string)o.Operation["operationId"]!).Where(o => o.Value != "getDocument").OrderBy(o => o.Key)
            .ShouldBe(AdminEndpoints.Routes.ToDictionary(r => $"{r.Method} {r.Path}", r => r.OperationId).OrderBy(o => o.Key));
    }

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_whose_references_resolve_and_whose_parts_are_all_used()
    {
        var document = await ApiDocument.Of(fixture);
        ((string)document.Root["openapi"]!).ShouldStartWith("3.1.");
        ((string)document.Root["info"]!["title"]!).ShouldNotBeEmpty();
        var references = References(document.Root).ToList();
        references.ShouldNotBeEmpty();
        foreach (var reference in references) document.Resolve(new JsonObject { ["$ref"] = reference });
        foreach (var kind in (string[])["schemas", "responses", "parameters", "headers"])
            foreach (var (name, _) in document.Root["components"]![kind]!.AsObject())
                references.ShouldContain($"#/components/{kind}/{name}");
        document.Operations.Select(o => (string)o.Operation["operationId"]!).ShouldBeUnique();
        var tags = document.Root["tags"]!.AsArray().Select(t => (string)t!["name"]!).ToList();
        foreach (var (method, path, operation) in document.Operations)
        {
            ((string?)operation["summary"]).ShouldNotBeNullOrEmpty($"{method} {path}");
            tags.ShouldContain((string)operation["tags"]![0]!);
            var declared = (document.Root["paths"]![path]!["parameters"] as JsonArray ?? []).Select(p => document.Resolve(p!)).Where(p => (string)p["in"]! == "path").Select(p => (string)p["name"]!);
            declared.Order().ShouldBe(Regex.Matches(path, @"\{(\w+)\}").Select(m => m.Groups[1].Value).Order(), $"{method} {path}");
        }
    }

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}

public sealed class ApiDocumentOnSqlite(IdentityOnSqlite fixture) : ApiDocumentContract(fixture), IClassFixture<IdentityOnSqlite>;

public sealed class ApiDocumentOnPostgres(IdentityOnPostgres fixture) : ApiDocumentContract(fixture), IClassFixture<IdentityOnPostgres>;
