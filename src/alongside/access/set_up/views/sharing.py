# For workers only.
"""Agreements between partners: a lead proposes, two others approve once they have read who would gain sight of how many people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.access import commands
from alongside.access.doors import worker_page
from alongside.access.policy import check_may
from alongside.access.requests import Request
from alongside.access.set_up import forms, queries
from alongside.access.set_up.pages import Section
from alongside.access.set_up.saving import saved
from alongside.access.set_up.views.common import done_by, draw, sent, setting_up
from alongside.access.set_up.words import covers
from alongside.access.step_up import require_step_up
from alongside.design.forms import OneButton
from alongside.design.words import short_day
from alongside.vocabulary.clock import now, start_of

Sign = dict[str, Any]


@setting_up
def sharing(request: Request) -> HttpResponse:
    require_step_up(request)
    actor, at = request.actor, now()
    partners = queries.partners_in_full(actor)
    new = forms.NewAgreement(**sent(request, "begin"), offered={"organisations": partners})
    if saved(new, lambda given: _begin_and_propose(request, given)):
        return redirect("hubs:sharing-proposals")
    sections: list[Section] = []
    for agreement, signatures in queries.agreements(actor, at):
        signed = {str(one.organisation_id) for one in signatures}
        propose = forms.Sign(
            **sent(request, f"sign-{agreement.pk}"), offered={"organisation": [one for one in partners if one[0] not in signed]}
        )
        leave = forms.Sign(
            **sent(request, f"leave-{agreement.pk}"), offered={"organisation": [one for one in partners if one[0] in signed]}
        )

        def do_propose(given: Sign, key: int = agreement.pk) -> None:
            commands.propose_sharing(actor=actor, at=at, agreement_id=key, organisation_ids=[int(given["organisation"])])

        def do_leave(given: Sign, key: int = agreement.pk) -> None:
            commands.leave_agreement(actor=actor, at=at, agreement_id=key, organisation_id=int(given["organisation"]))

        if saved(propose, do_propose):
            return redirect("hubs:sharing-proposals")
        if saved(leave, do_leave):
            return redirect("hubs:sharing")
        rows = tuple(
            (one.organisation.name, short_day(one.from_at), one.signed_by.worker.name if one.signed_by else "")
            for one in signatures
        )
        to_join = Section(
            title=_("Propose another partner for it"), form=propose, what=f"sign-{agreement.pk}", button=_("Propose")
        )
        sections += [
            Section(
                title=agreement.purpose,
                lines=(*covers(agreement), _("In force between those who have signed, from the next page on.")),
                head=(_("Signed for"), _("Since"), _("Proposed by")),
                rows=rows,
                empty=_("Nobody has signed yet."),
            ),
            *([to_join] if len(signed) < len(partners) else []),
            Section(
                title=_("Take an organisation out"),
                lines=(_("At once: from the next page on nothing passes either way."),),
                form=leave,
                what=f"leave-{agreement.pk}",
                button=_("Take out"),
            ),
        ]
    waiting = len(queries.proposals(actor))
    sections.append(
        Section(
            title=_("Propose an agreement"),
            lines=(
                _(
                    "Two others approve it first: a hub lead, a privacy officer or a safeguarding lead. Until then it shares nothing."
                ),
            ),
            warnings=(_("%s proposals wait for two people to say yes.") % waiting,) if waiting else (),
            form=new,
            what="begin",
            button=_("Propose"),
        )
    )
    return draw(request, _("Sharing agreements"), *sections)


def _begin_and_propose(request: Request, given: dict[str, Any]) -> None:
    until = given.pop("until_on")
    commands.begin_and_propose(
        **done_by(request),
        organisation_ids=[int(key) for key in given.pop("organisations")],
        until_at=start_of(until + timedelta(days=1)) if until else None,
        **given,
    )


@worker_page
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: Request) -> HttpResponse:
    """What waits for a yes, each with who would gain sight of how many people."""
    check_may(request.actor, "approve_sharing")
    require_step_up(request)
    sections: list[Section] = []
    for one in queries.proposals(request.actor):
        key = one.proposal.public_id
        yes, no = OneButton(**sent(request, f"yes-{key}")), OneButton(**sent(request, f"no-{key}"))

        def approve(_given: dict[str, Any], key: Any = key) -> None:
            commands.approve_sharing(actor=request.actor, at=now(), proposal_id=key)

        def withdraw(_given: dict[str, Any], key: Any = key) -> None:
            commands.withdraw_proposal(actor=request.actor, at=now(), proposal_id=key)

        if saved(yes, approve) or saved(no, withdraw):
            return redirect("hubs:sharing-proposals")
        sections += [
            Section(
                title=one.proposal.agreement.purpose,
                lines=(
                    _("%(who)s proposed on %(day)s that %(partners)s sign it.")
                    % {"who": one.by, "day": short_day(one.proposal.proposed_at), "partners": ", ".join(one.partners)},
                    *covers(one.proposal.agreement),
                    _("Said yes so far: %s.") % (", ".join(one.approved_by) or _("nobody")),
                ),
                head=(_("Who would see more"), _("Of how many people")),
                rows=tuple((gain.organisation.name, str(gain.people)) for gain in one.gains),
                empty=_("Nobody would see more of anybody today."),
            ),
            Section(form=yes, what=f"yes-{key}", button=_("Say yes")),
            Section(form=no, what=f"no-{key}", button=_("Say no, and end the proposal")),
        ]
    if not sections:
        sections.append(Section(lines=(_("Nothing waits for a yes."),)))
    back = reverse("hubs:sharing") if request.actor.role == "hub_lead" else reverse("web:home")
    return draw(request, _("What partners propose to share"), *sections, back=back)
