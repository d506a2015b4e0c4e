from django.urls import path

from alongside.people import views

app_name = "people"
urlpatterns = [
    path("people/<uuid:person_id>/write-down/", views.write_down, name="write-down"),
    path("people/<uuid:person_id>/entries/<uuid:item_id>/files/", views.files, name="files"),
    path("people/<uuid:person_id>/files/<uuid:file_id>/", views.open_file, name="open-file"),
    path("people/<uuid:person_id>/story-read/", views.read_story, name="read-story"),
    path("people/<uuid:person_id>/allergies-and-medicines/", views.as_told, name="as-told"),
    path("people/<uuid:person_id>/apart/<uuid:other_id>/", views.take_apart, name="take-apart"),
    path("people/<uuid:person_id>/contact-safety/", views.contact_safety, name="contact-safety"),
]
