from django.urls import path

from alongside.journey.handovers import views

app_name = "handovers"
urlpatterns = [
    path("introductions/", views.introductions, name="introductions"),
    path("introductions/<uuid:handover_id>/", views.show_handover, name="show-handover"),
    path("introductions/<uuid:handover_id>/met-as-told/", views.write_met, name="write-met"),
    path("introductions/<uuid:handover_id>/new-link/", views.new_link, name="new-link"),
    path("introductions/<uuid:handover_id>/<slug:what>/", views.step, name="step"),
    path("people/<uuid:person_id>/introduce/", views.introduce, name="introduce"),
    path("people/<uuid:person_id>/signpost/", views.signpost, name="signpost"),
    path("signposts/<uuid:signpost_id>/", views.signpost_result, name="signpost-result"),
    path("entries/<uuid:service_id>/what-became/", views.what_became, name="what-became"),
    path("entry/<str:token>/what-became/", views.what_became_by_link, name="what-became-by-link"),
    path("answer/<str:token>/", views.answer_by_link, name="answer-by-link"),
]
