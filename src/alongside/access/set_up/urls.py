from django.urls import path

from alongside.access.set_up.views import hub, people, sharing, teams

app_name = "hubs"
urlpatterns = [
    path("settings/", hub.settings, name="settings"),
    path("settings/hub/", hub.hub, name="hub"),
    path("settings/crisis-contacts/", hub.crisis_contacts, name="crisis-contacts"),
    path("settings/organisations/", hub.organisations, name="organisations"),
    path("settings/organisations/stopped/", hub.stopped, name="stopped"),
    path("settings/sites/", hub.sites, name="sites"),
    path("settings/bank-holidays/", hub.bank_holidays, name="bank-holidays"),
    path("settings/standards/", hub.standards, name="standards"),
    path("settings/sharing/", sharing.sharing, name="sharing"),
    path("sharing-proposals/", sharing.proposals, name="sharing-proposals"),
    path("settings/door/", hub.door, name="door"),
    path("settings/clients/", hub.clients, name="clients"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/<uuid:team_id>/", teams.team, name="team"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/<uuid:worker_id>/", people.worker, name="worker"),
]
