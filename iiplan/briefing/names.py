"""From a full name to the one in "Dear …"."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["first_name"]

_TITLES = " dr prof professor mr mrs ms miss mx sir dame rev reverend hon herr frau mme mlle sra dott "
_WITH_A_DOT = " mag ing dipl dipling capt col gen lt sgt drs ir "  # Mag. is a title, Mag a name
_DEGREES = " phd md mba jd ma ms msc ba bsc mpp mpa mph llm llb esq cpa pe pmp cfa rn edd dds dvm jr sr ii iii iv "
_FAMILY_NAME_FIRST = ("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ")


def first_name(name: str) -> str:
    """How to address somebody by their first name.

    - Titles before the name and degrees after it go: "Dr. Ada Example, PhD" is Ada.
    - "Example, Ada" is Ada.
    - An initial gives way to the name after it: "J. Robin Example" is Robin.
    - Where no first name can be told, the name stays whole: "Dr. Example", "J. R. Example", a single name, and names
      in Chinese, Japanese and Korean letters, which begin with the family name.
    """
    whole = " ".join(name.split())
    if unicodedata.name(whole[:1] or " ", "").startswith(_FAMILY_NAME_FIRST):
        return whole
    spoken = _given_first(whole)
    words = spoken.split()
    while words and _is_title(words[0]):
        words.pop(0)
    if len(words) < 2:
        return spoken
    given = [word for word in words[:-1] if not _is_initial(word)]
    return given[0] if given else spoken


def _given_first(name: str) -> str:
    """The name in the order it is spoken: without degrees after commas, and "Example, Ada" turned round."""
    first, *rest = (part.strip() for part in name.split(","))
    names = [part for part in rest if part and not all(map(_is_degree, part.split()))]
    if not names:
        return first or name
    return f"{names[0]} {first}".strip()


def _bare(word: str) -> str:
    return re.sub(r"[^\w]", "", word).casefold()


def _is_title(word: str) -> bool:
    return _among(word, _TITLES) or (word.endswith(".") and _among(word, _WITH_A_DOT))


def _is_degree(word: str) -> bool:
    return _among(word, _DEGREES) and (len(_bare(word)) > 2 or word.isupper() or word.endswith("."))  # MA, not Ma


def _among(word: str, words: str) -> bool:
    return f" {_bare(word)} " in words


def _is_initial(word: str) -> bool:
    """ "J.", "J", "J.R.": nobody is called that."""
    letters = re.findall(r"\w", word)
    return bool(letters) and (len(letters) == 1 or bool(re.fullmatch(r"(\w\.-?)+", word)))
