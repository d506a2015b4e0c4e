from django.urls import path

from alongside.rights import views
from alongside.rights.challenging import views as challenging
from alongside.rights.keeping import views as keeping

app_name = "rights"
urlpatterns = [
    path("people/<uuid:person_id>/own-copy/", views.ask, name="ask"),
    path("people/<uuid:person_id>/put-right/", challenging.put_right, name="put-right"),
    path("people/<uuid:person_id>/put-right/all/", challenging.not_used, name="not-used"),
    path("people/<uuid:person_id>/put-right/<uuid:item_id>/", challenging.not_right, name="not-right"),
    path("people/<uuid:person_id>/put-right/answers/<uuid:challenge_id>/", challenging.answer, name="answer"),
    path("data-rights/", views.requests, name="requests"),
    path("data-rights/keeping/", keeping.keeping, name="keeping"),
    path("data-rights/keeping/hold/", keeping.hold, name="hold"),
    path("data-rights/keeping/holds/<uuid:hold_id>/end/", keeping.end_hold, name="end-hold"),
    path("data-rights/keeping/delete/", keeping.propose_deletion, name="propose-deletion"),
    path("data-rights/keeping/deletions/<uuid:deletion_id>/agree/", keeping.agree_to_deletion, name="agree-to-deletion"),
    path("data-rights/keeping/deletions/<uuid:deletion_id>/stop/", keeping.stop_deletion, name="stop-deletion"),
    path("data-rights/<uuid:request_id>/", views.request_, name="request"),
    path("data-rights/<uuid:request_id>/take-up/", views.take_up, name="take-up"),
    path("data-rights/<uuid:request_id>/items/", views.decide, name="decide"),
    path("data-rights/<uuid:request_id>/approve/", views.approve, name="approve"),
    path("data-rights/<uuid:request_id>/hand-over/", views.hand_over, name="hand-over"),
    path("data-rights/<uuid:request_id>/close/", views.close, name="close"),
]
