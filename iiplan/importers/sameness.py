"""Who may be the same person twice. It only proposes: whether they are is for the user to say.

An address, a number or a link in common says most. Else the name must be alike and the organisation too; where one of
them has none, a name that is the same to the letter proposes weakly. The thresholds were tried on invented people
whose names were spelt differently on purpose, so they may be kinder than real lists are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz, process

from iiplan.importers.matching import phone_key, profile_key
from iiplan.importers.namekeys import name_variants, organisation_key, plain_words
from iiplan.model import Contact

__all__ = ["MOST_PAIRS", "LikelyPair", "likely_duplicates"]

MOST_PAIRS: Final = 1_000  # more are for nobody to look through; the surest come first
NAME: Final = 88.0  # of 100: alike
SAME_NAME: Final = 95.0  # of 100: alike enough without an organisation
PART: Final = 70.0  # of 100: what the given and the family name must each come to
ORGANISATION: Final = 80.0  # of 100
MOST_SHARING: Final = 5  # an address or number of more people is that of an office
_STRANGERS: Final = 50.0  # of 100: names so unlike that a common address may be that of a couple
_INITIAL: Final = "One name has only an initial; the rest fits."
_CHUNK: Final = 512  # names compared with all others at a time


@dataclass(frozen=True, kw_only=True)
class LikelyPair:
    """Two contacts, by id in the order of the list, who may be one; ``reasons`` are sentences, the strongest first.

    ``score`` is how alike the names are, 0 to 100. ``weak``: more doubtful than the others.
    """

    one: str
    other: str
    reasons: tuple[str, ...]
    score: int
    weak: bool = False


Pair = tuple[int, int]  # positions in the list, the smaller first
Variants = tuple[tuple[str, str], ...]  # ways to read one name, as given and family name


def likely_duplicates(
    contacts: Iterable[Contact], distinct: Collection[frozenset[str]] = (), region: str = ""
) -> tuple[LikelyPair, ...]:
    """Pairs who may be the same person, the surest first, at most ``MOST_PAIRS``.

    ``distinct`` are pairs of ids who were said to be two. ``region`` (DE, US) reads numbers that name no country;
    without it these are not compared. Names are alike on their own merits only at the same organisation, or where an
    organisation is missing. Every name is compared with every other: twice the people take four times as long.
    """
    people = tuple(contacts)
    variants = [name_variants(one.name) for one in people]
    found: list[LikelyPair] = []
    in_common = _in_common(people, region)
    for pair, reasons in in_common.items():
        score = _likeness(variants[pair[0]], variants[pair[1]])
        if score >= NAME:
            reasons.append(_names_alike(people, pair, score))
        strangers = score < _STRANGERS
        if strangers:
            reasons.append("But the names differ.")
        found.append(_pair(people, pair, reasons, score, weak=strangers))
    found += _by_name(people, variants, in_common.keys())
    told_apart = set(distinct)
    left = [pair for pair in found if frozenset((pair.one, pair.other)) not in told_apart]
    left.sort(key=lambda pair: (pair.weak, -len(pair.reasons), -pair.score))
    return tuple(left[:MOST_PAIRS])


def _in_common(people: Sequence[Contact], region: str) -> dict[Pair, list[str]]:
    """Pairs with an e-mail address, a phone number or a link in common, each with sentences that say which."""
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, one in enumerate(people):
        emails = {email.casefold() for email in (one.email, *one.other_emails) if email}
        phones = {phone_key(phone, region) for phone in (one.phone, *one.other_phones) if phone}
        for what, keys in (("e-mail address", emails), ("phone number", phones), ("profile link", _links(one))):
            for key in keys - {""}:
                having[what, key].append(position)
    found: dict[Pair, list[str]] = defaultdict(list)
    for (what, key), positions in having.items():
        if len(positions) <= MOST_SHARING:
            for pair in combinations(positions, 2):
                found[pair].append(f"The same {what}: {key}.")
    return found


def _by_name(people: Sequence[Contact], variants: Sequence[Variants], known: Collection[Pair]) -> list[LikelyPair]:
    """Pairs by name and organisation but for those already known; at most ``MOST_PAIRS`` sure ones, and weak ones."""
    organisations = [organisation_key(one.organisation) for one in people]
    links = [_links(one) for one in people]
    found: dict[Pair, LikelyPair] = {}
    left = {False: MOST_PAIRS, True: MOST_PAIRS}  # of the sure ones and the weak ones
    for pair, score, initial in _alike(variants):
        one, other = pair
        both = bool(organisations[one] and organisations[other])
        if both and not _same_organisation(organisations[one], organisations[other]):
            continue
        before = found.get(pair)
        if pair in known or (before and before.score >= round(score)) or (not both and (score < SAME_NAME or initial)):
            continue
        reasons = [_INITIAL if initial else _names_alike(people, pair, score)]
        reasons += ["The organisations are the same or alike."] if both else []
        differ = _on_linkedin(links[one]) and _on_linkedin(links[other])  # a common one would be known already
        reasons += ["But their LinkedIn links differ."] if differ else []
        weak = initial or differ or not both
        if before is None:
            left[weak] -= 1
        if left[weak] >= 0:
            found[pair] = _pair(people, pair, reasons, score, weak=weak)
        if left[False] <= 0:
            break
    return list(found.values())


def _alike(variants: Sequence[Variants]) -> Iterator[tuple[Pair, float, bool]]:
    """Pairs whose names are alike, with the score and whether one of them has but an initial; some more than once."""
    rows = sorted(
        (given, family, position)
        for position, readings in enumerate(variants)
        for given, family in readings
        if given or family
    )
    written = [f"{given} {family}".strip() for given, family, _ in rows]
    turned = [" ".join(sorted((given, family))).strip() for given, family, _ in rows]
    for start in range(0, len(rows), _CHUNK):
        near = [
            process.cdist(keys[start : start + _CHUNK], keys[start:], scorer=fuzz.ratio, score_cutoff=NAME)
            for keys in (written, turned)
        ]
        for row, column in zip(*((near[0] > 0) | (near[1] > 0)).nonzero(), strict=True):
            one, other = rows[start + row], rows[start + column]
            if one[2] != other[2] and (score := _score(one[:2], other[:2])) >= NAME:
                yield _ordered(one[2], other[2]), score, False
    yield from _by_initial(rows)


def _by_initial(rows: Iterable[tuple[str, str, int]]) -> Iterator[tuple[Pair, float, bool]]:
    """Pairs such as J. Smith and John Smith; letters without case, as those of Chinese, are no initials."""
    families: dict[str, dict[bool, list[tuple[str, int]]]] = defaultdict(lambda: {False: [], True: []})
    for given, family, position in rows:
        if family and given[0].upper() != given[0]:
            families[family][len(given) == 1].append((given, position))
    for sides in families.values():
        for letter, one in sides[True]:
            for given, other in sides[False]:
                if one != other and given.startswith(letter):
                    yield _ordered(one, other), NAME, True


def _likeness(one: Variants, other: Variants) -> float:
    """How alike two names are at best, 0 to 100."""
    return max(
        (
            max(fuzz.ratio(" ".join(a), " ".join(b)), fuzz.ratio(" ".join(a), " ".join(reversed(b))))
            for a in one
            for b in other
        ),
        default=0.0,
    )


def _score(one: tuple[str, str], other: tuple[str, str]) -> float:
    """How alike two readings of names are, either way round; 0 when a given or family name is too different.

    So a long family name does not hide that Zhang Wei is not Zhang Lei.
    """
    if one == other:
        return 100.0
    best = 0.0
    for given, family in (other, other[::-1]):
        if fuzz.ratio(one[0], given) >= PART and fuzz.ratio(one[1], family) >= PART:
            best = max(best, fuzz.ratio(" ".join(one).strip(), f"{given} {family}".strip()))
    return best


def _same_organisation(one: str, other: str) -> bool:
    if one == other or fuzz.token_sort_ratio(one, other) >= ORGANISATION:
        return True
    ours, theirs = set(one.split()), set(other.split())
    return ours <= theirs or theirs <= ours  # Acme, and Acme Germany


def _links(contact: Contact) -> set[str]:
    return {profile_key(link) for link in (contact.profile_url, *contact.links)}


def _on_linkedin(links: set[str]) -> bool:
    return any(link.startswith("linkedin.com/in/") for link in links)


def _names_alike(people: Sequence[Contact], pair: Pair, score: float) -> str:
    one, other = (plain_words(people[position].name) for position in pair)
    if one == other:
        return "The name is the same."
    return "Two ways to write one name." if score >= 100 else f"The names are alike ({score:.0f} of 100)."


def _ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _pair(people: Sequence[Contact], pair: Pair, reasons: Iterable[str], score: float, *, weak: bool) -> LikelyPair:
    one, other = pair
    return LikelyPair(one=people[one].id, other=people[other].id, reasons=tuple(reasons), score=round(score), weak=weak)
