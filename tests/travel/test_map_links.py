"""Links of many maps: the pin where they have one, else how far off the place may be."""

from __future__ import annotations

import math
import string
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openlocationcode import openlocationcode as olc

from iiplan.errors import InputError
from iiplan.model import Coordinates, Place, PlaceOrigin
from iiplan.travel import map_link, parse_place

VIENNA = Coordinates(latitude=48.2, longitude=16.37)
SPOT = (38.9, -77.03)
# metres on the ground from the middle of a large window (1,000 pixels) to its corner, at zoom 17 and 38.9 degrees:
# 40,075,016.686 m / 256 pixels / 2^17 x cos(38.9 degrees) x 1,000 = 929.5
AT_17 = 930

PINS = [
    ("https://www.google.com/maps/place/The+Inn/@38.7,-77.2,17z/data=!3m1!4b1!8m2!3d38.9!4d-77.03", "The Inn"),
    ("https://www.google.com/maps/place/38%C2%B054'00.0%22N+77%C2%B001'48.0%22W/@38.7,-77.2,17z", ""),
    ("https://www.google.com/maps/place/VXX9%2B22+Washington/@1,2,17z/data=!8m2!3d38.9!4d-77.03", ""),
    ("https://www.google.com/maps?q=38.9,-77.03", ""),
    ("https://www.google.com/maps/search/?api=1&query=38.9%2C-77.03", ""),
    ("https://www.google.com/maps/dir/38.8,-77.0/38.9,-77.03/@38.85,-77.01,13z/data=!3m1!4b1", ""),
    ("https://www.google.com/maps/dir//38.9,-77.03", ""),
    ("https://www.google.com/maps/dir/A/B/@1,2,13z/data=!4m13!4m12!1m5!1m1!1s0x1!2m2!1d-77!2d38.8!1m5!1m1!1s0x2!2m2"
     "!1d-77.03!2d38.9", ""),
    ("https://www.google.com/maps/dir/?api=1&origin=A&destination=38.9,-77.03", ""),
    ("https://www.google.com/maps/@?api=1&map_action=pano&viewpoint=38.9,-77.03", ""),
    ("https://maps.google.com/maps?cbll=38.9,-77.03&layer=c", ""),
    ("comgooglemaps://?q=38.9,-77.03", ""),
    ("google.navigation:q=38.9,-77.03", ""),
    ("https://maps.apple.com/?ll=38.9,-77.03&q=The%20Inn", "The Inn"),
    ("https://maps.apple.com/place?coordinate=38.9,-77.03&name=The+Inn", "The Inn"),
    ("maps://?daddr=38.9,-77.03", ""),
    ("https://www.openstreetmap.org/?mlat=38.9&mlon=-77.03#map=19/38.7/-77.2", ""),
    ("https://www.openstreetmap.org/directions?engine=x&route=38.8,-77.0;38.9,-77.03", ""),
    ("https://www.openstreetmap.org/search?query=38.9%2C-77.03", ""),
    ("https://www.bing.com/maps?cp=1~2&lvl=3&sp=point.38.9_-77.03_The%20Inn_note", "The Inn"),
    ("https://bing.com/maps/default.aspx?rtp=pos.38.8_-77.0~pos.38.9_-77.03_The%20Inn", "The Inn"),
    ("https://www.bing.com/maps?where1=38.9,-77.03", ""),
    ("https://share.here.com/l/38.9,-77.03,The%20Inn?z=16&p=no", "The Inn"),
    ("https://share.here.com/r/38.8,-77.0,Start/38.9,-77.03,The%20Inn", "The Inn"),
    ("https://wego.here.com/directions/drive/Start:38.8,-77.0/The-Inn:38.9,-77.03?map=1,2,10", "The-Inn"),
    ("https://waze.com/ul?ll=38.9%2C-77.03&navigate=yes", ""),
    ("https://www.waze.com/live-map/directions?to=ll.38.9%2C-77.03", ""),
    ("waze://?ll=38.9,-77.03", ""),
    ("https://yandex.com/maps/?ll=1,2&z=10&pt=-77.03,38.9,pm2rdm", ""),
    ("https://yandex.ru/maps/213/moscow/?whatshere%5Bpoint%5D=-77.03%2C38.9&whatshere%5Bzoom%5D=17", ""),
    ("https://yandex.com/maps/?rtext=38.8,-77.0~38.9,-77.03&rtt=pd", ""),
    ("https://yandex.com/maps/?text=38.9,-77.03", ""),
    ("https://mapy.cz/zakladni?source=coor&id=-77.03%2C38.9&x=1&y=2&z=17", ""),
    ("https://map.kakao.com/link/map/The%20Inn,38.9,-77.03", "The Inn"),
    ("https://map.kakao.com/link/to/38.9,-77.03", ""),
    ("https://citymapper.com/directions?endcoord=38.9%2C-77.03&endname=The%20Inn", "The Inn"),
    ("https://osmand.net/map?pin=38.9,-77.03#15/1/2", ""),
    ("https://osmand.net/go?lat=38.9&lon=-77.03&z=16", ""),
    ("https://geohack.toolforge.org/geohack.php?pagename=The_Inn&params=38.9_N_77.03_W_type:landmark", "The Inn"),
    ("https://geohack.toolforge.org/geohack.php?params=38_54_00_N_77_01_48_W_", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), PINS)
