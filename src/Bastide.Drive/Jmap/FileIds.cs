using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary>The letters of files' ids on the wire, as <c>WireId.FileNode</c> and so on.</summary>
static class FileIds
{
    static readonly WireId OfNodes = new('n');
    static readonly WireId OfVersions = new('v');

    extension(WireId)
    {
        public static WireId FileNode => OfNodes;

        public static WireId FileVersion => OfVersions;
    }
}
