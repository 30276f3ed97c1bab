from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from bench.osrm import HOW_TO, city_server, osrm_folder
from iiplan.model import TravelMode


@pytest.fixture(scope="session")
def osrm_on_foot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real OSRM server that knows the invented city on foot."""
    folder = osrm_folder()
    if folder is None:
        missing = f"No OSRM here, so nothing is tried against a real routing server. To have it: {HOW_TO}."
        if os.environ.get("IIPLAN_REQUIRE_OSRM"):
            pytest.fail(missing)
        pytest.skip(missing)
    with city_server(folder, tmp_path_factory.mktemp("osrm"), TravelMode.WALK) as url:
        yield url
