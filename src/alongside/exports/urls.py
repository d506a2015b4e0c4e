from django.urls import path

from alongside.exports import views

app_name = "exports"
urlpatterns = [
    path("lists-to-take/", views.lists_to_take, name="lists-to-take"),
    path("lists-to-take/<uuid:export_id>/", views.answer_list, name="answer-list"),
]
