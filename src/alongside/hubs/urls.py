from django.urls import path

from alongside.hubs import views

app_name = "hubs"
urlpatterns = [path("settings/", views.settings, name="settings")]
