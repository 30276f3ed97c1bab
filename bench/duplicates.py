"""``python -m bench.duplicates``: how well and how fast people who are in the list twice are found.

The people are invented and the copies of them misspelt on purpose, by the rules below: a real list errs in other ways
too, so the figures say that the rules do what they are for, and no more.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bench.report import seconds
from iiplan.importers import likely_duplicates
from iiplan.model import Contact

__all__ = ["Hits", "copies", "hits", "invented_people"]

SIZES = (1_250, 2_500, 5_000, 10_000)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    "Adaeze Agnieszka Ahmed Alejandro Alexander Aiko Amara Anders Andrew Anjali Anna Antonio Barbara Beatriz Benjamin "
    "Birgit Björn Carlos Carmen Catherine Chiara Christine Daniel David Deborah Dmitry Edward Eleni Elizabeth Emeka "
    "Emma Fatima Francesca François Giulia Gregory Hannah Heike Hiroshi Ibrahim Ingrid Isabel Ivan Jakub James "
    "Jennifer Jens João Joseph Jürgen Karin Katherine Kenneth Kofi Lars Laura Leila Lucía Małgorzata Margaret Marta "
    "Matthew Mehmet Michael Miguel Nadia Natalia Nicholas Noor Olga Oliver Patrick Peter Priya Rachel Ravi Rebecca "
    "Richard Robert Rosa Samuel Sergei Siobhán Sofia Stephen Susan Sven Thomas Timothy Tomasz Ulrike Valentina "
    "Victoria William Xiomara Yusuf Zoë"
)
START = _words("Al An Ba Bel Ber Bran Car Cas Da Del Dor El Fal Fer Gal Gra Hal Har Il Jan Kal Kor La Lin Ma Mon Na")
END = _words(
    "berg by cci dóttir escu feld ford güez ic ini ka kov land man mann moto ney oğlu quist rò sen ski son vic"
)
PLACES = _words("Avon Borealis Cobalt Delta Elm Fjord Granite Harbour Indigo Juniper")  # few, so that strangers meet
TRADES = _words("Planning Transit")
NICKNAMES = {
    **{"Andrew": "Andy", "Barbara": "Barb", "Benjamin": "Ben", "Daniel": "Dan", "Deborah": "Debbie", "Edward": "Ted"},
    **{"Elizabeth": "Beth", "Gregory": "Greg", "James": "Jim", "Jennifer": "Jen", "Joseph": "Joe", "Katherine": "Kate"},
    **{"Kenneth": "Ken", "Margaret": "Peggy", "Matthew": "Matt", "Michael": "Mike", "Nicholas": "Nick"},
    **{"Rebecca": "Becky", "Richard": "Rick", "Robert": "Bob", "Samuel": "Sam", "Stephen": "Steve", "Susan": "Sue"},
    **{"Thomas": "Tom", "Timothy": "Tim", "Victoria": "Vicky", "William": "Bill"},
}
BARE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ó": "o", "ò": "o", "ğ": "g", "ç": "c", "ł": "l"})


@dataclass(frozen=True, kw_only=True)
class Hits:
    """Of the pairs proposed, how many are right; of those there are, how many were proposed."""

    proposed: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        """Share of the proposals that are right."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that were found."""
        return self.right / self.there if self.there else 1.0


def invented_people(count: int, seed: int) -> tuple[Contact, ...]:
    """So many people with names, organisations and ids of their own; some share a name, or an organisation."""
    dice = random.Random(seed)
    return tuple(
        Contact(
            id=f"p{number}",
            name=f"{dice.choice(GIVEN)} {dice.choice(START)}{dice.choice(END)}",
            organisation=f"{dice.choice(PLACES)} {dice.choice(TRADES)}" if dice.random() > 0.05 else "",
            email=f"p{number}@example.org" if dice.random() < 0.3 else "",
        )
        for number in range(count)
    )


def copies(people: Sequence[Contact], count: int, seed: int) -> tuple[Contact, ...]:
    """Second entries, each written otherwise, about so many of the people who have an organisation; no addresses."""
    dice = random.Random(seed)
    chosen = dice.sample([one for one in people if one.organisation], count)
    return tuple(
        replace(
            one,
            id=f"{one.id} again",
            name=dice.choice(SPELLINGS)(dice, one.name),
            organisation=dice.choice(ORGANISATIONS)(one.organisation),
            email="",
        )
        for one in chosen
    )


def hits(people: Sequence[Contact], again: Sequence[Contact]) -> tuple[Hits, Hits]:
    """How the sure proposals do, and all of them, weak ones included."""
    found = likely_duplicates((*people, *again))
    result = []
    for pairs in ([pair for pair in found if not pair.weak], found):
        right = sum(pair.other == f"{pair.one} again" for pair in pairs)
        result.append(Hits(proposed=len(pairs), right=right, there=len(again)))
    return result[0], result[1]


def _typo(dice: random.Random, name: str) -> str:
    at = dice.randrange(1, len(name) - 1)
    left_out = name[:at] + name[at + 1 :]
    return dice.choice([left_out, name[:at] + name[at] + name[at:]])


def _nickname(_dice: random.Random, name: str) -> str:
    given, family = name.split()
    return f"{NICKNAMES.get(given, given)} {family}"


def _turned(_dice: random.Random, name: str) -> str:
    given, family = name.split()
    return f"{family}, {given}"


def _with_middle(dice: random.Random, name: str) -> str:
    given, family = name.split()
    return f"{given} {dice.choice('ABCDEFGH')}. {family}"


def _shouted(_dice: random.Random, name: str) -> str:
    return name.upper()


def _bare(_dice: random.Random, name: str) -> str:
    return name.translate(BARE)


def _titled(_dice: random.Random, name: str) -> str:
    return f"Dr. {name}"


SPELLINGS: tuple[Callable[[random.Random, str], str], ...] = (
    *(_typo, _nickname, _turned, _with_middle, _shouted, _bare, _titled),
)
ORGANISATIONS: tuple[Callable[[str], str], ...] = (
    str,
    str.lower,
    lambda name: f"{name} GmbH",
    lambda name: f"{name}, Inc.",
    lambda name: f"{name} Europe",
)


def main() -> None:
    """Print both tables."""
    print("Invented people, 1,200 and 400 copies of some; seeds 1 to 5.")
    for seed in range(1, 6):
        people = invented_people(1_200, seed)
        sure, every = hits(people, copies(people, 400, seed))
        print(
            f"  seed {seed}: sure pairs precision {sure.precision:.3f}, recall {sure.recall:.3f}; "
            f"weak ones too {every.precision:.3f}, {every.recall:.3f}"
        )
    people = invented_people(4_500, 1)
    sure, _ = hits(people, copies(people, 500, 1))
    print(f"4,500 at the same few organisations, 500 copies: precision {sure.precision:.3f}, recall {sure.recall:.3f}.")
    print("How long it takes, one in ten twice; best of three.")
    for size in SIZES:
        people = invented_people(size - size // 10, 1)
        again = copies(people, size // 10, 1)
        print(f"  {size:>6,} people: {seconds(min(_timed(people, again) for _ in range(3)))}")


def _timed(people: Sequence[Contact], again: Sequence[Contact]) -> float:
    start = time.perf_counter()
    likely_duplicates((*people, *again), region="DE")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
