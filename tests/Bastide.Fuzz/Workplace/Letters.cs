namespace Bastide.Fuzz.Workplace;

/// <summary>What lies in Alice's inbox at the beginning of a run.</summary>
static class Letters
{
    /// <summary>The messages, the first being number 1. Their lines end with LF here.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        """
        From: Bob <bob@demo.localhost>
        To: alice@demo.localhost
        Subject: Lunch
        Date: Mon, 2 Mar 2026 08:00:00 +0100
        Message-ID: <lunch@demo.localhost>

        At noon?

        """,
        """
        From: alice@demo.localhost
        To: Bob <bob@demo.localhost>
        Subject: Re: Lunch
        Date: Mon, 2 Mar 2026 08:10:00 +0100
        Message-ID: <answer@demo.localhost>
        In-Reply-To: <lunch@demo.localhost>
        References: <lunch@demo.localhost>
        Content-Type: text/plain; charset=utf-8; format=flowed

        Café at noon, yes.

        """,
        """
        From: "Zoé, Person" <zoe@example.org>
        Sender: office@example.org
        To: alice@demo.localhost, friends: bob@demo.localhost, chloe@demo.localhost;
        Subject: =?utf-8?q?R=C3=A9union?=
        Date: Sun, 1 Mar 2026 09:00:00 +0100
        Message-ID: <nested@example.org>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Caf=C3=A9 =
        noir

        --inner
        Content-Type: text/html; charset=utf-8

        <p>Café <img src="cid:here"></p>

        --inner--

        --outer
        Content-Type: application/octet-stream; name*=utf-8''r%C3%A9sum%C3%A9.bin
        Content-Disposition: attachment; filename=data.bin; size=5
        Content-Transfer-Encoding: base64
        Content-ID: <here>
        Content-Language: fr, en

        AAECAwQ=

        --outer
        Content-Type: message/rfc822

        From: inside@example.org
        Subject: Inside
        Date: Mon, 2 Mar 2026 09:00:00 +0100
        Content-Type: text/plain

        Words inside.

        --outer--

        """,
        "Subject: undated\n\nno date\n",
    ];
}
