from django.urls import path

from alongside.access import views

app_name = "access"
urlpatterns = [
    path("hat/", views.choose_hat, name="choose-hat"),
    path("personas/", views.pick_persona, name="personas"),
    path("account/staff/", views.go_elsewhere, name="go-elsewhere"),
    path("account/staff/back/", views.back_from_elsewhere, name="back-staff"),
    path("account/staff/unlink/", views.unlink_elsewhere, name="unlink-elsewhere"),
    path("signed-in/", views.signed_in, name="signed-in"),
    path("workers/<uuid:worker_id>/sign-out/", views.sign_worker_out, name="sign-worker-out"),
    path("exclusions/", views.exclusions, name="exclusions"),
    path("account/first/<str:worker_key>/<str:token>/", views.first_password, name="first-password"),
    # What the sign-in library offers and a hub does not: accounts come by invitation, and nothing is e-mailed.
    path("account/signup/", views.not_here),
    path("account/email/", views.not_here),
    path("account/confirm-email/", views.not_here),
    path("account/confirm-email/<path:rest>", views.not_here),
    path("account/password/reset/", views.not_here),
    path("account/password/reset/<path:rest>", views.not_here),
    path("account/password/set/", views.not_here),
    path("account/login/code/<path:rest>", views.not_here),
]
