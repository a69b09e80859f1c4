using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>The JSON of the administration API.</summary>
static class AdminJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static IResult Ok<T>(T value) => Results.Json(value, Options);

    public static IResult Created<T>(T value, string location) => new CreatedAt(Results.Json(value, Options, statusCode: StatusCodes.Status201Created), location);

    sealed class CreatedAt(IResult answer, string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = location;
            return answer.ExecuteAsync(httpContext);
        }
    }
}
