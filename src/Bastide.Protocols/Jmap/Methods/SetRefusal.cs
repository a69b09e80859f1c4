namespace Bastide.Protocols.Jmap.Methods;

/// <summary>One record of a <c>/set</c> is refused, on the way out of reading it.</summary>
sealed class SetRefusal(SetError error) : Exception(error.Description)
{
    /// <summary>What the answer says.</summary>
    public SetError Error => error;
}
