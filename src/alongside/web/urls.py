from django.urls import path

from alongside.web.views import public, workers

app_name = "web"
urlpatterns = [
    path("", public.home, name="home"),
    path("language/", public.set_language, name="set-language"),
    path("safeguarding/", public.safeguarding, name="safeguarding"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("stands/<str:token>/", public.where_it_stands, name="where-it-stands"),
    path("today/", workers.today_page, name="today"),
    path("people/<uuid:person_id>/", workers.show_person, name="show-person"),
    path("people/<uuid:person_id>/in-a-crisis/", workers.in_a_crisis, name="in-a-crisis"),
    path("people/<uuid:person_id>/find-help/", workers.find_help, name="find-help"),
    path("nobody-lost/", workers.nobody_lost, name="nobody-lost"),
    path("hub/", workers.hub_home, name="hub-home"),
    path("hub/teams/<uuid:team_id>/", workers.team_rows, name="team-rows"),
    path("hub/teams/<uuid:team_id>/workers/", workers.team_worker_rows, name="team-worker-rows"),
    path("hub/<slug:what>/", workers.figure_rows, name="figure-rows"),
    path("who-is-who/", workers.matches, name="matches"),
]
