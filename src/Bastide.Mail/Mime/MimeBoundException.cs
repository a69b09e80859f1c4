namespace Bastide.Mail.Mime;

/// <summary>A message goes beyond <see cref="MimeBounds"/>.</summary>
sealed class MimeBoundException(string message) : Exception(message);
