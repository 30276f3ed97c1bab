"""Places as people paste them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place, PlaceOrigin
from iiplan.travel import map_link, parse_place

# 38 + 53/60 + 23/3600 = 38.889722; 77 + 2/60 + 10/3600 = 77.036111
DMS = (38.889722, -77.036111)
PIN = (
    "https://www.google.com/maps/place/{name}/@38.7,-77.2,17z/data=!3m1!4b1!4m6!3m5!1s0x89!8m2!3d38.9!4d-77.03!16s%2Fm"
)


@pytest.mark.parametrize(
    "text",
    [
        "38.9, -77.03",
        "38.9,-77.03",
        "38.9 -77.03",
        "  38.9 ; -77.03\n",
        "(38.9, -77.03)",
        "[38.9, -77.03]",
        "+38.9, -77.03",
        "38.9\u00b0, -77.03\u00b0",
        "38.9, \u221277.03",  # a typographic minus
        "\u200e38.9,\u00a0-77.03",  # an invisible mark and a hard space, as map apps copy them
        "38,9; -77,03",
        "38,9 -77,03",
        "38,9, -77,03",
        "lat: 38.9, lon: -77.03",
        "Latitude 38.9 Longitude -77.03",
        "lon=-77.03, lat=38.9",
        "38.9N 77.03W",
        "N38.9 W77.03",
        "N 38.9, W 77.03",
        "77.03 W, 38.9 N",
        "38.9\u00b0 n, 77.03\u00b0 w",
        "3.89e1, -7703e-2",
    ],
)
def test_coordinates_are_read_in_many_spellings(text: str) -> None:
    place = parse_place(text)
    assert place.at.as_pair == pytest.approx((38.9, -77.03))
    assert place.origin is PlaceOrigin.COORDINATES
    assert place.name == ""


@pytest.mark.parametrize(
    "text",
    [
        "N 38\u00b0 53' 23\" W 77\u00b0 02' 10\"",
        "38\u00b053'23\"N 77\u00b002'10\"W",
        "38\u00b053\u203223\u2033N, 77\u00b002\u203210\u2033W",
        "38\u00b0 53.38333' N, 77\u00b0 2.16667' W",
        "38 53 23 N 77 2 10 W",
        "38:53:23N 77:02:10W",
        "38\u00ba53\u201923''N 77\u00ba02\u201910''W",
        "38\u00b053'23\", -77\u00b002'10\"",
    ],
)
def test_degrees_minutes_and_seconds_are_read(text: str) -> None:
    assert parse_place(text).at.as_pair == pytest.approx(DMS, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.google.com/maps?q=38.9,-77.03",
        "https://www.google.co.uk/maps?q=loc:38.9,-77.03",
        "https://maps.google.de/maps?q=38.9%2C-77.03&z=3",
        "https://www.google.com/maps/search/?api=1&query=38.9%2C-77.03",
        "https://www.google.com/maps/search/38.9,+-77.03?entry=tts",
        "https://www.google.com/maps/place/38.9,-77.03/@38.7,-77.2,17z",
        "https://www.google.com/maps/dir/?api=1&destination=38.9,-77.03&travelmode=walking",
        "https://maps.apple.com/?ll=38.9,-77.03",
        "https://maps.apple.com/?q=38.9,-77.03",
        "https://maps.apple.com/place?coordinate=38.9,-77.03",
        "https://www.openstreetmap.org/?mlat=38.9&mlon=-77.03",
        "http://osm.org/?mlat=38.9&mlon=-77.03#map=17/1/2",
        "www.google.com/maps?q=38.9,-77.03",
        PIN.format(name="38.7,-77.2"),  # the pin, not the words
    ],
)
def test_map_links_give_their_pin(text: str) -> None:
    place = parse_place(text)
    assert place.at.as_pair == pytest.approx((38.9, -77.03))
    assert place.origin is PlaceOrigin.MAP_LINK
    assert place.name == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PIN.format(name="The+Willard"), "The Willard"),
        (PIN.format(name="Caf%C3%A9+M%C3%BCller%0A"), "Caf\u00e9 M\u00fcller"),
        (PIN.format(name="A%00B%E2%80%AEC"), "ABC"),  # a NUL and a right-to-left override
        (PIN.format(name="x" * 300), "x" * 200),
        ("https://maps.apple.com/?ll=38.9,-77.03&q=The%20Inn", "The Inn"),
        ("https://maps.apple.com/place?coordinate=38.9,-77.03&name=The+Inn", "The Inn"),
        ("https://maps.google.com/?q=38.9,-77.03+(The+Inn)", "The Inn"),
        ("geo:0,0?q=38.9,-77.03(The+Inn)", "The Inn"),
        ("The Inn\nhttps://maps.google.com/?q=38.9,-77.03", "The Inn"),
    ],
)
def test_the_name_in_a_link_is_kept_clean(text: str, name: str) -> None:
    assert parse_place(text).name == name
    assert parse_place(text).at.as_pair == (38.9, -77.03)


def test_an_apple_link_gives_its_address_too() -> None:
    place = parse_place("https://maps.apple.com/place?coordinate=38.9,-77.03&name=Inn&address=1%20Elm%20St,%20Town")
    assert (place.name, place.address) == ("Inn", "1 Elm St, Town")


def test_in_a_link_the_comma_always_parts_the_two_numbers() -> None:
    assert parse_place("geo:48,13").at.as_pair == (48, 13)
    assert parse_place("https://maps.google.com/?q=48,13").at.as_pair == (48, 13)


def test_the_viewport_is_never_taken_for_the_pin() -> None:
    assert parse_place(PIN.format(name="X")).at.as_pair == (38.9, -77.03)  # the @ part says 38.7, -77.2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "No place given"),
        ("   \n", "No place given"),
        ("x" * 8001, "8001 characters is too long"),
        ("The Willard Hotel", "'The Willard Hotel' says no latitude and longitude. Paste a map link"),
        ("1600 Pennsylvania Avenue", "says no latitude and longitude"),
        ("38.9", "says no latitude"),
        ("38.9, -77.03, 12", "says no latitude"),
        ("38,9", "'38,9' can be read in two ways"),
        ("38,9,-77,03", "can be read in two ways"),
        ("0.0, 0.0", "open sea"),
        ("-122.4, 37.7", "look swapped: latitude comes first, so write 37.7, -122.4"),
        ("95.5, 100", "The latitude is 95.5 degrees. It must be from -90 to 90"),
        ("45, 200", "The longitude is 200 degrees. It must be from -180 to 180"),
        ("1e999, 3", "The latitude is inf"),
        ("38.9 N, 77.03", "needs one N or S and one E or W"),
        ("38.9 N, 77.03 S", "needs one N or S and one E or W"),
        ("-38.9 S, 77 E", "a minus sign or a letter, not both"),
        ("38\u00b060'N 77\u00b0W", "do not add up"),
        ("38.5\u00b010'N 77\u00b0W", "do not add up"),
        ("https://www.google.com/maps?q=The+Willard", "names 'The Willard' and not the pin"),
        ("https://www.google.com/maps?q=The+Willard&ll=38.9,-77.03", "names 'The Willard' and not the pin"),
        ("https://www.google.com/maps", "carries no pin"),
        ("https://www.google.com/maps/place/X/data=!8m2!3d1!4d2!8m2!3d1!4d3", "several places"),
        ("https://www.google.com/search?q=38.9,-77.03", "not a map link that can be read"),
        ("https://maps.app.goo.gl/AbC", "short link .* paste the long address"),
        ("The Inn\nhttps://maps.app.goo.gl/AbC", "short link"),
        ("https://goo.gl/maps/x", "short link"),
        ("https://maps.apple.com/?q=The+Inn", "carries no latitude and longitude"),
        ("https://www.openstreetmap.org/node/1", "carries no marker"),
        ("https://www.openstreetmap.org/?mlat=a&mlon=b", "carries no marker"),
        ("https://example.org/?q=38.9,-77.03", "not a map link that can be read"),
        ("https://google.com.evil.example/maps?q=38.9,-77.03", "not a map link that can be read"),
        ("https://www.google.com@evil.example/maps?q=38.9,-77.03", "not a map link that can be read"),
        ("https://[::1", "not a complete web address"),
        ("https://www.google.com/maps?" + "a=1&" * 500, "not a complete web address"),
        ("geo:somewhere", "carries no latitude and longitude. Write geo:"),
        ("geo:0,0?q=The+Inn", "carries no latitude and longitude"),
        ("geo:4711,1234;crs=epsg4326", "not in WGS 84"),
        ("geo:191,0", "The latitude is 191"),
        ("javascript:alert(1)", "says no latitude"),
    ],
)
def test_what_is_no_place_is_refused_with_the_cure(text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse_place(text)


def test_a_refusal_quotes_only_the_start_of_a_long_text() -> None:
    with pytest.raises(InputError) as refusal:
        parse_place("word " * 1000)
    assert len(str(refusal.value)) < 300


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_coordinates_written_out_read_back_to_the_same_point(latitude: float, longitude: float) -> None:
    assume(latitude != 0 or longitude != 0)
    assert parse_place(f"{latitude}, {longitude}").at.as_pair == (latitude, longitude)


@given(st.floats(0.001, 89.9), st.floats(0.001, 179.9), st.sampled_from("NS"), st.sampled_from("EW"))
def test_degrees_minutes_seconds_read_back_to_within_a_millimetre(
    latitude: float, longitude: float, ns: str, ew: str
) -> None:
    def written(degrees: float) -> str:
        whole, rest = divmod(round(degrees * 3600, 5), 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{int(whole)}\u00b0{int(minutes)}'{seconds:.5f}\""

    assume("60.00000" not in written(latitude) + written(longitude))
    point = parse_place(f"{written(latitude)}{ns} {written(longitude)}{ew}").at
    assert point.latitude == pytest.approx(latitude if ns == "N" else -latitude, abs=1e-8)
    assert point.longitude == pytest.approx(longitude if ew == "E" else -longitude, abs=1e-8)


@given(st.text(max_size=200) | st.text("0123456789.,;-+ NSEW\u00b0'\":()eE", max_size=130))
def test_any_text_is_a_place_or_a_refusal(text: str) -> None:
    try:
        assert isinstance(parse_place(text), Place)
    except InputError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017


@given(
    st.sampled_from(
        ["www.google.com/maps", "maps.apple.com/", "www.openstreetmap.org/", "maps.google.com/maps/place/X"]
    ),
    st.text(max_size=60),
    st.sampled_from(["q", "ll", "query", "mlat", "coordinate"]),
)
def test_any_map_link_is_a_place_or_a_refusal(start: str, tail: str, key: str) -> None:
    for link in (f"https://{start}?{key}={quote(tail)}", f"https://{start}{tail}", f"https://{start}?{tail}"):
        try:
            assert parse_place(link).origin is PlaceOrigin.MAP_LINK
        except InputError as refusal:
            assert str(refusal)  # noqa: PT017


def test_a_map_link_shows_a_marker_and_no_typed_words() -> None:
    place = Place(name="<b>Inn</b>", at=Coordinates(latitude=38.9, longitude=-77.03))
    link = "https://www.openstreetmap.org/?mlat=38.900000&mlon=-77.030000#map=17/38.900000/-77.030000"
    assert map_link(place) == map_link(place.at) == map_link((38.9, -77.03)) == link


def test_a_map_link_to_nowhere_is_refused() -> None:
    with pytest.raises(InputError, match="The latitude is 99"):
        map_link((99, 0))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_our_own_map_links_can_be_pasted_back(latitude: float, longitude: float) -> None:
    assume(abs(latitude) > 1e-5 or abs(longitude) > 1e-5)
    assert parse_place(map_link((latitude, longitude))).at.as_pair == pytest.approx((latitude, longitude), abs=1e-6)
