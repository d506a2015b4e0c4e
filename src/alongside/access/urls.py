from django.urls import path

from alongside.access import views

app_name = "access"
urlpatterns = [
    path("hat/", views.choose_hat, name="choose-hat"),
    path("personas/", views.pick_persona, name="personas"),
]
