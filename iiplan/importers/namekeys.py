"""Names of people and organisations brought to a form in which two spellings of one can be compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

__all__ = ["full_names", "name_variants", "organisation_key", "plain_words"]

MOST_WORDS: Final = 6  # of a name; what comes after is no name

_SPELT_OUT: Final = {
    **{"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe"},
    **{"ł": "l", "đ": "d", "ð": "d", "þ": "th", "\N{LATIN SMALL LETTER DOTLESS I}": "i"},
}
_JOINING: Final = frozenset(  # O'Brien and OBrien are one
    "'`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{ACUTE ACCENT}"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES: Final = _words(
    "dr prof professor mr mrs ms miss mx sir dame herr frau dipl ing mag phd dphil mba msc bsc jr sr ii iii iv "
    "esq rev hon"
)
_AFTER_A_COMMA: Final = _TITLES | _words("md ma ba ms bs jd cpa pe pmp cfa llm llb rn do")
_PARTICLES: Final = _words("van von der den de del della di da dos das la le el al bin ibn ben zu zur af av")
_LEGAL_FORMS: Final = _words(
    "gmbh mbh ag kg kgaa ohg ug se ev inc incorporated ltd limited llc llp lp plc co corp corporation company "
    "sa sas sarl srl spa bv nv ab as aps oy oyj pty pvt kk sro the"
)
_SHORT_FOR: Final = {  # full name: what it is called in everyday life
    "abigail": "abby gail",
    "albert": "al bert",
    "alexander": "alex sasha xander sascha",
    "alexandra": "alex sasha sandra",
    "andreas": "andi andy",
    "andrew": "andy drew",
    "anthony": "tony",
    "antonio": "toni tonio",
    "barbara": "barb babs",
    "benjamin": "ben benny",
    "catherine": "cathy kate katie",
    "charles": "charlie chuck",
    "christina": "chris tina",
    "christine": "chris tina",
    "christopher": "chris kit",
    "daniel": "dan danny",
    "david": "dave davy",
    "deborah": "deb debbie",
    "dmitry": "dima mitya",
    "donald": "don donny",
    "dorothy": "dot dotty",
    "edward": "ed eddie ted ned",
    "elizabeth": "liz lizzie beth betty eliza",
    "eugene": "gene",
    "francis": "frank",
    "francisco": "paco pancho",
    "franziska": "franzi",
    "frederick": "fred freddie",
    "gabriel": "gabe",
    "gabriele": "gabi",
    "gerald": "gerry jerry",
    "gregory": "greg",
    "guillermo": "memo",
    "henry": "hank harry",
    "ignacio": "nacho",
    "jacob": "jake",
    "james": "jim jimmy jamie",
    "jennifer": "jen jenny",
    "jessica": "jess",
    "johannes": "hannes hans",
    "john": "jack johnny",
    "jonathan": "jon jonny",
    "jose": "pepe",
    "joseph": "joe joey",
    "joshua": "josh",
    "judith": "judy",
    "katharina": "kathi katja",
    "katherine": "kathy kate katie kat",
    "kenneth": "ken kenny",
    "kimberly": "kim",
    "lawrence": "larry",
    "leonard": "len leo",
    "magdalena": "magda lena",
    "margaret": "maggie meg peggy greta",
    "matthew": "matt",
    "maximilian": "max",
    "michael": "mike mick mickey michi",
    "mikhail": "misha",
    "muhammad": "mohammed mohamed mohammad muhammed mohamad",
    "natalia": "natasha",
    "nathaniel": "nathan nate",
    "nicholas": "nick",
    "nikolai": "kolya",
    "pamela": "pam",
    "patricia": "pat patty tricia",
    "patrick": "pat paddy",
    "peter": "pete",
    "philip": "phil",
    "phillip": "phil",
    "raymond": "ray",
    "rebecca": "becky becca",
    "richard": "rick dick rich ricky",
    "robert": "bob rob bobby robbie bert",
    "ronald": "ron ronnie",
    "samantha": "sam",
    "samuel": "sam sammy",
    "sebastian": "basti seb",
    "sergei": "seryozha serge",
    "stephen": "steve",
    "steven": "steve",
    "stefanie": "steffi",
    "susan": "sue suzy",
    "theodore": "ted theo",
    "theresa": "terry tess",
    "thomas": "tom tommy",
    "timothy": "tim",
    "ulrich": "uli",
    "ulrike": "uli",
    "valentina": "tina vale",
    "victoria": "vicky tori",
    "vincent": "vince vinnie",
    "vladimir": "vova volodya",
    "walter": "walt",
    "wilhelm": "willi",
    "william": "bill will billy liam willy",
    "wolfgang": "wolf",
    "zachary": "zach zack",
}


def _by_short_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for full, shorts in _SHORT_FOR.items():
        for short in shorts.split():
            found.setdefault(short, []).append(full)
    return {short: tuple(full) for short, full in found.items()}


_FULL: Final = _by_short_name()


def full_names(given: str) -> tuple[str, ...]:
    """A given name and what it may be short for: ``sam`` also stands for samuel and samantha."""
    return (given, *_FULL.get(given, ()))


def name_variants(name: str) -> tuple[tuple[str, str], ...]:
    """The ways to read a name as a given and a family name, the likeliest first; both empty when it has no letters.

    Titles and middle names are left out, ``Last, First`` is turned round. A name of one word has no family name.
    Of three words or more each later one may be the family name, as in Spain; particles alone are not.
    """
    words = _in_order(name)
    if not words:
        return (("", ""),)
    given, rest = words[0], words[1:]
    if not rest:
        return tuple((full, "") for full in full_names(given))
    family = [rest[-1], *(word for word in rest[:-1] if word not in _PARTICLES and len(word) > 1)]
    return tuple((full, one) for one in dict.fromkeys(family) for full in full_names(given))


def organisation_key(name: str) -> str:
    """An organisation's name in plain words, without its legal form; empty for none."""
    words = plain_words(name)
    return " ".join([word for word in words if word not in _LEGAL_FORMS] or words)


