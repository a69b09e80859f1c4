using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Drive.Nextcloud;

/// <summary>
/// What the programs of Nextcloud ask beside WebDAV: whether there is a server, what it can do, and who they are (OCS). They are
/// told of what is here, and of nothing that is not.
/// </summary>
sealed class NextcloudApi(Database database, IDirectory directory, BastideSettings settings)
{
    /// <summary>The version of Nextcloud whose protocol this is: programs leave out what an older one lacks.</summary>
    const string Version = "28.0.0";

    public static void Map(WebApplication app, NextcloudApi api)
    {
        app.MapGet("/status.php", context => context.Response.WriteAsJsonAsync(Status(), context.RequestAborted)).AllowAnonymous();
        foreach (var version in new[] { 1, 2 })
        {
            app.MapGet($"/ocs/v{version}.php/cloud/capabilities", context => Answer(context, version, api.Capabilities())).AllowAnonymous();
            app.MapGet($"/ocs/v{version}.php/cloud/user", async context => await Answer(context, version, await api.User(context.RequiredCaller(), context.RequestAborted))).RequireAuthorization();
        }
    }

    static JsonObject Status() => new()
    {
        ["installed"] = true,
        ["maintenance"] = false,
        ["needsDbUpgrade"] = false,
        ["version"] = Version + ".0",
        ["versionstring"] = Version,
        ["edition"] = "",
        ["productname"] = "Bastide",
        ["extendedSupport"] = false,
    };

    JsonObject Capabilities() => new()
    {
        ["version"] = new JsonObject { ["major"] = 28, ["minor"] = 0, ["micro"] = 0, ["string"] = Version, ["edition"] = "", ["extendedSupport"] = false },
        ["capabilities"] = new JsonObject
        {
            ["core"] = new JsonObject { ["pollinterval"] = 60, ["webdav-root"] = "remote.php/dav" },
            ["dav"] = new JsonObject { ["chunking"] = "1.0" },
            ["files"] = new JsonObject { ["bigfilechunking"] = true, ["undelete"] = true, ["versioning"] = true },
            ["checksums"] = new JsonObject { ["supportedTypes"] = new JsonArray("SHA1", "MD5", "SHA256"), ["preferredUploadType"] = "SHA1" },
            ["files_sharing"] = new JsonObject { ["api_enabled"] = false },
            ["theming"] = new JsonObject { ["name"] = "Bastide", ["url"] = settings.Url.ToString(), ["slogan"] = "", ["color"] = "#3B5BDB" },
        },
    };

    async Task<JsonObject> User(Caller caller, CancellationToken cancellation)
    {
        var entry = await directory.Find(caller.Person, cancellation);
        var (account, used) = await database.Read(async scope => (await AccountTable.Find(scope, caller.Person), (await AccountTable.Usage(scope, caller.Person)).Sum(usage => usage.Octets)), cancellation);
        var name = entry?.Name ?? caller.Address;
        // -3 is no bound.
        var quota = account?.Quota is { } bound
            ? new JsonObject { ["free"] = Math.Max(0, bound - used), ["used"] = used, ["total"] = bound, ["relative"] = bound == 0 ? 100 : Math.Round(used * 100.0 / bound, 2), ["quota"] = bound }
            : new JsonObject { ["free"] = -3, ["used"] = used, ["total"] = -3, ["relative"] = 0, ["quota"] = -3 };
        return new JsonObject { ["enabled"] = true, ["id"] = caller.Address, ["email"] = caller.Address, ["display-name"] = name, ["displayname"] = name, ["quota"] = quota };
    }

    /// <summary>Answers as OCS does: in XML, or in JSON where that is asked for. Version 1 calls success 100.</summary>
    static async Task Answer(HttpContext context, int version, JsonObject data)
    {
        var meta = new JsonObject { ["status"] = "ok", ["statuscode"] = version == 1 ? 100 : 200, ["message"] = "OK" };
        if (context.Request.Query["format"] == "json" || context.Request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal))
        {
            await context.Response.WriteAsJsonAsync(new JsonObject { ["ocs"] = new JsonObject { ["meta"] = meta, ["data"] = data } }, context.RequestAborted);
            return;
        }

        context.Response.ContentType = "application/xml; charset=utf-8";
        await context.Response.WriteAsync(new XDocument(new XElement("ocs", Element("meta", meta), Element("data", data))).ToString(), context.RequestAborted);
    }

    static XElement Element(string name, JsonNode? value) => value switch
    {
        JsonObject members => new XElement(name, members.Select(member => Element(member.Key, member.Value))),
        JsonArray items => new XElement(name, items.Select(item => Element("element", item))),
        // As PHP writes it: true is 1 and false nothing.
        JsonValue one when one.TryGetValue(out bool yes) => new XElement(name, yes ? "1" : ""),
        _ => new XElement(name, value?.ToString()),
    };
}
