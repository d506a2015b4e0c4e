from django.urls import path

from alongside.journey.directory import views

app_name = "directory"
urlpatterns = [
    path("find-support/", views.find_support, name="find-support"),
    path("find-support/all/", views.download, name="download"),
    path("s/<str:code>/", views.take_along, name="take-along"),
    path("find-support/<uuid:service_id>/", views.show_service, name="show-service"),
    path("gaps/", views.gaps, name="gaps"),
    path("gaps/<slug:need>/", views.gap, name="gap"),
    path("gaps/<slug:need>/<slug:outcode>/", views.gap, name="gap-in-a-place"),
    path("entries/", views.entries, name="entries"),
    path("find-support/<uuid:service_id>/close/", views.close_service, name="close-service"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/add/", views.add_feed, name="add-feed"),
    path("feeds/<uuid:feed_id>/", views.feed, name="feed"),
    path("feeds/<uuid:feed_id>/change/", views.change_feed, name="change-feed"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>/", views.settle_correction, name="settle-correction"),
    path("find-support/<uuid:service_id>/<slug:what>/", views.keep_service, name="keep-service"),
]