def test_the_pin_of_a_link_is_the_spot_itself(text: str, name: str) -> None:
    place = parse_place(text)
    assert place.at.as_pair == pytest.approx(SPOT)
    assert (place.name, place.origin, place.within_m) == (name, PlaceOrigin.MAP_LINK, 0)


@pytest.mark.parametrize(
    ("text", "within_m"),
    [
        ("https://www.google.com/maps/@38.9,-77.03,17z", AT_17),
        ("https://www.google.com/maps/@38.9,-77.03,18z", AT_17 // 2),  # half the ground on the same screen
        ("https://www.google.com/maps/place/The+Inn/@38.9,-77.03,17z", AT_17),
        ("https://www.google.com/maps/@38.9,-77.03,1200m/data=!3m1!1e3", 1200),  # a view from so many metres
        ("https://www.google.com/maps/@38.9,-77.03,3a,75y,90t/data=!3m6", 30),  # from the camera to a door
        ("https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d1500.5!2d-77.03!3d38.9!2m3!1f0", 1501),
        ("https://www.google.com/maps/@?api=1&map_action=map&center=38.9,-77.03&zoom=17", AT_17),
        ("https://maps.google.com/?ll=38.9,-77.03&z=17", AT_17),
        ("https://maps.google.com/?ll=38.9,-77.03", AT_17),
        ("https://maps.google.com/?q=The+Inn&ll=38.9,-77.03&z=17", AT_17),
        # a span of 0.02 by 0.02 degrees: half its diagonal is 111,320 m x sqrt(0.01^2 + (0.01 cos 38.9)^2)
        ("https://maps.apple.com/frame?center=38.9%2C-77.03&span=0.02%2C0.02", 1411),
        ("https://www.openstreetmap.org/#map=17/38.9/-77.03", AT_17),
        ("https://www.openstreetmap.org/node/1#map=17/38.9/-77.03&layers=N", AT_17),
        ("https://www.openstreetmap.org/?lat=38.9&lon=-77.03&zoom=17", AT_17),
        ("https://www.bing.com/maps?cp=38.9~-77.03&lvl=17", AT_17),
        ("https://wego.here.com/?map=38.9,-77.03,17,normal", AT_17),
        ("https://www.waze.com/livemap?lat=38.9&lon=-77.03&zoom=17", AT_17),
        ("https://yandex.com/maps/?ll=-77.03%2C38.9&z=17", AT_17),
        ("https://mapy.com/en/zakladni?x=-77.03&y=38.9&z=17", AT_17),
    ],
)
def test_what_was_only_on_the_screen_says_how_far_off_the_place_may_be(text: str, within_m: int) -> None:
    place = parse_place(text)
    assert place.at.as_pair == pytest.approx(SPOT)
    assert place.within_m == pytest.approx(within_m, abs=1)


def test_the_name_of_a_place_without_a_pin_is_kept() -> None:
    assert parse_place("https://www.google.com/maps/place/The+Inn/@38.9,-77.03,17z").name == "The Inn"
    embedded = "https://www.google.com/maps/embed?pb=!1m3!1d900!2d-77.03!3d38.9!3m3!1m2!1s0x0%3A0x0!2sThe%20Inn!5e0"
    assert parse_place(embedded).name == "The Inn"


REFUSED = [
    ("https://www.google.com/maps/@38.9,-77.03,12z", "only says where the place is to within 30 km. Zoom in"),
    ("https://osm.org/go/ZcI9", "only says where the place is to within 7,5.. km"),
    ("https://www.google.com/maps/dir/A/B", "carries no pin"),
    ("https://maps.google.com/?q=The+Inn&ll=38.9,-77.03", "names 'The Inn' and not the pin"),
    ("https://www.google.com/maps/@?map_action=map&center=38.9,-77.03", "not how large it was"),
    ("https://www.google.com/maps/search/VXX9%2B22", "'VXX9\\+22' is a short plus code"),
    ("https://www.bing.com/maps?q=The+Inn", "carries no latitude and longitude. Open the place by itself"),
    ("https://www.bing.com/maps?sp=point.1_2_A~point.3_4_B", "several places"),
    ("https://www.bing.com/maps?cp=38.9~-77.03", "not how large it was"),
    ("https://www.bing.com/search?q=38.9,-77.03", "not a map link that can be read"),
    ("https://wego.here.com/search/The%20Inn", "carries no latitude and longitude"),
    ("https://waze.com/ul?q=The%20Inn", "carries no latitude and longitude"),
    ("https://waze.com/ul/hdqc", "only says where the place is to within"),
    ("https://waze.com/ul/haaaa", "carries no latitude and longitude"),  # geohashes have no a
    ("https://yandex.com/maps/-/CDabc", "short link that does not say where it leads. Open it in a browser"),
    ("https://yandex.com/maps/?pt=1,2~3,4", "several places"),
    ("https://yandex.com/maps/?pt=191,2", "The longitude is 191"),
    ("https://her.is/abc", "short link"),
    ("https://maps.apple/p/abc", "short link"),
    ("https://map.baidu.com/?latlng=38.9,-77.03", "a Chinese map, whose coordinates are shifted"),
    ("https://uri.amap.com/marker?position=116.4,39.9", "a Chinese map"),
    ("https://what3words.com/filled.count.soap", "three words, which only their owner can look up"),
    ("///filled.count.soap", "three words, which only their owner can look up"),
    ("https://citymapper.com/directions?endname=Inn", "carries no latitude and longitude"),
    ("https://geohack.toolforge.org/geohack.php?params=nowhere", "carries no latitude and longitude"),
    ("https://plus.codes/map", "carries no latitude and longitude"),
    ("https://map.kakao.com/link/search/inn", "carries no latitude and longitude"),
    ("https://evil-waze.com/ul?ll=38.9,-77.03", "not a map link that can be read"),
    ("geo:38.9,-77.03;u=6000", "only says where the place is to within 6 km"),
    ("VXX9+22", "'VXX9\\+22' is a short plus code, and the city it belongs to is not known here"),
    ("VXX9+22 Vienna", "short plus code, and 'Vienna' is not known here. Paste the full code"),
    ("8C4VXX9+22", "says no latitude and longitude"),  # an odd number of characters in front
    ("8FVC0000+", "only says where the place is to within"),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_carries_no_spot_is_refused_with_the_cure(text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse_place(text)


def test_a_geo_address_brings_its_uncertainty() -> None:
    place = parse_place("GEO:38.9,-77.03,12;crs=wgs84;u=34.5")
    assert (place.at.as_pair, place.origin, place.within_m) == (SPOT, PlaceOrigin.GEO_URI, 35)
    for exact in ("geo:38.9,-77.03", "geo:38.9,-77.03;u=0", "geo:38.9,-77.03;u=x", "geo:0,0;u=99?q=38.9,-77.03"):
        assert parse_place(exact) == Place(at=place.at, origin=PlaceOrigin.GEO_URI)


def test_a_plus_code_is_the_middle_of_its_cell() -> None:
    place = parse_place("87c4wx52+22")  # cells of 1/8000 degree: the south-west corner is 38.9 - 0.1 + ... as decoded
    cell = olc.decode("87C4WX52+22")
    assert place.at.as_pair == (cell.latitudeCenter, cell.longitudeCenter)
    assert (place.origin, place.within_m) == (PlaceOrigin.PLUS_CODE, 0)
    # six cells of 1/20 degree are halved: 111,320 x 0.00125 north, times cos(38.9) east
    assert parse_place("87C4WX00+").within_m == pytest.approx(math.hypot(2783, 2783 * math.cos(0.679)), abs=3)


def test_a_short_plus_code_counts_from_its_city_or_from_the_first_that_is_known() -> None:
    near = {"Washington, D.C.": Coordinates(latitude=38.9, longitude=-77.03), "Vienna": VIENNA}
    there, here = parse_place("WX52+22 Vienna, Austria", near), parse_place("WX52+22", near)
    assert olc.encode(*here.at.as_pair) == "87C4WX52+22"
    assert olc.encode(*there.at.as_pair)[4:] == "WX52+22"
    assert there.at.as_pair == pytest.approx(VIENNA.as_pair, abs=1.1)
    assert there.address == "Vienna, Austria"
    assert parse_place("https://www.google.com/maps/place/WX52%2B22+Vienna", near).at == there.at


SIGNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "_~"


def short_code(latitude: float, longitude: float, zoom: int) -> str:
    """OpenStreetMap's short code as its website writes it: bits of both, interleaved, six to a sign, then dashes."""
    across, up = int((longitude + 180) * 2**32 / 360), int((latitude + 90) * 2**32 / 180)
    bits = "".join(f"{across:032b}"[n] + f"{up:032b}"[n] for n in range(32))
    signs = [SIGNS[int(bits[6 * n : 6 * n + 6], 2)] for n in range(math.ceil((zoom + 8) / 3))]
    return "".join(signs) + "-" * ((zoom + 8) % 3)


GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"


def geohash(latitude: float, longitude: float, signs: int = 11) -> str:
    """Bits of both, the longitude's first, five to a sign."""
    half = (signs * 5 + 1) // 2
    across, up = (min(int(part * 2**half), 2**half - 1) for part in ((longitude + 180) / 360, (latitude + 90) / 180))
    bits = "".join(f"{across:0{half}b}"[n] + f"{up:0{half}b}"[n] for n in range(half))
    return "".join(GEOHASH[int(bits[5 * n : 5 * n + 5], 2)] for n in range(signs))


def test_a_short_code_is_read_as_the_website_writes_it() -> None:
    place = parse_place("https://www.openstreetmap.org/go/0EEQjE--?m=")
    assert place.at.as_pair == pytest.approx((51.511, 0.055), abs=0.001)  # east London, at zoom 9
    assert short_code(*place.at.as_pair, 9) == "0EEQjE--"
    assert parse_place(f"https://osm.org/go/{short_code(*SPOT, 17)}").within_m == AT_17


FORMS = {
    "{lat}, {lon}": 1e-9,
    "{lat};{lon}": 1e-9,
    "geo:{lat},{lon}": 1e-9,
    "https://www.google.com/maps?q={lat},{lon}": 1e-9,
    "https://www.google.com/maps/place/X/data=!8m2!3d{lat}!4d{lon}": 1e-9,
    "https://maps.apple.com/?ll={lat},{lon}": 1e-9,
    "https://www.bing.com/maps?sp=point.{lat}_{lon}_X": 1e-9,
    "https://share.here.com/l/{lat},{lon},X": 1e-9,
    "https://yandex.com/maps/?pt={lon},{lat}": 1e-9,
    "https://osm.org/go/{short}?m": 1e-4,  # 27 bits of 360 degrees, less what the website cuts
    "https://waze.com/ul/h{hash}": 1e-4,
    "{plus}": 1.3e-4,  # half a cell of 1/8000 degree
    "{own}": 1e-6,
}


@pytest.mark.parametrize("form", FORMS)
@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_a_point_written_in_any_form_is_read_back(form: str, latitude: float, longitude: float) -> None:
    assume(abs(latitude) > 0.001 or abs(longitude) > 0.001)
    text = form.format(
        lat=f"{latitude:.10f}",
        lon=f"{longitude:.10f}",
        short=short_code(latitude, longitude, 19),
        hash=geohash(latitude, longitude),
        plus=olc.encode(latitude, longitude),
        own=map_link((latitude, longitude)),
    )
    place = parse_place(text)
    assert place.at.as_pair == pytest.approx((latitude, longitude), abs=FORMS[form])
    assert place.within_m == 0


PARTS = st.sampled_from(
    [
        "maps",
        "place",
        "search",
        "dir",
        "go",
        "ul",
        "l",
        "r",
        "directions",
        "link",
        "data=!8m2!3d1!4d",
        "@38.9,-77.03,17z",
        "38.9,-77.03",
        "!3d91!4d2",
        "hdqc",
        "q=38.9,-77.03",
        "ll=1,2",
        "sp=point.1_2_x",
        "map=1,2",
        "pt=999,2",
        "params=95_N_3_E",
        "cp=1~2",
        "z=17",
        "zoom=1e9",
        "pb=!1d1!2d999!3d1",
        "#map=99/1/2",
        "?",
        "&",
        "/",
        "=",
        "%00",
        "%FF",
        "~",
        ",",
        "span=9,9",
        "center=1,2",
        "WX52+22",
        "to=ll.1,2",
        "whatshere[point]=1,x",
        "id=1,2",
        "source=coor",
    ]
)
HOSTS = st.sampled_from(
    [
        "www.google.com/maps",
        "maps.apple.com",
        "www.openstreetmap.org",
        "bing.com/maps",
        "share.here.com",
        "waze.com",
        "yandex.com/maps",
        "mapy.cz",
        "map.kakao.com/link",
        "citymapper.com",
        "osmand.net",
        "geohack.toolforge.org",
        "plus.codes",
    ]
)


@given(HOSTS, st.lists(PARTS | st.text(max_size=8), max_size=6), st.sampled_from("/?&"))
def test_any_link_of_a_known_map_is_a_place_or_a_refusal(host: str, parts: list[str], between: str) -> None:
    for tail in (between.join(parts), quote(between.join(parts), safe="/?&=#")):
        try:
            place = parse_place(f"https://{host}/{tail}", {"Vienna": VIENNA})
        except InputError as refusal:
            assert str(refusal).endswith((".", ">"))  # noqa: PT017
        else:
            assert 0 <= place.within_m <= 5_000


@given(st.text("0123456789CFGHJMPQRVWX+ ,", max_size=20), st.text("geo:0123456789.,;u=crs?q()", max_size=40))
def test_any_code_and_any_geo_address_is_a_place_or_a_refusal(code: str, tail: str) -> None:
    for text in (code, "geo:" + tail):
        try:
            assert isinstance(parse_place(text, {"Vienna": VIENNA}), Place)
        except InputError as refusal:
            assert str(refusal)  # noqa: PT017
