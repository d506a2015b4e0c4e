from django.urls import path

from alongside.downtime import views

app_name = "downtime"
urlpatterns = [
    path("downtime-pack/", views.take_pack, name="take-pack"),
]
