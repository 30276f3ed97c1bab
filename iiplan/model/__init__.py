"""The nouns of iiplan: frozen, checked at birth, standard library only."""

from iiplan.model.agenda import Agenda, AgendaDay, Block, BlockKind, LeftOut
from iiplan.model.contact import Authority, Contact, Organisation, Source
from iiplan.model.offer import Offer
from iiplan.model.place import Coordinates, Place, PlaceOrigin
from iiplan.model.records import Revision, SavedPlan
from iiplan.model.touch import Channel, Stage, Touch, TouchKind
from iiplan.model.trip import Busy, Candidate, Format, Lunch, TimeWindow, TravelMode, Trip, TripDay, Weights

__all__ = [
    "Agenda",
    "AgendaDay",
    "Authority",
    "Block",
    "BlockKind",
    "Busy",
    "Candidate",
    "Channel",
    "Contact",
    "Coordinates",
    "Format",
    "LeftOut",
    "Lunch",
    "Offer",
    "Organisation",
    "Place",
    "PlaceOrigin",
    "Revision",
    "SavedPlan",
    "Source",
    "Stage",
    "TimeWindow",
    "Touch",
    "TouchKind",
    "TravelMode",
    "Trip",
    "TripDay",
    "Weights",
]
