"""The one answer that carries a file: an attachment with a plain name, which a browser neither opens, runs nor keeps.

Source: trust.md C19, C20; ASVS 5.0 V5.4.
"""

from __future__ import annotations

import re

from django.http import HttpResponse

from alongside.design.security import OF_A_FILE

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "age": "application/octet-stream",
    "json": "application/json",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_NAME = re.compile(r"[a-z0-9-]{1,40}")


def as_file(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """Give a file to whoever asked for it. In: a name of ours (small letters, digits and dashes; nothing that anybody typed)."""
    if not _NAME.fullmatch(name):
        raise ValueError("The name of a file is one of ours, and never what somebody typed.")
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = OF_A_FILE
    answer.headers["Cache-Control"] = "no-store"
    return answer
