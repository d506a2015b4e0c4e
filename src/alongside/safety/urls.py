from django.urls import path

from alongside.safety import views

app_name = "safety"
urlpatterns = [
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/opened/", views.glass_to_review, name="glass-to-review"),
    path("emergency/opened/<uuid:glass_id>/", views.review, name="review-glass"),
    path("people/<uuid:person_id>/share-for-safety/", views.share_for_safety, name="share-for-safety"),
    path("people/<uuid:person_id>/share-for-safety/<uuid:override_id>/end/", views.end_sharing, name="end-sharing"),
    path("shown-to-me/", views.shown_to_me, name="shown-to-me"),
    path("people-i-know/", views.people_i_know, name="people-i-know"),
    path("people-i-know/<uuid:declared_id>/end/", views.no_longer_known, name="no-longer-known"),
]
