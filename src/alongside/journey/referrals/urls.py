from django.urls import path

from alongside.journey.referrals.views import person, practitioner, triage

app_name = "referrals"
urlpatterns = [
    path("ask/", person.ask, name="ask-for-help"),
    path("ask/help-now/", person.not_safe, name="not-safe"),
    path("ask/check/", person.check_answers, name="check-answers"),
    path("ask/heard/", person.heard, name="heard"),
    path("ask/heard/print/", person.heard_on_paper, name="heard-on-paper"),
    path("ask/start-again/", person.start_again, name="start-again"),
    path("ask/on-paper/", person.paper, name="paper"),
    path("ask/<slug:step>/", person.ask, name="ask"),
    path("stands/<str:token>/reach/", person.change_reach, name="change-reach"),
    path("stands/<str:token>/mind/", person.change_mind, name="change-mind"),
    path("bring-someone-in/", practitioner.bring_someone_in, name="bring-someone-in"),
    path("brought-in/<uuid:referral_id>/", practitioner.brought_in, name="brought-in"),
    path("triage/", triage.triage_queue, name="triage-queue"),
    path("referrals/<uuid:referral_id>/summary/", practitioner.copy_summary, name="copy-summary"),
    path("triage/unfinished/<uuid:draft_id>/", triage.call_unfinished, name="call-unfinished"),
    path("triage/<uuid:referral_id>/", triage.decide, name="decide"),
    path("triage/<uuid:referral_id>/decided/", triage.decided, name="decided"),
    path("triage/<uuid:referral_id>/genuine/", triage.say_genuine, name="say-genuine"),
    path("triage/<uuid:referral_id>/calling/", triage.calling_now, name="calling-now"),
    path("crisis-calls/<uuid:call_id>/", triage.taken_by, name="taken-by"),
]
