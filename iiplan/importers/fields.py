"""What a column of a table can be."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ADDRESS_PARTS", "NAMES", "Field", "FileKind"]


class FileKind(StrEnum):
    """Which program wrote a file of people."""

    LINKEDIN = "linkedin"
    GOOGLE = "google"
    OUTLOOK = "outlook"
    VCARD = "vcard"
    TABLE = "table"  # any other table


class Field(StrEnum):
    """What the cells of one column become. Several columns may become the same."""

    IGNORED = "ignored"
    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    PREFIX = "prefix"  # Dr., Mr.
    SUFFIX = "suffix"  # Jr., PhD
    OTHER_NAME = "other_name"  # a nickname: the name where there is no other
    ROLE = "role"
    ORGANISATION = "organisation"
    DEPARTMENT = "department"
    EMAIL = "email"
    PHONE = "phone"
    PROFILE_URL = "profile_url"
    LINK = "link"
    ADDRESS = "address"  # all of it in one cell
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    TAGS = "tags"
    NOTES = "notes"
    CONNECTED_ON = "connected_on"
    REASON = "reason"  # why the row was not read last time; passed over


NAMES = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.OTHER_NAME)
ADDRESS_PARTS = (Field.ADDRESS, Field.STREET, Field.POSTCODE, Field.CITY, Field.REGION, Field.COUNTRY)
