from django.urls import path

from alongside.journey.care_contacts import views

app_name = "care_contacts"
urlpatterns = [
    path("people/<uuid:person_id>/contact/", views.log_contact, name="log-contact"),
    path("we-have-met/<uuid:handover_id>/", views.we_have_met, name="we-have-met"),
]
