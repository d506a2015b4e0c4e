from django.urls import path

from alongside.messages import views

app_name = "messages"
urlpatterns = [
    path("settings/wording/", views.wording, name="wording"),
    path("settings/wording/<slug:code>/", views.change_wording, name="change-wording"),
]
