from django.urls import path

from alongside.journey.directory.views import by_link, corrections, entries, feeds, finding, gaps, keeping

app_name = "directory"
urlpatterns = [
    path("find-support/", finding.find_support, name="find-support"),
    path("find-support/all/", finding.download, name="download"),
    path("s/<str:code>/", finding.take_along, name="take-along"),
    path("find-support/<uuid:service_id>/", finding.show_service, name="show-service"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/<slug:need>/", gaps.gap, name="gap"),
    path("gaps/<slug:need>/<slug:outcode>/", gaps.gap, name="gap-in-a-place"),
    path("entries/", keeping.entries, name="entries"),
    path("entries/waits/", keeping.waits, name="waits"),
    path("entries/<uuid:service_id>/", entries.keep_entry, name="keep-entry"),
    path("entries/<uuid:service_id>/change/", entries.change_entry, name="change-entry"),
    path("entries/<uuid:service_id>/say/<slug:what>/", entries.say_of_entry, name="say-of-entry"),
    path("entry/<str:token>/", by_link.entry_by_link, name="entry-by-link"),
    path("entry/<str:token>/change/", by_link.change_by_link, name="change-by-link"),
    path("entry/<str:token>/wrong/", by_link.settle_by_link, name="settle-by-link"),
    path("said/<str:token>/", corrections.said_wrong, name="said-wrong"),
    path("entry/<str:token>/say/<slug:what>/", by_link.say_by_link, name="say-by-link"),
    path("find-support/<uuid:service_id>/places/", keeping.say_places, name="say-places"),
    path("find-support/<uuid:service_id>/close/", keeping.close_service, name="close-service"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/add/", feeds.add_feed, name="add-feed"),
    path("feeds/<uuid:feed_id>/", feeds.feed, name="feed"),
    path("feeds/<uuid:feed_id>/change/", feeds.change_feed, name="change-feed"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<uuid:correction_id>/", corrections.settle_correction, name="settle-correction"),
    path("find-support/<uuid:service_id>/<slug:what>/", keeping.keep_service, name="keep-service"),
]
