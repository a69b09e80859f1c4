namespace Bastide.Identity.Admin;

/// <summary>A request that cannot be read; the message is the sentence of its answer.</summary>
sealed class UnreadableException(int status, string description) : Exception(description)
{
    public int Status => status;
}
