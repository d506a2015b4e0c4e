from django.urls import path

from alongside.journey.assessments import views

app_name = "assessments"
urlpatterns = [
    path("people/<uuid:person_id>/conversation/", views.conversation, name="conversation"),
    path("people/<uuid:person_id>/conversation/keep-away/", views.keep_away, name="keep-away"),
    path("people/<uuid:person_id>/conversation/together/<int:version_id>/", views.put_together, name="put-together"),
]
