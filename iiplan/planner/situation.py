"""What is known about a trip right now, and the problem it poses to the scheduler."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from iiplan.model import Agenda, Candidate, Contact, LeftOut, Offer, Place, SavedPlan, Stage, Trip
from iiplan.outreach import Standing, stage_at
from iiplan.planner import settings, ways
from iiplan.planner.agenda import agenda_of
from iiplan.planner.people import log_of_all
from iiplan.planner.problem import TripProblem, meeting_place, trip_problem
from iiplan.planner.saved import read_legs, read_plan
from iiplan.planner.workspace import Workspace
from iiplan.travel.times import TravelTimes

__all__ = ["Situation", "situation"]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A trip with its people as they stand, by contact id.

    ``known`` and ``stages`` are those of its candidates, ``offers`` the open ones; ``places`` is where one may have
    to go, the base first, and ``times`` how long that takes. ``happened`` is when those were met whose planned hour was
    never agreed.
    """

    trip: Trip
    candidates: tuple[Candidate, ...]
    contacts: dict[str, Contact]
    known: dict[str, Standing]
    stages: dict[str, Stage]
    offers: dict[str, Offer]
    places: tuple[Place, ...]
    times: TravelTimes
    now: datetime
    happened: dict[str, datetime]

    def problem(self, asked: str | None = None) -> TripProblem:
        """The problem of planning the week; with ``asked``, that of finding hours to offer to that contact."""
        return trip_problem(
            self.trip,
            self.candidates,
            self.contacts,
            self.stages,
            offers=self.offers,
            asked=asked,
            times=self.times,
            now=self.now,
            happened=self.happened,
        )

    def agenda(self, saved: SavedPlan, not_ready: tuple[LeftOut, ...]) -> Agenda:
        """The saved plan laid out."""
        problem, answer = read_plan(saved)
        return agenda_of(self.trip, problem, answer, self.contacts, self.candidates, not_ready, read_legs(saved))

    def places_of_people(self) -> dict[str, Place]:
        """Where each candidate would be met, by contact id; nobody of whom no place is known, and nobody for a call."""
        found = {one.contact_id: meeting_place(one, self.contacts[one.contact_id]) for one in self.candidates}
        return {contact_id: place for contact_id, place in found.items() if place is not None}

    def candidate(self, contact_id: str) -> Candidate | None:
        """The candidate of a contact, if on the trip."""
        return next((one for one in self.candidates if one.contact_id == contact_id), None)


def situation(workspace: Workspace, trip: Trip) -> Situation:
    """Load everything that a trip's problem is made of."""
    store = workspace.store
    people = {one.contact.id: one for one in log_of_all(workspace)}
    now, rules = workspace.now(), settings.rules(workspace, trip)
    candidates = store.candidates(trip.id)
    known = {one.contact_id: people[one.contact_id].known for one in candidates}
    stages = {contact_id: stage_at(one, now, rules) for contact_id, one in known.items()}
    waiting = {
        one.contact_id for one in candidates if one.fixed_start is None and stages[one.contact_id] is not Stage.DECLINED
    }
    contacts = {contact_id: one.contact for contact_id, one in people.items()}
    spots = [trip.base, *(meeting_place(one, contacts[one.contact_id]) for one in candidates)]
    places = tuple(place for place in spots if place is not None)
    return Situation(
        trip=trip,
        candidates=candidates,
        contacts=contacts,
        places=places,
        times=ways.travel_times(workspace, trip, places),
        known=known,
        stages=stages,
        now=now,
        happened=_happened(store.plan(trip.id), candidates, stages, now),
        offers={
            offer.contact_id: offer
            for offer in store.offers(trip.id)
            if offer.closed_at is None and offer.contact_id in waiting
        },
    )


def _happened(
    saved: SavedPlan | None, candidates: Iterable[Candidate], stages: Mapping[str, Stage], now: datetime
) -> dict[str, datetime]:
    """The planned start, by contact id, of those who were met by now at an hour that nobody marked as agreed."""
    met = {
        one.contact_id
        for one in candidates
        if one.fixed_start is None and stages[one.contact_id] in {Stage.MET, Stage.THANKED, Stage.IN_TOUCH}
    }
    if saved is None or not met:
        return {}
    problem, answer = read_plan(saved)
    zone = ZoneInfo(problem.timezone)
    starts = {
        one.candidate: datetime.combine(one.date, time(one.start // 60, one.start % 60), zone)
        for one in answer.meetings
        if one.candidate in met
    }
    return {contact_id: start for contact_id, start in starts.items() if start <= now}
