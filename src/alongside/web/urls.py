from django.urls import path

from alongside.web.views import exports, find_help, machines, people, provision, public, workers

app_name = "web"
urlpatterns = [
    path("", public.home, name="home"),
    path("language/", public.set_language, name="set-language"),
    path("safeguarding/", public.safeguarding, name="safeguarding"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("sign-in/", people.sign_in, name="person-sign-in"),
    path("sign-in/go/", people.go, name="go-elsewhere"),
    path("sign-in/back/", people.back, name="back-people"),
    path("mine/", people.mine, name="mine"),
    path("health/care/", machines.care, name="health-of-care"),
    path("stands/<str:token>/", public.where_it_stands, name="where-it-stands"),
    path("today/", workers.today_page, name="today"),
    path("today/list/", exports.caseload, name="caseload"),
    path("today/calendar/", exports.calendar, name="calendar"),
    path("people/<uuid:person_id>/", workers.show_person, name="show-person"),
    path("people/<uuid:person_id>/in-a-crisis/", workers.in_a_crisis, name="in-a-crisis"),
    path("people/<uuid:person_id>/find-help/", find_help.find_help, name="find-help"),
    path("people/<uuid:person_id>/find-help/nothing-fits/", find_help.nothing_fits, name="nothing-fits"),
    path("nobody-lost/", workers.nobody_lost, name="nobody-lost"),
    path("hub/", workers.hub_home, name="hub-home"),
    path("hub/teams/<uuid:team_id>/", workers.team_rows, name="team-rows"),
    path("hub/teams/<uuid:team_id>/workers/", workers.team_worker_rows, name="team-worker-rows"),
    path("hub/<slug:what>/", workers.figure_rows, name="figure-rows"),
    path("rules/", provision.rules, name="rules"),
    path("rules/<uuid:service_id>/", provision.change_rules, name="change-rules"),
    path("asset-map/", provision.assets, name="asset-map"),
    path("asset-map/record/", provision.record_gap, name="record-gap"),
    path("asset-map/take/", provision.take_assets, name="take-assets"),
    path("asset-map/bring/", provision.bring_assets, name="bring-assets"),
    path("who-is-who/", workers.matches, name="matches"),
]
