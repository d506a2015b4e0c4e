from django.urls import path

from alongside.messages import callbacks, views

app_name = "messages"
urlpatterns = [
    path("notify/became/", callbacks.became, name="became"),
    path("settings/wording/", views.wording, name="wording"),
    path("settings/wording/<slug:code>/", views.change_wording, name="change-wording"),
]
