"""Reports as mail servers write them, by the published shape (RFC 3464) and how four of them fill it; everybody in them is made up."""

from __future__ import annotations

TO = "mair@person.example"
SAID = "Mair Pretend has moved and left no address"
"""What a mail server writes in words of its own: nothing of it may stay."""


def postfix(
    *, to: str, message_id: str = "", action: str = "failed", status: str = "5.1.1", returned: str = "message/rfc822"
) -> bytes:
    """Write a report as Postfix does: the whole message comes back, or its headers only (bounce_size_limit)."""
    return _lines(f"""\
Return-Path: <>
Received: by mx.hub.example (Postfix) id 4XyZ12345; Mon,  2 Mar 2026 09:31:02 +0000 (GMT)
Date: Mon,  2 Mar 2026 09:31:02 +0000 (GMT)
From: MAILER-DAEMON@mx.hub.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4XyZ12346.1772443862/mx.hub.example"
Message-Id: <20260302093102.4XyZ12345@mx.hub.example>

This is a MIME-encapsulated message.

--4XyZ12346.1772443862/mx.hub.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<{TO}>: host mx.person.example[192.0.2.7] said: 550 5.1.1 {SAID} (in reply to RCPT TO command)

--4XyZ12346.1772443862/mx.hub.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.hub.example
X-Postfix-Queue-ID: 4XyZ12345
X-Postfix-Sender: rfc822; {to}
Arrival-Date: Mon,  2 Mar 2026 09:30:59 +0000 (GMT)

Final-Recipient: rfc822; {TO}
Original-Recipient: rfc822;{TO}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.person.example
Diagnostic-Code: smtp; 550 5.1.1 {SAID}

--4XyZ12346.1772443862/mx.hub.example
Content-Description: Undelivered Message
Content-Type: {returned}

Return-Path: <{to}>
From: hub@hub.example
To: {TO}
Subject: A message for you
Message-ID: {message_id}
Auto-Submitted: auto-generated
Content-Type: text/plain; charset="utf-8"

Hello.

--4XyZ12346.1772443862/mx.hub.example--
""")


def exchange(*, to: str, message_id: str) -> bytes:
    """Write a report as Exchange Online does: words in two kinds, a status of its own, the headers in the order it likes."""
    return _lines(f"""\
From: <postmaster@person.example>
To: <{to}>
Date: Mon, 2 Mar 2026 09:31:02 +0000
Content-Type: multipart/report; report-type=delivery-status;
 boundary="8b23ac06-cf1e-4d11-9a10-4f8d4a0b8f11"
Content-Language: en-GB
Message-ID: <8b23ac06-cf1e-4d11-9a10-4f8d4a0b8f11@PR3P193MB0001.EURP193.PROD.OUTLOOK.COM>
In-Reply-To: {message_id}
References: {message_id}
Subject: Undeliverable: A message for you
Auto-Submitted: auto-replied
X-MS-PublicTrafficType: Email
MIME-Version: 1.0

--8b23ac06-cf1e-4d11-9a10-4f8d4a0b8f11
Content-Type: multipart/alternative; differences=Content-Type;
 boundary="e7b1c2a0-4d15-43b1-8d1f-3d8c6c2b8a77"

--e7b1c2a0-4d15-43b1-8d1f-3d8c6c2b8a77
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Your message to {TO} couldn=E2=80=99t be delivered. {SAID}.

--e7b1c2a0-4d15-43b1-8d1f-3d8c6c2b8a77
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><body><p>{SAID}</p></body></html>

--e7b1c2a0-4d15-43b1-8d1f-3d8c6c2b8a77--

--8b23ac06-cf1e-4d11-9a10-4f8d4a0b8f11
Content-Type: message/delivery-status

Reporting-MTA: dns;PR3P193MB0001.EURP193.PROD.OUTLOOK.COM
Received-From-MTA: dns;mx.hub.example
Arrival-Date: Mon, 2 Mar 2026 09:31:01 +0000

Final-Recipient: rfc822;{TO}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; {SAID}

--8b23ac06-cf1e-4d11-9a10-4f8d4a0b8f11
Content-Type: message/rfc822

Authentication-Results: spf=pass (sender IP is 192.0.2.1)
From: hub@hub.example
Subject: A message for you
Message-ID:
 {message_id}
MIME-Version: 1.0
Content-Type: text/plain

Hello.

--8b23ac06-cf1e-4d11-9a10-4f8d4a0b8f11--
""")


def gmail(*, to: str, message_id: str) -> bytes:
    """Write a report as Google's servers do: a picture beside the words, and the headers that came back as a part of text."""
    return _lines(f"""\
Received: by 2002:a05:6402:1234 with SMTP id ab12; Mon, 02 Mar 2026 01:31:02 -0800 (PST)
Content-Type: multipart/report; boundary="00000000000012345605abcdef12"; report-type=delivery-status
To: {to}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: {message_id}
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
X-Failed-Recipients: {TO}
Message-ID: <65e2f1a6.050a0220.1a2b3.0001.GMR@mx.google.com>
Date: Mon, 02 Mar 2026 01:31:02 -0800 (PST)

--00000000000012345605abcdef12
Content-Type: multipart/related; boundary="00000000000012345705abcdef14"

--00000000000012345705abcdef14
Content-Type: multipart/alternative; boundary="00000000000012345805abcdef15"

--00000000000012345805abcdef15
Content-Type: text/plain; charset="UTF-8"

** Address not found ** {SAID}

--00000000000012345805abcdef15--
--00000000000012345705abcdef14
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=

--00000000000012345705abcdef14--

--00000000000012345605abcdef12
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Mon, 02 Mar 2026 01:31:01 -0800 (PST)
X-Original-Message-ID: {message_id}

Final-Recipient: rfc822; {TO}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.person.example. (192.0.2.7, the server for the domain person.example.)
Diagnostic-Code: smtp; 550-5.1.1 {SAID}
 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser
Last-Attempt-Date: Mon, 02 Mar 2026 01:31:02 -0800 (PST)

--00000000000012345605abcdef12
Content-Type: text/rfc822-headers

From: hub@hub.example
To: {TO}
Message-ID: {message_id}
Subject: A message for you

--00000000000012345605abcdef12--
""")


def bare(*, to: str, action: str = "failed", status: str = "5.2.2", kind: str = "message/delivery-status") -> bytes:
    """Write a report that gives nothing back: only the address that it comes to says which message it is about."""
    return _lines(f"""\
From: postmaster@person.example
To: <{to}>
Subject: Delivery report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

{SAID}

--b
Content-Type: {kind}

Reporting-MTA: dns; person.example

Final-Recipient: rfc822; {TO}
Action: {action}
Status: {status} (mailbox full)

--b--
""")


def on_holiday(*, to: str, message_id: str) -> bytes:
    """Write what a mailbox answers by itself while its owner is away."""
    return _lines(f"""\
From: {TO}
To: {to}
Subject: Automatic reply: A message for you
In-Reply-To: {message_id}
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
Content-Type: text/plain; charset="utf-8"

{SAID}. Status: 5.1.1 Action: failed
""")


def _lines(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()
