using System.Globalization;
using System.Text.Json;
using Bastide.Abstractions.Http;
using Bastide.Identity.Oidc;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Admin;

/// <summary>A request to the administration API: who asks, and what they sent, read strictly and within bounds.</summary>
sealed class AdminCall(HttpContext context)
{
    const int LongestBody = 16 * 1024;
    const int UsualPage = 100;
    const int LongestPage = 500;

    public Actor Actor { get; } = Actor.Of(context.RequiredCaller(), context.Connection.RemoteIpAddress);

    public CancellationToken Cancellation => context.RequestAborted;

    /// <summary>How many a page holds: <c>limit</c>.</summary>
    public int Limit => Number("limit", UsualPage) is >= 1 and <= LongestPage and var limit
        ? (int)limit
        : throw new UnreadableException(StatusCodes.Status400BadRequest, $"limit is a number from 1 to {LongestPage}.");

    /// <summary>The last name of the page before: <c>after</c>; empty for the first page.</summary>
    public string After => context.Request.Query["after"].ToString();

    /// <summary>The last number of the page before, for lists that go from the newest to the oldest: <c>before</c>.</summary>
    public long Before => Number("before", long.MaxValue);

    public T Get<T>()
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    /// <summary>A part of the path.</summary>
    public string Part(string name) => context.Request.RouteValues[name] as string ?? "";

    /// <summary>A number in the path; null for what is none.</summary>
    public long? NumberPart(string name) => long.TryParse(Part(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The body. Members that are not known, missing, or of another type are refused, never passed over.</summary>
    public async ValueTask<T> Body<T>(string expected)
        where T : class
    {
        if (!context.Request.HasJsonContentType()) throw new UnreadableException(StatusCodes.Status415UnsupportedMediaType, "Send the body as application/json.");
        if (context.Request.ContentLength > LongestBody) throw TooLarge();
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(new BoundedStream(context.Request.Body, LongestBody), AdminJson.Options, Cancellation) ?? throw Unexpected(expected);
        }
        catch (JsonException)
        {
            throw Unexpected(expected);
        }
        catch (InvalidDataException)
        {
            throw TooLarge();
        }
    }

    /// <summary>Answers an outcome: what it holds, or why there is nothing.</summary>
    public static IResult Answer<T, TOut>(Outcome<T> outcome, Func<T, TOut> map)
        where T : class => outcome.IsDone ? AdminJson.Ok(map(outcome.Value)) : AdminProblem.Of(outcome.Refusal);

    /// <summary>Answers an outcome that made something at a path below <c>/admin/api</c>.</summary>
    public static IResult Created<T, TOut>(Outcome<T> outcome, Func<T, TOut> map, Func<T, string> path)
        where T : class => outcome.IsDone ? AdminJson.Created(map(outcome.Value), AdminEndpoints.Root + path(outcome.Value)) : AdminProblem.Of(outcome.Refusal);

    static UnreadableException Unexpected(string expected) => new(StatusCodes.Status400BadRequest, $"The body is not what is asked for: {expected}");

    static UnreadableException TooLarge() => new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {LongestBody} octets.");

    long Number(string name, long otherwise)
    {
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0) return otherwise;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UnreadableException(StatusCodes.Status400BadRequest, $"{name} is a number.");
    }
}
