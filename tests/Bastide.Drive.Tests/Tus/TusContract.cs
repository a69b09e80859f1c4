using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Bastide.Drive.Uploads;
using Bastide.Platform.Blobs;

namespace Bastide.Drive.Tests.Tus;

public abstract class TusContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_in_parts_is_a_blob_of_the_account_in_the_end()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var octets = RandomNumberGenerator.GetBytes(300_000);
        var address = await Create(alice, octets.Length, ("Upload-Metadata", "filename YS50eHQ="));
        (await Patch(alice, address, 0, octets[..100_000])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // Neither behind nor before its end, nor by somebody else.
        (await Patch(alice, address, 50_000, octets[50_000..])).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Patch(bob, address, 100_000, octets[100_000..])).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Patch(alice, address, 100_000, [.. octets[100_000..], 1])).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var head = await Head(alice, address);
        (Header(head, "Upload-Offset"), Header(head, "Upload-Length"), Header(head, "Upload-Metadata")).ShouldBe(("100000", "300000", "filename YS50eHQ="));
        head.Headers.Contains("Bastide-Blob-Id").ShouldBeFalse();
        (await Patch(alice, address, 100_000, octets[100_000..200_000])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var last = await Patch(alice, address, 200_000, octets[200_000..]);
        Header(last, "Bastide-Blob-Id").ShouldBe(BlobId.Of(octets).ToString());
        Header(await Head(alice, address), "Bastide-Blob-Id").ShouldBe(BlobId.Of(octets).ToString());
        var uploads = workplace.Get<BlobUploads>();
        (await uploads.MayRead(alice.Caller, alice.Account, BlobId.Of(octets), Cancellation)).ShouldBeTrue();
        (await uploads.MayRead(bob.Caller, bob.Account, BlobId.Of(octets), Cancellation)).ShouldBeFalse();
        (await Send(alice, HttpMethod.Delete, address)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Head(alice, address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_came_before_the_connection_was_lost_is_kept()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        // More than what may be on its way unread, which nobody can keep.
        var octets = RandomNumberGenerator.GetBytes(30_000_000);
        var address = await Create(alice, octets.Length);
        using (var tcp = new TcpClient())
        {
            await tcp.ConnectAsync(workplace.Origin.Host, workplace.Origin.Port, Cancellation);
            var stream = tcp.GetStream();
            var who = string.Join("\r\n", alice.Http.DefaultRequestHeaders.Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
            var path = new Uri(address).AbsolutePath;
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"PATCH {path} HTTP/1.1\r\nHost: x\r\n{who}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {octets.Length}\r\n\r\n"), Cancellation);
            await stream.WriteAsync(octets.AsMemory(0, 25_000_000), Cancellation);
        }

        var offset = 0;
        await Wait.Until(async () => (offset = int.Parse(Header(await Head(alice, address), "Upload-Offset"), CultureInfo.InvariantCulture)) > 0, "what came is kept");
        offset.ShouldBeLessThanOrEqualTo(25_000_000);
        Header(await Patch(alice, address, offset, octets[offset..]), "Bastide-Blob-Id").ShouldBe(BlobId.Of(octets).ToString());
    }

    [Fact]
    public async Task What_is_not_what_its_checksum_says_is_not_taken()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var octets = "checked"u8.ToArray();
        var address = await Create(alice, octets.Length);
        var wrong = await Patch(alice, address, 0, octets, ("Upload-Checksum", "sha256 " + Convert.ToBase64String(SHA256.HashData("other"u8))));
        ((int)wrong.StatusCode).ShouldBe(460);
        (await Patch(alice, address, 0, octets, ("Upload-Checksum", "crc32 AAAA"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Header(await Head(alice, address), "Upload-Offset").ShouldBe("0");
        (await Patch(alice, address, 0, octets, ("Upload-Checksum", "sha256 " + Convert.ToBase64String(SHA256.HashData(octets))))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Partial_uploads_become_a_whole_one_and_a_length_may_be_said_later()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (first, second) = (await Create(alice, 5, ("Upload-Concat", "partial")), await Create(alice, 6, ("Upload-Concat", "partial")));
        (await Patch(alice, first, 0, "first"u8.ToArray())).Headers.Contains("Bastide-Blob-Id").ShouldBeFalse();
        (await Post(alice, ("Upload-Concat", $"final;{first} {second}"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await Patch(alice, second, 0, "second"u8.ToArray());
        var whole = await Post(alice, ("Upload-Concat", $"final;{first} {second}"));
        whole.StatusCode.ShouldBe(HttpStatusCode.Created);
        Header(whole, "Bastide-Blob-Id").ShouldBe(BlobId.Of("firstsecond"u8).ToString());

        var later = Header(await Post(alice, ("Upload-Defer-Length", "1")), "Location");
        (await Patch(alice, later, 0, "abc"u8.ToArray())).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(await Head(alice, later), "Upload-Defer-Length").ShouldBe("1");
        Header(await Patch(alice, later, 3, "def"u8.ToArray(), ("Upload-Length", "6")), "Bastide-Blob-Id").ShouldBe(BlobId.Of("abcdef"u8).ToString());
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_what_nobody_goes_on_with_is_forgotten()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.SetQuota(alice, 1000);
        (await Post(alice, ("Upload-Length", "1001"))).StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        // Two that fit one by one do not fit together.
        var (one, other) = (await Create(alice, 600), await Create(alice, 600));
        (await Patch(alice, one, 0, new byte[600])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Patch(alice, other, 0, new byte[600])).StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        // Who may read another's files takes no room there.
        var bob = await workplace.Add("bob");
        await workplace.Give(alice, bob, Platform.Accounts.Rights.Reader);
        (await Send(bob, HttpMethod.Post, $"/jmap/tus/{alice.Account}", null, ("Upload-Length", "10"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        workplace.Time.Advance(PartialUploads.Kept + TimeSpan.FromMinutes(1));
        (await Head(alice, one)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(alice, ("Upload-Length", "10"), ("Tus-Resumable", "0.2.2"))).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var options = await alice.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, $"/jmap/tus/{alice.Account}"), Cancellation);
        Header(options, "Tus-Extension").ShouldContain("concatenation");
    }

    static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : $"no {name}, {response.StatusCode}";

    static async Task<string> Create(DrivePerson person, int length, params (string Name, string Value)[] headers)
    {
        var created = await Post(person, [("Upload-Length", length.ToString(CultureInfo.InvariantCulture)), .. headers]);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Cancellation));
        return Header(created, "Location");
    }

    static Task<HttpResponseMessage> Post(DrivePerson person, params (string Name, string Value)[] headers) => Send(person, HttpMethod.Post, $"/jmap/tus/{person.Account}", null, headers);

    static Task<HttpResponseMessage> Head(DrivePerson person, string address) => Send(person, HttpMethod.Head, address);

    static Task<HttpResponseMessage> Patch(DrivePerson person, string address, int offset, byte[] octets, params (string Name, string Value)[] headers) =>
        Send(person, HttpMethod.Patch, address, octets, [("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)), .. headers]);

    static async Task<HttpResponseMessage> Send(DrivePerson person, HttpMethod method, string address, byte[]? octets = null, params (string Name, string Value)[] headers)
    {
        // Its address is below the public origin, which is not that of the test.
        var request = new HttpRequestMessage(method, Uri.TryCreate(address, UriKind.Absolute, out var absolute) && absolute.Scheme != "file" ? absolute.PathAndQuery : address);
        if (octets is not null) request.Content = new ByteArrayContent(octets) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (!request.Headers.Contains("Tus-Resumable")) request.Headers.Add("Tus-Resumable", "1.0.0");
        return await person.Http.SendAsync(request, Cancellation);
    }
}
