"""The nouns of iiplan: frozen, checked at birth, standard library only."""

from iiplan.model.agenda import Agenda, AgendaDay, Block, BlockKind, LeftOut
from iiplan.model.cadence import Cadence, Snooze
from iiplan.model.contact import Authority, Contact, Organisation, Source
from iiplan.model.lookup import OSM_ATTRIBUTION, CityPack, FoundPlace, MapThing, OnlineLookup, ThingKind
from iiplan.model.message import MessageKind, MessageTemplate, Profile
from iiplan.model.offer import Offer
from iiplan.model.place import Coordinates, Place, PlaceOrigin
from iiplan.model.records import Feed, HandedOut, Receiver, Revision, SavedPlan
from iiplan.model.touch import Channel, Stage, Touch, TouchKind
from iiplan.model.trip import Busy, Candidate, Format, Lunch, TimeWindow, TravelMode, Trip, TripDay, Weights

__all__ = [
    "OSM_ATTRIBUTION",
    "Agenda",
    "AgendaDay",
    "Authority",
    "Block",
    "BlockKind",
    "Busy",
    "Cadence",
    "Candidate",
    "Channel",
    "CityPack",
    "Contact",
    "Coordinates",
    "Feed",
    "Format",
    "FoundPlace",
    "HandedOut",
    "LeftOut",
    "Lunch",
    "MapThing",
    "MessageKind",
    "MessageTemplate",
    "Offer",
    "OnlineLookup",
    "Organisation",
    "Place",
    "PlaceOrigin",
    "Profile",
    "Receiver",
    "Revision",
    "SavedPlan",
    "Snooze",
    "Source",
    "Stage",
    "ThingKind",
    "TimeWindow",
    "Touch",
    "TouchKind",
    "TravelMode",
    "Trip",
    "TripDay",
    "Weights",
]