def plain_words(text: str) -> tuple[str, ...]:
    """Words in small letters, Latin ones without accents (ä is ae), those of other scripts as they are."""
    letters = []
    for character in unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()):
        kind = unicodedata.category(character)
        if character in _JOINING or kind == "Cf":  # invisible joiners are no gaps
            continue
        letters.append(_plain(character) if kind[0] in "LMN" else " ")
    return tuple("".join(letters).split())


def _plain(character: str) -> str:
    if character in _SPELT_OUT:
        return _SPELT_OUT[character]
    base = unicodedata.normalize("NFD", character)
    # Marks belong to the letter in most scripts; only on Latin letters do people leave them out.
    return base[0] if len(base) > 1 and base[0].isascii() else character


def _in_order(name: str) -> list[str]:
    """The words of a name from given to family name, without titles; all of them when nothing else is left."""
    before, comma, after = _without_brackets(name).partition(",")
    first, last = plain_words(after), plain_words(before)
    turned = bool(comma) and not set(first) <= _AFTER_A_COMMA
    words = (*first, *last) if turned else last
    if words and all(map(_is_east_asian, "".join(words))):  # whether they are spaced says nothing
        return ["".join(words)]
    return _without(words, _TITLES)[:MOST_WORDS]


def _is_east_asian(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA"))


def _without(words: Iterable[str], left_out: frozenset[str]) -> list[str]:
    found = list(words)
    return [word for word in found if word not in left_out] or found


def _without_brackets(name: str) -> str:
    """Without (she/her) and the like; the whole name when all of it stands in brackets."""
    kept, depth = [], 0
    for character in name:
        depth += character in "(["
        if not depth:
            kept.append(character)
        depth = max(0, depth - (character in ")]"))
    text = "".join(kept)
    return text if text.strip() else name
