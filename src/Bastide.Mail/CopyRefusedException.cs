namespace Bastide.Mail;

/// <summary>A copy is refused after a part of it was made: the transaction that made it is undone.</summary>
sealed class CopyRefusedException(MailError error) : Exception(error.Description)
{
    public MailError Error => error;
}
