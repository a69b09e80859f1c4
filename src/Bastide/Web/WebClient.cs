using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Bastide.Web;

/// <summary>
/// Serves the web client at <c>/</c>: its files, compressed once, and <c>index.html</c> for every address that is a
/// place inside it. Hashed files never change; the page itself is asked for each time.
/// </summary>
sealed class WebClient
{
    const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https: http:; " +
        "font-src 'self' data:; frame-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Addresses that are never places of the web client: an unknown one there is a 404 of its protocol.</summary>
    static readonly string[] Reserved =
        ["/jmap", "/dav", "/_matrix", "/connect", "/s/", "/book/api/", "/admin", "/health", "/metrics", "/.well-known", "/signin", "/account", "/assets"];

    static readonly FrozenSet<string> Compressible =
        FrozenSet.Create(".html", ".js", ".mjs", ".css", ".svg", ".json", ".webmanifest", ".txt", ".map", ".wasm");

    readonly ConcurrentDictionary<string, Asset> _assets = new();
    readonly FileExtensionContentTypeProvider _types = new();
    readonly string _root;

    WebClient(string root)
    {
        _root = root;
        _types.Mappings[".webmanifest"] = "application/manifest+json";
        _types.Mappings[".mjs"] = "text/javascript";
    }

    /// <summary>Maps the client when it was built; without it the server still speaks every protocol.</summary>
    public static void Map(WebApplication app)
    {
        var root = Find();
        if (root is null)
        {
            app.Logger.LogWarning("The web client is not built: run ./run, or npm run build in web/");
            return;
        }

        var client = new WebClient(root);
        app.MapFallback("{**path}", client.Serve).AllowAnonymous();
    }

    /// <summary>Beside the program when it is installed; in the tree when it is run from there.</summary>
    static string? Find()
    {
        var installed = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (File.Exists(Path.Combine(installed, "index.html"))) return installed;
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var built = Path.Combine(directory.FullName, "web", "dist");
            if (File.Exists(Path.Combine(built, "index.html"))) return built;
        }

        return null;
    }

    async Task Serve(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (Asset(path) is { } asset)
        {
            await Send(context, asset, path.StartsWith("/assets/", StringComparison.Ordinal));
            return;
        }

        if (Array.Exists(Reserved, prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || Asset("/index.html") is not { } page)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await Send(context, page, immutable: false);
    }

    Asset? Asset(string path)
    {
        if (path is "/" or "") path = "/index.html";
        var file = Path.GetFullPath(Path.Combine(_root, path[1..]));
        // A file has one address: under others it would be compressed and kept as often as somebody spells it differently.
        if (file != _root + path || Path.GetFileName(file).StartsWith('.') || !File.Exists(file)) return null;
        if (_assets.TryGetValue(file, out var known) && known.Written == File.GetLastWriteTimeUtc(file)) return known;
        var type = _types.TryGetContentType(file, out var found) ? found : "application/octet-stream";
        var asset = new Asset(file, type, File.GetLastWriteTimeUtc(file), Compressible.Contains(Path.GetExtension(file)));
        _assets[file] = asset;
        return asset;
    }

    static async Task Send(HttpContext context, Asset asset, bool immutable)
    {
        var response = context.Response;
        response.ContentType = asset.Type.StartsWith("text/", StringComparison.Ordinal) ? asset.Type + "; charset=utf-8" : asset.Type;
        response.Headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ETag = asset.Tag;
        if (asset.Type == "text/html")
        {
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            response.Headers["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self), geolocation=()";
        }

        if (context.Request.Headers.IfNoneMatch.ToString().Contains(asset.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (asset.IsCompressible)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            {
                var body = asset.Brotli.Value;
                response.Headers.ContentEncoding = "br";
                response.ContentLength = body.Length;
                if (HttpMethods.IsGet(context.Request.Method)) await response.Body.WriteAsync(body, context.RequestAborted);
                return;
            }
        }

        response.ContentLength = new FileInfo(asset.Path).Length;
        if (HttpMethods.IsGet(context.Request.Method)) await response.SendFileAsync(asset.Path, context.RequestAborted);
    }
}
