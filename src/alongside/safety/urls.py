from django.urls import path

from alongside.safety.alerts import views as alerts
from alongside.safety.choices import views as choices
from alongside.safety.own_page.views import person as own_page_person
from alongside.safety.own_page.views import practitioner as own_page_worker
from alongside.safety.views import addresses, exclusions, sharing, withholding, workers
from alongside.safety.watching import views as watching

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
    path("people/<uuid:person_id>/addresses/", addresses.addresses, name="addresses"),
    path("people/<uuid:person_id>/addresses/open/", addresses.open_address, name="open-address"),
    path("people/<uuid:person_id>/addresses/change/", addresses.change_address, name="change-address"),
    path("people/<uuid:person_id>/addresses/under-way/", addresses.under_way, name="under-way"),
    path("people/<uuid:person_id>/addresses/secret/", addresses.whereabouts, name="whereabouts"),
    path("people/<uuid:person_id>/shown/<uuid:item_id>/", withholding.keep_from_them, name="keep-from-them"),
    path("people/<uuid:person_id>/shown/<uuid:item_id>/show/", withholding.show_them, name="show-them"),
    path("looks/", watching.looks_to_look_at, name="looks-to-look-at"),
    path("looks/noticed/<uuid:noticed_id>/", watching.settle_look, name="settle-look"),
    path("looks/somebody/", watching.who_looked, name="who-looked"),
    path("looks/workers/<uuid:worker_id>/", watching.worker_looks, name="worker-looks"),
    path("looks/watch-list/", watching.watch_list, name="watch-list"),
    path("looks/watch-list/<uuid:watch_id>/end/", watching.end_watch, name="end-watch"),
    path("looks/made-up/", watching.made_up, name="made-up"),
    path("looks/journal/", watching.journal, name="journal"),
    path("looks/journal/<uuid:witness_id>/end/", watching.end_witness, name="end-witness"),
    path("people/<uuid:person_id>/sharing/items/<uuid:item_id>/", choices.item, name="item"),
    path("people/<uuid:person_id>/sharing/carers/", choices.write_down_carer, name="write-down-carer"),
    path("people/<uuid:person_id>/sharing/carers/<uuid:carer_id>/", choices.carer, name="carer"),
    path("people/<uuid:person_id>/sharing/carers/<uuid:carer_id>/end/", choices.take_back_choice, name="take-back-choice"),
    path("people/<uuid:person_id>/alerts/", alerts.alerts, name="alerts"),
    path("people/<uuid:person_id>/alerts/<uuid:alert_id>/end/", alerts.end_alert, name="end-alert"),
    path("people/<uuid:person_id>/own-page/", own_page_worker.own_page, name="own-page"),
    path("people/<uuid:person_id>/own-page/close/", own_page_worker.close_own_page, name="close-own-page"),
    path("own/<str:token>/", own_page_person.own_link, name="own-link"),
    path("sign-in/number/", own_page_person.own_number, name="own-number"),
    path("sign-in/code/", own_page_person.own_code, name="own-code"),
    path("people-i-know/nobody-new/", workers.nobody_new, name="nobody-new"),
    path("shown-to-me/", workers.shown_to_me, name="shown-to-me"),
    path("people-i-know/", workers.people_i_know, name="people-i-know"),
    path("people-i-know/<uuid:declared_id>/end/", workers.no_longer_known, name="no-longer-known"),
]
