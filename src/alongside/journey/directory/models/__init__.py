"""What is out there: services with where they are, whom they are for, how to start, and when a human last confirmed it."""

from alongside.journey.directory.models.entries import NeedTag, OpenHours, Service, ServiceAtLocation
from alongside.journey.directory.models.feeds import Feed, ImportRun, Parted
from alongside.journey.directory.models.flow import Bounce, Flow, RoomSaid
from alongside.journey.directory.models.gaps import Proposal, RecordedGap, RuleChange, UnmetNeed
from alongside.journey.directory.models.keepers import Change, Confirmation, Correction, Editor
from alongside.journey.directory.models.places import Place, Postcode, PostcodeFile
from alongside.journey.directory.models.words import KnownWord, SearchWord, WordsOf

__all__ = [
    "Bounce",
    "Change",
    "Confirmation",
    "Correction",
    "Editor",
    "Feed",
    "Flow",
    "ImportRun",
    "KnownWord",
    "NeedTag",
    "OpenHours",
    "Parted",
    "Place",
    "Postcode",
    "PostcodeFile",
    "Proposal",
    "RecordedGap",
    "RoomSaid",
    "RuleChange",
    "SearchWord",
    "Service",
    "ServiceAtLocation",
    "UnmetNeed",
    "WordsOf",
]
