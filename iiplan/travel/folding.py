"""Names and addresses brought to what their spellings share: no accents, no capitals, usual abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["folded_words"]

# Each word stands for itself and for those after it. "St" is a street and a saint, "Dr" a drive and a doctor: that
# does no harm, since both sides of a comparison are brought to the same.
_SAME = """
st street saint sankt sainte santa santo str strasse straat
av ave avenue avenida avda
blvd boulevard bd boul bulevar
rd road
dr drive doctor doktor
ln lane
pl place platz plac plads plass
pza plaza piazza praca placa
sq square
ct court
ter terrace
hwy highway
pkwy parkway
aly alley
cir circle
all allee
brg bridge
gt gate gata
v vei veien vagen
mt mount
ft fort
prof professor
ctr center centre
univ university universitat universite universidad universidade
natl national
bhf bahnhof
hbf hauptbahnhof
n north
s south
e east
w west
nw northwest
ne northeast
sw southwest
se southeast
and und et y
1st first
2nd second
3rd third
4th fourth
5th fifth
6th sixth
7th seventh
8th eighth
9th ninth
10th tenth
"""
_SHORT = {word: line.split()[0] for line in _SAME.split("\n") for word in line.split()}
_ENDINGS = {"strasse": "st", "straat": "st", "str": "st", "platz": "pl", "allee": "all", "bahnhof": "bhf"}
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "&": " and ", "+": " and "}
)
_INSIDE = re.compile(r"['`\u2019\u00b4\u02bc]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=10_000)  # a city names each street a hundred times
def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text for comparing: 'Café-Straße' and 'CAFESTR.' give ``("cafe", "st")``, in this order.

    Letters lose accents and capitals (umlauts become their plain vowels), apostrophes go, other marks part words.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = _INSIDE.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    return tuple(part for word in _WORD.findall(bare.casefold()) for part in _parts(word))


def _parts(word: str) -> tuple[str, ...]:
    if word in _SHORT:
        return (_SHORT[word],)
    for ending, short in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return (word.removesuffix(ending), short)
    return (word,)
