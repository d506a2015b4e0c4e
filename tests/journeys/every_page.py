"""Every address of the product, and who walks there: an address that no row names turns the walk red."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

STEPS = ("who", "name", "about-you", "reach", "reach-details", "words", "matters", "talk", "keep-away", "depends", "details")

ANYBODY: dict[str, tuple[str, ...]] = {
    "web:home": ("/",),
    "web:safeguarding": ("/safeguarding/",),
    "web:accessibility": ("/accessibility/",),
    "web:privacy": ("/privacy/",),
    "referrals:ask-for-help": ("/ask/",),
    "referrals:not-safe": ("/ask/help-now/",),
    "referrals:paper": ("/ask/on-paper/",),
    "directory:find-support": ("/find-support/", "/find-support/?need=loneliness", "/find-support/?words=suicide"),
    "directory:show-service": ("/find-support/{service}/",),
    "access:personas": ("/personas/",),
    "web:person-sign-in": ("/sign-in/",),
    "safety:own-number": ("/sign-in/number/",),
    "account_login": ("/account/login/",),
}
"""Pages that anybody may open. The page for what is not there is walked too."""

ASKING: dict[str, tuple[str, ...]] = {
    "referrals:ask": tuple(f"/ask/{step}/" for step in STEPS),
    "referrals:check-answers": ("/ask/check/",),
}
"""Pages of somebody who has answered every question and not sent it."""

BY_LINK: dict[str, tuple[str, ...]] = {
    "referrals:heard": ("/ask/heard/",),
    "referrals:heard-on-paper": ("/ask/heard/print/",),
    "web:where-it-stands": ("{stands}",),
    "referrals:change-reach": ("{stands}reach/",),
    "referrals:change-mind": ("{stands}mind/",),
    "handovers:answer-by-link": ("{answer}",),
    "access:first-password": ("{first_password}",),
}
"""Pages behind a link that one person was given, opened in the browser of somebody who has just asked."""

DUTY, PRACTITIONER, GP = "Hazelle Doorward", "Marigold Alongworth", "Dr Xanthe Waitingroom"
SAFEGUARDING, LEAD, HUB_LEAD = "Thaddeus Safehaven", "Evander Evenload", "Seraphina Hubward"
PRIVACY = "Isolde Closedlid"

WORKERS: dict[str, dict[str, tuple[str, ...]]] = {
    PRACTITIONER: {
        "web:today": ("/today/",),
        "web:hub-home": ("/hub/",),
        "web:figure-rows": ("/hub/held/", "/hub/told-once/", "/hub/asked-again/"),
        "web:team-rows": ("/hub/teams/{team}/",),
        "web:team-worker-rows": ("/hub/teams/{team}/workers/",),
        "web:nobody-lost": ("/nobody-lost/",),
        "web:show-person": ("/people/{person}/",),
        "web:in-a-crisis": ("/people/{person}/in-a-crisis/",),
        "web:find-help": ("/people/{person}/find-help/", "/people/{person}/find-help/?need=loneliness&near=Rivermouth"),
        "referrals:bring-someone-in": ("/bring-someone-in/", "/bring-someone-in/?found=yes"),
        "referrals:copy-summary": ("/referrals/{referral}/summary/",),
        "referrals:decided": ("/triage/{referral}/decided/",),
        "handovers:introductions": ("/introductions/",),
        "handovers:introduce": ("/people/{person}/introduce/",),
        "handovers:show-handover": ("/introductions/{handover}/",),
        "handovers:write-met": ("/introductions/{handover}/met-as-told/",),
        "handovers:signpost": ("/people/{person}/signpost/?service={service}",),
        "handovers:signpost-result": ("/signposts/{signpost}/",),
        "care_contacts:log-contact": ("/people/{person}/contact/",),
        "assessments:conversation": ("/people/{person}/conversation/",),
        "assessments:keep-away": ("/people/{person}/conversation/keep-away/",),
        "people:write-down": ("/people/{person}/write-down/", "/people/{person}/write-down/?domain=mind"),
        "people:files": ("/people/{person}/entries/{entry}/files/",),
        "people:as-told": ("/people/{person}/allergies-and-medicines/",),
        "people:contact-safety": ("/people/{person}/contact-safety/",),
        "members:next-date": ("/people/{person}/next-date/",),
        "members:change-holder": ("/people/{person}/holder/",),
        "members:rest": ("/people/{person}/rest/",),
        "members:they-have-died": ("/people/{person}/they-have-died/",),
        "access:choose-hat": ("/hat/",),
        "access:signed-in": ("/signed-in/",),
        "safety:emergency": ("/emergency/",),
        "safety:sharing": ("/people/{person}/sharing/",),
        "safety:keep-from-them": ("/people/{person}/shown/{handover}/",),
        "safety:sharing-on-paper": ("/people/{person}/sharing/print/",),
        "safety:addresses": ("/people/{person}/addresses/",),
        "safety:open-address": ("/people/{person}/addresses/open/",),
        "safety:change-address": ("/people/{person}/addresses/change/",),
        "safety:under-way": ("/people/{person}/addresses/under-way/",),
        "safety:people-i-know": ("/people-i-know/",),
        "safety:item": ("/people/{person}/sharing/items/{entry}/",),
        "safety:write-down-carer": ("/people/{person}/sharing/carers/",),
        "safety:carer": ("/people/{person}/sharing/carers/{carer}/",),
        "safety:own-page": ("/people/{person}/own-page/",),
        "safety:alerts": ("/people/{person}/alerts/",),
        "safety:end-alert": ("/people/{person}/alerts/{alert}/end/",),
        "rights:ask": ("/people/{person}/own-copy/",),
        "rights:put-right": ("/people/{person}/put-right/",),
        "rights:not-right": ("/people/{person}/put-right/{entry}/",),
        "rights:not-used": ("/people/{person}/put-right/all/",),
        "rights:answer": ("/people/{person}/put-right/answers/{challenge}/",),
        "safety:shown-to-me": ("/shown-to-me/",),
    },
    DUTY: {
        "web:today": ("/today/",),
        "web:nobody-lost": ("/nobody-lost/",),
        "web:matches": ("/who-is-who/",),
        "referrals:triage-queue": ("/triage/",),
        "referrals:decide": ("/triage/{waiting}/",),
        "referrals:taken-by": ("/crisis-calls/{call}/",),
        "referrals:call-unfinished": ("/triage/unfinished/{draft}/",),
    },
    GP: {
        "web:today": ("/today/",),
        "referrals:bring-someone-in": ("/bring-someone-in/",),
        "referrals:brought-in": ("/brought-in/{brought}/",),
    },
    SAFEGUARDING: {
        "access:exclusions": ("/exclusions/",),
        "safety:settle": ("/exclusions/{exclusion}/",),
        "rights:requests": ("/data-rights/",),
        "rights:keeping": ("/data-rights/keeping/",),
        "rights:hold": ("/data-rights/keeping/hold/",),
        "rights:propose-deletion": ("/data-rights/keeping/delete/",),
    },
    PRIVACY: {
        "exports:lists-to-take": ("/lists-to-take/",),
        "safety:looks-to-look-at": ("/looks/",),
        "safety:settle-look": ("/looks/noticed/{noticed}/",),
        "safety:who-looked": ("/looks/somebody/", "/looks/somebody/?reference={reference}"),
        "safety:worker-looks": ("/looks/workers/{worker}/",),
        "safety:watch-list": ("/looks/watch-list/",),
        "safety:made-up": ("/looks/made-up/",),
        "safety:journal": ("/looks/journal/",),
    },
    LEAD: {
        "web:today": ("/today/",),
        "members:hats": ("/hats/",),
        "access:sign-worker-out": ("/workers/{worker}/sign-out/",),
        "members:end-hat": ("/hats/{hat}/end/",),
        "members:arrange-leave": ("/hats/{hat}/leave/",),
    },
    HUB_LEAD: {
        "directory:gaps": ("/gaps/",),
        "directory:gap": ("/gaps/becoming_a_parent/",),
        "directory:gap-in-a-place": ("/gaps/housing/ZZ5/",),
        "directory:entries": ("/entries/",),
        "directory:close-service": ("/find-support/{service}/close/",),
        "directory:feeds": ("/feeds/",),
        "directory:add-feed": ("/feeds/add/",),
        "directory:feed": ("/feeds/{feed}/",),
        "directory:change-feed": ("/feeds/{feed}/change/",),
        "directory:corrections": ("/corrections/",),
        "directory:settle-correction": ("/corrections/{correction}/",),
        "hubs:settings": ("/settings/",),
        "hubs:hub": ("/settings/hub/",),
        "hubs:crisis-contacts": ("/settings/crisis-contacts/",),
        "hubs:organisations": ("/settings/organisations/",),
        "hubs:stopped": ("/settings/organisations/stopped/",),
        "hubs:sites": ("/settings/sites/",),
        "hubs:bank-holidays": ("/settings/bank-holidays/",),
        "hubs:standards": ("/settings/standards/",),
        "hubs:sharing": ("/settings/sharing/",),
        "hubs:sharing-proposals": ("/sharing-proposals/",),
        "hubs:door": ("/settings/door/",),
        "hubs:clients": ("/settings/clients/",),
        "hubs:teams": ("/settings/teams/",),
        "hubs:team": ("/settings/teams/{team}/",),
        "hubs:people": ("/settings/people/",),
        "hubs:worker": ("/settings/people/{worker}/",),
        "members:has-left": ("/workers/{worker}/left/",),
        "members:end-team": ("/teams/{team}/end/",),
        "backups:copies": ("/settings/copies/",),
        "backups:after-a-restore": ("/settings/after-a-restore/",),
        "messages:wording": ("/settings/wording/",),
        "messages:change-wording": ("/settings/wording/heard/", "/settings/wording/welcome/"),
    },
}

WALKED_ELSEWHERE = {
    "directory:take-along": "leads on to the service page",
    "assessments:put-together": "journey of two workers and one conversation",
    "care_contacts:we-have-met": "journey of an introduction between teams",
    "members:take-back-death": "journey of a death that was written down by mistake",
    "account_logout": "journey of an invited worker",
    "account_change_password": "journey of an invited worker",
    "account_reauthenticate": "journey of an invited worker",
    "mfa_index": "journey of an invited worker",
    "mfa_authenticate": "journey of an invited worker",
    "mfa_reauthenticate": "journey of an invited worker",
    "mfa_activate_totp": "journey of an invited worker",
    "mfa_deactivate_totp": "journey of an invited worker",
    "mfa_view_recovery_codes": "journey of an invited worker",
    "mfa_generate_recovery_codes": "journey of an invited worker",
    "mfa_list_webauthn": "journey of a passkey",
    "mfa_add_webauthn": "journey of a passkey",
    "mfa_edit_webauthn": "journey of a passkey",
    "mfa_remove_webauthn": "journey of a passkey",
    "mfa_reauthenticate_webauthn": "journey of a passkey",
    "access:back-staff": "journey of signing in elsewhere",
    "web:back-people": "journey of signing in elsewhere",
    "web:mine": "journey of signing in elsewhere",
    "safety:own-link": "journey of somebody without a provider",
    "safety:own-code": "journey of somebody without a provider",
    "safety:glass-to-review": "journey of an emergency",
    "safety:review-glass": "journey of an emergency",
    "safety:share-for-safety": "journey of an emergency",
    "web:caseload": "asks who it is first: journey of a list that leaves with a second yes",
    "web:calendar": "asks who it is first: journey of a copy of a record",
    "exports:answer-list": "asks who it is first: journey of a list that leaves with a second yes",
    "downtime:take-pack": "asks who it is first: journey of a list that leaves with a second yes",
    "rights:request": "journey of a copy of a record",
    "rights:decide": "journey of a copy of a record",
    "rights:hand-over": "journey of a copy of a record",
    "rights:close": "journey of a copy of a record",
}

SHOWS_NO_PAGE = {
    "web:set-language": "takes a choice and leads back",
    "referrals:start-again": "takes a press and leads on",
    "referrals:say-genuine": "takes a press and leads on",
    "referrals:calling-now": "takes a press and leads on",
    "directory:keep-service": "takes a press and leads on",
    "web:nothing-fits": "takes a press and leads on",
    "backups:settle-held": "takes a press and leads back",
    "handovers:new-link": "takes a press; its page is that of the introduction",
    "handovers:step": "takes a press and leads on",
    "people:open-file": "a file",
    "people:read-story": "takes a press and leads on",
    "people:take-apart": "takes a press and leads on",
    "members:bring-back": "takes a press and leads on",
    "members:finish-task": "takes a press and leads on",
    "mfa_login_webauthn": "takes what a browser answers, and leads on",
    "access:go-elsewhere": "takes a press and leads to the provider",
    "access:unlink-elsewhere": "takes a press and leads back",
    "web:go-elsewhere": "takes a press and leads to the provider",
    "safety:end-sharing": "takes a press and leads back",
    "safety:whereabouts": "takes a press and leads back",
    "safety:end-watch": "takes a press and leads back",
    "safety:end-witness": "takes a press and leads back",
    "safety:share-again": "takes a press and leads back",
    "rights:end-hold": "takes a press and leads back",
    "rights:agree-to-deletion": "takes a press and leads back",
    "rights:stop-deletion": "takes a press and leads back",
    "rights:take-up": "takes a press and leads back",
    "rights:approve": "takes a press and leads back",
    "safety:show-them": "takes a press and leads back",
    "safety:no-longer-known": "takes a press and leads back",
    "safety:nobody-new": "takes a press and leads back",
    "safety:take-back-choice": "takes a press and leads back",
    "safety:close-own-page": "takes a press and leads back",
    "mfa_download_recovery_codes": "a file",
    "directory:download": "a file",
    "messages:became": "for machines",
    "web:health-of-care": "for machines",
    "metadata": "for machines",
    "open-referral:root": "for machines",
    "open-referral:openapi": "for machines",
    "open-referral:services": "for machines",
    "open-referral:service": "for machines",
    "open-referral:places": "for machines",
    "open-referral:place": "for machines",
    "open-referral:organisations": "for machines",
    "open-referral:organisation": "for machines",
    "open-referral:taxonomies": "for machines",
    "open-referral:taxonomy": "for machines",
    "open-referral:terms": "for machines",
    "open-referral:term": "for machines",
    "open-referral:nothing-here": "for machines",
    "nothing-in-fhir": "for machines",
    "api:openapi-json": "for machines",
    "api:process_message": "for machines",
    "api:metadata": "for machines",
    "api:api-root": "for machines",
}

CLOSED = (
    "account_inactive", "account_signup", "account_email", "account_email_verification_sent", "account_set_password",
    "account_reset_password", "account_confirm_login_code", "account_confirm_email", "account_reset_password_from_key_done",
    "account_reset_password_from_key", "account_reset_password_done",
)  # fmt: skip
"""What the sign-in library brings and this house keeps shut: accounts are by invitation, passwords by a link of the lead."""


def every_address() -> set[str]:
    """Give the name of every address that the product answers; those kept shut without a name are left out."""
    return set(_names(get_resolver(), ""))


def _names(resolver: Any, space: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _names(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}"
