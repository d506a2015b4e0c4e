"""What somebody sends: looked into by its own bytes, made anew, or refused with a sentence. Nothing of it is kept as it came.

A picture is drawn again, so that where and with what it was taken is gone, and whatever hid behind it. A PDF that does anything, or
carries anything, is refused; of the others only its pages stay. Source: trust.md C20, P10; ASVS 5.0 V5.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from alongside.refusals import Invalid

LARGEST_MB = 10
LARGEST = LARGEST_MB * 1024 * 1024
PIXELS = 24_000_000
PAGES = 200
OBJECTS = 50_000
"""Pieces that a PDF of two hundred pages may be made of."""
_FIRST_BYTES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))
_DOES_SOMETHING = frozenset(
    (
        "/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF", "/RichMedia", "/XFA",
        "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Rendition", "/3D", "/Collection",
    )
)  # fmt: skip
"""Names in a PDF by which it runs, opens, sends or carries something."""


class NotThisFile(Invalid):
    code = "not_this_file"
    message = _("Choose a picture (JPEG or PNG) or a PDF. Nothing was kept.")


class TooLarge(Invalid):
    code = "file_too_large"
    message = _("This is too large: 10 MB, 24 million dots or 200 pages at most. Nothing was kept.")


class DoesSomething(Invalid):
    code = "file_does_something"
    message = _(
        "This PDF runs, opens or carries something else. Print it to a new PDF, or take a picture of it. Nothing was kept."
    )


@dataclass(frozen=True, slots=True)
class Clean:
    """What is kept: its kind (jpg, png, pdf) and its bytes as we made them."""

    kind: str
    content: bytes


def look_into(content: bytes) -> Clean:
    """Make a clean file of what was sent, by its first bytes, whatever it was called.

    Refuses:  TooLarge; NotThisFile for what is none of the three, or only looks like it; DoesSomething.
    """
    if len(content) > LARGEST:
        raise TooLarge
    kind = next((kind for first, kind in _FIRST_BYTES if content.startswith(first)), "")
    if not kind:
        raise NotThisFile
    made = _paper(content) if kind == "pdf" else _picture(content, kind)
    if len(made) > LARGEST:
        raise TooLarge
    return Clean(kind, made)


def _picture(content: bytes, kind: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG" if kind == "jpg" else "PNG"]) as sent:
            if sent.width * sent.height > PIXELS:
                raise TooLarge
            sent.load()
            drawn = ImageOps.exif_transpose(sent)
            mode = "RGB" if kind == "jpg" else "RGBA" if "A" in drawn.mode or "transparency" in drawn.info else "RGB"
            drawn = drawn.convert(mode)
            # A new picture with the same dots: what stood beside them has nowhere to come along.
            fresh = Image.frombytes(mode, drawn.size, drawn.tobytes())
    except (TooLarge, Image.DecompressionBombError):
        raise TooLarge from None
    except Exception as fault:  # noqa: BLE001  # whatever a made-up picture breaks in the library, it is no picture
        raise NotThisFile from fault
    out = io.BytesIO()
    if kind == "jpg":
        fresh.save(out, "JPEG", quality=88)
    else:
        fresh.save(out, "PNG")
    return out.getvalue()


def _paper(content: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as sent:
            if len(sent.pages) > PAGES or len(sent.objects) > OBJECTS:
                raise TooLarge
            if not len(sent.pages):
                raise NotThisFile
            for one in sent.objects:
                if _DOES_SOMETHING & set(_names_in(one, 0)):
                    raise DoesSomething
                _without_where(one)
            for name in ("/Metadata", "/PieceInfo"):
                if name in sent.Root:
                    del sent.Root[name]
            for page in sent.pages:
                for name in ("/Metadata", "/PieceInfo"):
                    if name in page.obj:
                        del page.obj[name]
            for name in [str(one) for one in sent.docinfo]:
                del sent.docinfo[name]
            sent.remove_unreferenced_resources()
            out = io.BytesIO()
            sent.save(out)
            return out.getvalue()
    except (TooLarge, NotThisFile, DoesSomething):
        raise
    except Exception as fault:  # noqa: BLE001  # whatever a made-up PDF breaks in the library, it is no PDF
        raise NotThisFile from fault


def _names_in(one: Any, depth: int) -> Iterator[str]:
    """Give every name in a piece of a PDF, its keys and its values, as deep as it goes."""
    if depth > 50:
        raise NotThisFile
    if isinstance(one, pikepdf.Name):
        yield str(one)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            if not getattr(value, "is_indirect", False):
                yield from _names_in(value, depth + 1)
    elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in one.items():
            yield str(key)
            if not getattr(value, "is_indirect", False):
                yield from _names_in(value, depth + 1)


def _without_where(one: Any) -> None:
    """Take out of a photo inside a PDF what stands beside its dots: where it was taken, when and with what."""
    if isinstance(one, pikepdf.Stream) and "/DCTDecode" in str(one.get("/Filter", "")):
        raw = one.read_raw_bytes()
        bare = _bare(raw)
        if bare != raw:
            one.write(bare, filter=one.get("/Filter"), decode_parms=one.get("/DecodeParms"))  # type: ignore[arg-type]  # as it was read


def _bare(jpeg: bytes) -> bytes:
    """Give a JPEG without its application segments and comments, but those that say how its colours are meant (0 and 14)."""
    out, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        marker = jpeg[at + 1]
        if not (0xE1 <= marker <= 0xED or marker in (0xEF, 0xFE)):
            out += jpeg[at : at + length]
        at += length
    return bytes(out + jpeg[at:])


class InMemory(FileUploadHandler):
    """Keep what is sent in memory until it has been looked into, and of what is too large only so much that it is seen to be."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.parts: list[bytes] = []
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.size <= LARGEST:
            self.parts.append(raw_data)
        self.size += len(raw_data)

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        content = b"".join(self.parts)
        # Its name is what somebody typed, and is not even looked at.
        return SimpleUploadedFile("file", content[: LARGEST + 1])
