namespace Bastide.Mail.Imap;

/// <summary>Octets of unknown length, put where their length can be known: in memory while they are few, else in a file that goes when it is closed.</summary>
static class Spooled
{
    const int MostInMemory = 1024 * 1024;

    public static async ValueTask<Stream> Of(Stream content, CancellationToken cancellation)
    {
        Stream kept = new MemoryStream();
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            if (kept is MemoryStream && kept.Length + read > MostInMemory)
            {
                var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 32 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
                kept.Position = 0;
                await kept.CopyToAsync(file, cancellation);
                kept = file;
            }

            await kept.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        kept.Position = 0;
        return kept;
    }
}
