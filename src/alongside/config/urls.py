"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.web.urls")),
    path("", include("alongside.journey.referrals.urls")),
    path("", include("alongside.journey.directory.urls")),
    path("", include("alongside.journey.handovers.urls")),
    path("", include("alongside.journey.care_contacts.urls")),
    path("", include("alongside.journey.assessments.urls")),
    path("", include("alongside.safety.urls")),
    path("", include("alongside.rights.urls")),
    path("", include("alongside.exports.urls")),
    path("", include("alongside.downtime.urls")),
    path("", include("alongside.people.urls")),
    path("", include("alongside.members.urls")),
    path("", include("alongside.access.urls")),
    path("", include("alongside.access.set_up.urls")),
    path("", include("alongside.messages.urls")),
    path("", include("alongside.backups.urls")),
    path("account/", include("allauth.urls")),
    path("", include("alongside.exchange.open_referral.publishing.urls")),
    path("", include("alongside.config.api")),
]
handler400 = "alongside.web.middleware.cannot_be_read"
handler404 = "alongside.web.middleware.not_found"
handler500 = "alongside.web.middleware.server_fault"
