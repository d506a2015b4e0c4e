from django.urls import path

from alongside.members import views

app_name = "members"
urlpatterns = [
    path("people/<uuid:person_id>/next-date/", views.next_date, name="next-date"),
    path("people/<uuid:person_id>/holder/", views.change_holder, name="change-holder"),
    path("people/<uuid:person_id>/rest/", views.rest, name="rest"),
    path("people/<uuid:person_id>/they-have-died/", views.they_have_died, name="they-have-died"),
    path("people/<uuid:person_id>/take-back-death/", views.take_back_death, name="take-back-death"),
    path("people/<uuid:person_id>/back/", views.bring_back, name="bring-back"),
    path("tasks/<uuid:task_id>/done/", views.finish_task, name="finish-task"),
    path("hats/", views.hats, name="hats"),
    path("hats/<uuid:hat_id>/end/", views.end_hat, name="end-hat"),
    path("workers/<uuid:worker_id>/left/", views.has_left, name="has-left"),
    path("teams/<uuid:team_id>/end/", views.end_team, name="end-team"),
    path("hats/<uuid:hat_id>/leave/", views.arrange_leave, name="arrange-leave"),
]
