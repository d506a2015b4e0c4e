from django.urls import path

from alongside.backups import views

app_name = "backups"
urlpatterns = [
    path("settings/copies/", views.copies, name="copies"),
    path("settings/after-a-restore/", views.after_a_restore, name="after-a-restore"),
    path("settings/after-a-restore/<uuid:message_id>/", views.settle_held, name="settle-held"),
]
