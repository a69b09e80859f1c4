using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Identity.Admin;

/// <summary>Errors of the administration API: problem details (RFC 9457) whose <c>detail</c> is one sentence that tells what to do.</summary>
static class AdminProblem
{
    public static IResult Of(int status, string detail) =>
        Results.Json(new Problem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail), AdminJson.Options, "application/problem+json", status);

    public static IResult Of(Refusal refusal) => Of(
        refusal.Kind switch
        {
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status409Conflict,
        },
        refusal.Description);

    /// <summary>204, or the refusal.</summary>
    public static IResult Answer(Refusal? refusal) => refusal is null ? Results.NoContent() : Of(refusal);

    sealed record Problem(string Type, string Title, int Status, string Detail);
}
