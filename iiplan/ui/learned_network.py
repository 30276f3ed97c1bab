"""The network: whom we met and were led to, who may be hiring, who welcomes hearing from us, and the practice of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from iiplan.briefing import HiringLead, hiring_leads
from iiplan.figures import practice_figure, referral_figure
from iiplan.model import Debrief, Stage
from iiplan.outreach import (
    History,
    Welcoming,
    activity,
    network_sentence,
    practice,
    practice_sentence,
    referrals,
    welcoming,
)
from iiplan.planner import people, settings
from iiplan.planner.workspace import Workspace
from iiplan.ui import session
from iiplan.ui.charts import show_chart
from iiplan.ui.labels import AUTHORITY, STAGE, day_label, escaped, plural
from iiplan.ui.more import show_some
from iiplan.ui.navigation import link

__all__ = ["network_section"]

MOST_LEADS = 6
MOST_SAID = 4
MOST_KNOWN = 3
MOST_WELCOMING = 10


def network_section(ws: Workspace) -> None:
    """Four parts, each with what to do when it is empty."""
    everybody = people.log_of_all(ws)
    debriefs = ws.store.debriefs()
    _tree(everybody)
    _hiring(everybody, debriefs)
    _welcoming(everybody, debriefs)
    _practice(ws, everybody)


def _tree(everybody: Sequence[History]) -> None:
    st.subheader("Whom I met, and whom they led to", anchor=False)
    forest = referrals(everybody, met_alone=True)
    if not forest.nodes:
        st.info(
            "Nobody was met yet. In each meeting, ask who else to talk to; then say “Referred by” where you add them.",
            icon=":material/account_tree:",
        )
        link("contacts", "Add people") if not everybody else link("outreach", "See how the asking goes")
        return
    names = {node.contact_id: node.name for node in forest.nodes}
    rows: list[dict[str, object]] = [
        {
            "Name": node.name,
            "Led here by": names[node.parent] if node.parent else "",
            "Came as far as": STAGE[node.furthest],
            "Led to": node.led_to,
            "Of them met": node.met,
        }
        for node in forest.nodes
    ]
    chosen = show_chart(referral_figure(forest, network=True), network_sentence(forest), rows, "network", choose=True)
    known = [one for one in chosen if one in names]
    if known:
        link("contacts", f"Open {escaped(names[known[0]][:40])}", person=known[0])
    else:
        st.caption("Filled: met. Click on somebody to open them.")


def _hiring(everybody: Sequence[History], debriefs: Sequence[Debrief]) -> None:
    st.subheader("Organisations that may be hiring", anchor=False)
    by_id = {one.contact.id: one for one in everybody}
    leads = hiring_leads(debriefs, {one.contact.id: one.contact.organisation for one in everybody})
    if not leads:
        st.info(
            "Nobody named one yet. Ask which organisations are growing, and note them in the debrief, one a line.",
            icon=":material/domain_add:",
        )
        return
    unasked = sum(not _asked(lead, by_id) for lead in leads)
    where = f"at {unasked} of them nobody was asked yet" if unasked else "somebody was asked at each"
    st.markdown(f"{plural(len(leads), 'organisation was', 'organisations were')} named; {where}.")
    show_some("hiring", leads, lambda lead: _lead(lead, by_id), MOST_LEADS)


def _lead(lead: HiringLead, by_id: Mapping[str, History]) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{escaped(lead.name)}**")
        for said in lead.said[:MOST_SAID]:
            words = f": {escaped(said.words)}" if said.words else ""
            name = escaped(by_id[said.contact_id].contact.name)
            st.markdown(f"- {name}, {day_label(said.on)} {said.on.year}{words}")
        if len(lead.said) > MOST_SAID:
            st.caption(f"And {plural(len(lead.said) - MOST_SAID, 'more time')}.")
        if not lead.known:
            st.caption("You know nobody there yet, and nobody was asked.")
            link("contacts", "Add somebody there")
            return
        if not _asked(lead, by_id):
            st.caption("Nobody asked there yet.")
        for one in lead.known[:MOST_KNOWN]:
            person = by_id[one]
            link("contacts", f"{escaped(person.contact.name[:40])} · {STAGE[person.known.stage].lower()}", person=one)
        if len(lead.known) > MOST_KNOWN:
            st.caption(f"And {plural(len(lead.known) - MOST_KNOWN, 'other')} you know there.")


def _asked(lead: HiringLead, by_id: Mapping[str, History]) -> bool:
    """Whether anybody there came further than being on the list."""
    return any(by_id[one].known.stage is not Stage.IDENTIFIED for one in lead.known)


def _welcoming(everybody: Sequence[History], debriefs: Sequence[Debrief]) -> None:
    st.subheader("Who can hire and welcomes hearing from you", anchor=False)
    found = welcoming(everybody, debriefs)
    st.caption(
        "The rule: they can hire or have a say in it, and the latest debrief that says whether they welcome hearing "
        "from you says yes; or you are in touch since the meeting, and no debrief says anything of it."
    )
    if not found:
        st.info(
            "Nobody yet. At the end of a meeting, ask whether you may follow up, and note the answer in the debrief.",
            icon=":material/waving_hand:",
        )
        return
    show_some("welcoming", found, _welcomes, MOST_WELCOMING)


def _welcomes(one: Welcoming) -> None:
    day = f"said so on {day_label(one.said_on)} {one.said_on.year}" if one.said_on else "in touch since you met"
    at = f", {escaped(one.contact.organisation)}" if one.contact.organisation else ""
    link(
        "contacts",
        f"{escaped(one.contact.name)}{at} · {AUTHORITY[one.contact.authority].lower()} · {day}",
        person=one.contact.id,
    )


def _practice(ws: Workspace, everybody: Sequence[History]) -> None:
    st.subheader("Practice", anchor=False)
    rules, now = settings.rules_now(ws), ws.now()
    zone = rules.zone or ZoneInfo(session.browser_timezone())
    weeks = practice(activity(everybody, now, rules), ws.store.rehearsals(), now, zone)
    if not weeks:
        st.info(
            "No meeting was held and no introduction rehearsed yet. Say yours aloud once; the second time is easier.",
            icon=":material/record_voice_over:",
        )
        link("prepare", "Rehearse an introduction", section="introduction")
        return
    rows: list[dict[str, object]] = [
        {"Week of": week.monday, "Meetings held": week.met, "Introductions rehearsed": week.rehearsed} for week in weeks
    ]
    show_chart(practice_figure(weeks), practice_sentence(weeks), rows, "practice")
