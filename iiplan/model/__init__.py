"""The nouns of iiplan: frozen, checked at birth, standard library only."""

from iiplan.model.agenda import Agenda, AgendaDay, Block, BlockKind, LeftOut
from iiplan.model.cadence import Cadence, Snooze
from iiplan.model.caldav import CalendarLink, Written
from iiplan.model.contact import Authority, Contact, Organisation, Source
from iiplan.model.debrief import About, Debrief, DebriefText, DebriefVersion, Draw, Insight, Welcome
from iiplan.model.imports import Brought, Import, ImportedFile
from iiplan.model.leg import Basis, Leg
from iiplan.model.lookup import OSM_ATTRIBUTION, CityPack, FoundPlace, MapThing, OnlineLookup, ThingKind
from iiplan.model.merge import Merge
from iiplan.model.message import MessageKind, MessageTemplate, Profile
from iiplan.model.offer import Offer
from iiplan.model.place import Coordinates, Place, PlaceOrigin
from iiplan.model.preparation import (
    Audience,
    Introduction,
    PlannedQuestion,
    Question,
    Rehearsal,
    ResearchKind,
    ResearchNote,
    Theme,
    Tick,
)
from iiplan.model.records import Feed, HandedOut, Receiver, Revision, SavedPlan
from iiplan.model.touch import Channel, Stage, Touch, TouchKind
from iiplan.model.trip import Busy, Candidate, Format, Lunch, TimeWindow, TravelMode, Trip, TripDay, Weights
from iiplan.model.worth import WorthWeights

__all__ = [
    "OSM_ATTRIBUTION",
    "About",
    "Agenda",
    "AgendaDay",
    "Audience",
    "Authority",
    "Basis",
    "Block",
    "BlockKind",
    "Brought",
    "Busy",
    "Cadence",
    "CalendarLink",
    "Candidate",
    "Channel",
    "CityPack",
    "Contact",
    "Coordinates",
    "Debrief",
    "DebriefText",
    "DebriefVersion",
    "Draw",
    "Feed",
    "Format",
    "FoundPlace",
    "HandedOut",
    "Import",
    "ImportedFile",
    "Insight",
    "Introduction",
    "LeftOut",
    "Leg",
    "Lunch",
    "MapThing",
    "Merge",
    "MessageKind",
    "MessageTemplate",
    "Offer",
    "OnlineLookup",
    "Organisation",
    "Place",
    "PlaceOrigin",
    "PlannedQuestion",
    "Profile",
    "Question",
    "Receiver",
    "Rehearsal",
    "ResearchKind",
    "ResearchNote",
    "Revision",
    "SavedPlan",
    "Snooze",
    "Source",
    "Stage",
    "Theme",
    "ThingKind",
    "Tick",
    "TimeWindow",
    "Touch",
    "TouchKind",
    "TravelMode",
    "Trip",
    "TripDay",
    "Weights",
    "Welcome",
    "WorthWeights",
    "Written",
]
