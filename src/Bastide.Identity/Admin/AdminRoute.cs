using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Admin;

/// <summary>One verb of the administration API: what the OpenAPI document calls an operation.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below <c>/admin/api</c>.</param>
/// <param name="OperationId">Its name in the document.</param>
/// <param name="Handle">What answers it.</param>
sealed record AdminRoute(string Method, string Path, string OperationId, Func<AdminCall, Task<IResult>> Handle);
