"""How addresses of calendar servers are typed, and where a password may travel."""

from __future__ import annotations

import pytest

from iiplan.calendars import Login, is_private, server_address
from iiplan.calendars.caldav_address import may_follow, may_visit
from iiplan.errors import InputError


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" cloud.example.org/remote.php/dav ", "https://cloud.example.org/remote.php/dav"),
        ("https://cloud.example.org", "https://cloud.example.org/"),
        ("http://localhost:5232/", "http://localhost:5232/"),
        ("https://dav.example.org/a%40b/?x=1#y", "https://dav.example.org/a%40b/"),
    ],
)
def test_an_address_is_https_unless_it_says_otherwise(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is empty"),
        ("two words.example.org", "has blanks"),
        ("ftp://example.org", "no address of a server"),
        ("https://", "no address of a server"),
        ("https://[broken", "no address of a server"),
        ("https://host:port/", "no address of a server"),
        ("javascript:alert(1)", "no address of a server"),
        ("https://ada:s3cret@example.org/", "have fields of their own"),
        ("ada@example.org", "have fields of their own"),
        ("https://apidata.googleusercontent.com/caldav/v2/", "wants OAuth"),
        ("https://www.google.com/calendar/dav", "wants OAuth"),
    ],
)
def test_what_is_no_address_is_refused_without_being_repeated(typed: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        server_address(typed)
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("url", ["https://example.org/", "http://localhost:1/", "http://127.0.0.2/", "http://[::1]:5/"])
def test_the_way_is_private_when_encrypted_or_on_this_machine(url: str) -> None:
    assert is_private(url)


@pytest.mark.parametrize("url", ["http://example.org/", "http://192.168.1.5/", "http://localhost.example.org/"])
def test_an_unencrypted_way_to_another_machine_needs_a_word_of_consent(url: str) -> None:
    assert not is_private(url)
    with pytest.raises(InputError, match="is not encrypted: others on it could read the password"):
        Login(server=url, user="ada", password="s3cret")
    assert "s3cret" not in repr(Login(server=url, user="ada", password="s3cret", unencrypted=True))


@pytest.mark.parametrize(
    ("asked", "to", "follows"),
    [
        ("https://a.example.org/", "https://a.example.org/remote.php/dav", True),
        ("https://a.example.org/", "https://a.example.org:443/dav", True),
        ("http://a.example.org/", "https://a.example.org/dav", True),
        ("https://a.example.org/", "http://a.example.org/dav", False),
        ("https://a.example.org/", "https://b.example.org/dav", False),
        ("https://a.example.org/", "https://a.example.org:8443/dav", False),
        ("https://a.example.org/", "https://a.example.org.evil.example/", False),
    ],
)
def test_a_redirect_is_followed_on_the_same_server_or_up_to_https(asked: str, to: str, follows: bool) -> None:
    assert may_follow(asked, to) is follows


@pytest.mark.parametrize(
    ("server", "named", "goes"),
    [
        ("https://caldav.icloud.com/", "https://p34-caldav.icloud.com:443/1/calendars/", True),
        ("https://caldav.icloud.com/", "http://p34-caldav.icloud.com/", False),
        ("http://caldav.icloud.com/", "https://p34-caldav.icloud.com/", False),
        ("https://caldav.icloud.com/", "https://icloud.com.evil.example/", False),
        ("https://example.org/", "https://evil.org/", False),
    ],
)
def test_calendars_may_lie_on_another_host_below_the_same_domain(server: str, named: str, goes: bool) -> None:
    assert may_visit(server, named) is goes


@pytest.mark.parametrize(("user", "password", "words"), [(" ", "x", "user name is empty"), ("ada", "", "password is")])
def test_a_login_without_a_name_or_a_password_is_none(user: str, password: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Login(server="https://example.org/", user=user, password=password)
