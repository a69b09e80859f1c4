namespace Bastide.Identity.Admin;

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">What to send as <c>after</c> or <c>before</c> to get the next one; null on the last.</param>
/// <typeparam name="T">What is listed.</typeparam>
sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>A page cut from one more than was asked for, which tells whether another follows.</summary>
    public static PageOf<T> Cut<TRow>(IReadOnlyList<TRow> rows, int limit, Func<TRow, T> map, Func<TRow, string> cursor) =>
        new([.. rows.Take(limit).Select(map)], rows.Count > limit ? cursor(rows[limit - 1]) : null);
}
