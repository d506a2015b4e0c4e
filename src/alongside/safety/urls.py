from django.urls import path

from alongside.safety.views import exclusions, sharing, workers

app_name = "safety"
urlpatterns = [
    path("exclusions/<uuid:exclusion_id>/", exclusions.settle, name="settle"),
    path("emergency/", workers.emergency, name="emergency"),
    path("emergency/opened/", workers.glass_to_review, name="glass-to-review"),
    path("emergency/opened/<uuid:glass_id>/", workers.review, name="review-glass"),
    path("people/<uuid:person_id>/share-for-safety/", workers.share_for_safety, name="share-for-safety"),
    path("people/<uuid:person_id>/share-for-safety/<uuid:override_id>/end/", workers.end_sharing, name="end-sharing"),
    path("people/<uuid:person_id>/sharing/", sharing.sharing, name="sharing"),
    path("people/<uuid:person_id>/sharing/<uuid:objection_id>/end/", sharing.share_again, name="share-again"),
    path("people/<uuid:person_id>/sharing/print/", sharing.sharing_on_paper, name="sharing-on-paper"),
    path("shown-to-me/", workers.shown_to_me, name="shown-to-me"),
    path("people-i-know/", workers.people_i_know, name="people-i-know"),
    path("people-i-know/<uuid:declared_id>/end/", workers.no_longer_known, name="no-longer-known"),
]
