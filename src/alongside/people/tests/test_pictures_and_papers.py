"""A picture or paper belongs to an entry of the story: seen by whoever sees the entry, given as a file, within quotas, journalled."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from alongside.access.commands import exclude
from alongside.files.received import Clean
from alongside.journal.models import Entry, Look
from alongside.people.commands import attaching, write_down
from alongside.people.commands.attaching import NoMoreRoom, attach, open_attachment
from alongside.people.models import AttachedBytes, Attachment, StoryEntry
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H07")]
NAME = "..\\..\\\u202egnp.exe\r\nX-Evil: 1/../../etc/passwd.png"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), (0, 100, 0)).save(out, "PNG")
    return out.getvalue()


def told(hub: MadeHub, key: str = "cora", label: str = "sensitive") -> StoryEntry:
    person = hub.held_by(key, now())
    return write_down(
        actor=hub.actor(key, now()), at=now(), person_id=person.pk, subject="mind", words="See the letter.", whose_words="person",
        label=label, do_not_ask_again=False,
    )  # fmt: skip


def path_of(entry: StoryEntry) -> str:
    return f"/people/{entry.person.public_id}/entries/{entry.public_id}/files/"


def sent(content: bytes, **more: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(NAME, content, content_type="text/html"), "caption": "The letter", **more}


def test_by_page_it_is_attached_cleaned_and_given_back_as_a_file(hub: MadeHub) -> None:
    entry = told(hub)
    browser = hub.signed_in("cora")
    assert browser.post(path_of(entry), sent(picture() + b"<script>CANARY</script>")).status_code == 302
    page = browser.get(path_of(entry)).content.decode()
    assert "The letter" in page and "exe" not in page
    made = Attachment.objects.get()
    path = f"/people/{entry.person.public_id}/files/{made.public_id}/"
    answer = browser.post(path)
    assert answer.content.startswith(b"\x89PNG") and b"CANARY" not in answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="attached.png"' and answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    facts = Entry.objects.get(command="file.attached").facts
    assert facts == {"entry": str(entry.public_id), "attachment": str(made.public_id), "kind": "png", "size": made.size}
    assert Entry.objects.filter(command="file.opened").count() == 1
    assert Look.objects.get(page="attachment.png").about_id == entry.person_id


def test_what_cannot_be_kept_is_an_error_of_the_form_and_nothing_stays(hub: MadeHub) -> None:
    entry = told(hub)
    answer = hub.signed_in("cora").post(path_of(entry), sent(b"<svg onload=alert(1)>"))
    assert "Choose a picture (JPEG or PNG) or a PDF. Nothing was kept." in answer.content.decode()
    assert not Attachment.objects.exists() and not AttachedBytes.objects.exists()


def test_a_get_gives_no_bytes(hub: MadeHub) -> None:
    entry = told(hub)
    attach(
        actor=hub.actor("cora", now()),
        at=now(),
        person_id=entry.person_id,
        entry_id=entry.public_id,
        file=Clean("png", picture()),
    )
    made = Attachment.objects.get()
    path = f"/people/{entry.person.public_id}/files/{made.public_id}/"
    browser = hub.signed_in("cora")
    assert browser.get(path).status_code == 405


@pytest.mark.parametrize("why", ["not near", "kept away", "circle", "reception"])
def test_who_does_not_see_the_entry_does_not_see_what_is_attached(hub: MadeHub, why: str) -> None:
    entry = told(hub, label="circle" if why == "circle" else "sensitive")
    about: dict[str, Any] = {"at": now(), "person_id": entry.person_id}
    made = attach(actor=hub.actor("cora", now()), entry_id=entry.public_id, file=Clean("png", picture()), **about)
    assert open_attachment(actor=hub.actor("cora", now()), attachment_id=made.public_id, **about).content == picture()
    key = {"not near": "liv", "kept away": "cora", "circle": "nell", "reception": "ada"}[why]
    if why == "kept away":
        exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=entry.person_id, words="Cora Madeup")
    about["at"] = now()
    with pytest.raises(NotFound):
        open_attachment(actor=hub.actor(key, now()), attachment_id=made.public_id, **about)
    with pytest.raises(NotFound):
        attach(actor=hub.actor(key, now()), entry_id=entry.public_id, file=Clean("png", picture()), **about)


def test_an_attachment_is_not_reached_through_somebody_else(hub: MadeHub) -> None:
    one, other = told(hub), told(hub)
    made = attach(
        actor=hub.actor("cora", now()), at=now(), person_id=one.person_id, entry_id=one.public_id, file=Clean("png", picture())
    )
    for person in (other,):
        answer = hub.signed_in("cora").post(f"/people/{person.person.public_id}/files/{made.public_id}/")
        assert answer.status_code == 404
    with pytest.raises(NotFound):
        attach(
            actor=hub.actor("cora", now()),
            at=now(),
            person_id=other.person_id,
            entry_id=one.public_id,
            file=Clean("png", picture()),
        )


@pytest.mark.parametrize("quota", ["A_PERSON", "A_DAY"])
def test_there_is_room_for_so_much_and_no_more(hub: MadeHub, monkeypatch: pytest.MonkeyPatch, quota: str) -> None:
    entry = told(hub)
    about: dict[str, Any] = {
        "actor": hub.actor("cora", now()),
        "at": now(),
        "person_id": entry.person_id,
        "entry_id": entry.public_id,
    }
    monkeypatch.setattr(attaching, quota, {"A_PERSON": 2 * len(picture()), "A_DAY": 2}[quota])
    for _time in range(2):
        attach(**about, file=Clean("png", picture()))
    with pytest.raises(NoMoreRoom):
        attach(**about, file=Clean("png", picture()))
    assert Attachment.objects.count() == 2
