"""A real OSRM server on this machine, from the programs that the ``osrm-bindings`` wheel carries."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.city import write_city
from iiplan.model import TravelMode

__all__ = ["HOW_TO", "city_server", "osrm_folder"]

ROOT = Path(__file__).resolve().parents[1]
PROFILES = {TravelMode.WALK: "foot", TravelMode.BIKE: "bicycle", TravelMode.CAR: "car"}
HOW_TO = (
    "pip download --require-hashes --no-deps --python-version 3.12 --only-binary=:all: -r requirements-osrm.txt "
    "-d build, then unzip the wheel into build/osrm, or let IIPLAN_OSRM name the folder"
)


def osrm_folder() -> Path | None:
    """The unpacked wheel that IIPLAN_OSRM names, or build/osrm; None when it is not there."""
    folder = Path(os.environ.get("IIPLAN_OSRM") or ROOT / "build" / "osrm")
    return folder if (folder / "osrm" / "bin" / "osrm-routed").is_file() else None


@contextmanager
def city_server(folder: Path, work: Path, mode: TravelMode) -> Iterator[str]:
    """Build the invented city for one way of travelling and serve it on 127.0.0.1; yields its address."""
    programs = folder / "osrm" / "bin"
    for program in programs.iterdir():
        program.chmod(0o755)  # a wheel unpacked as a zip file forgets what may be run
    write_city(work / "city.osm.pbf")
    profile = folder / "osrm" / "share" / "profiles" / f"{PROFILES[mode]}.lua"
    run = [["osrm-extract", "-p", str(profile), "city.osm.pbf"], ["osrm-partition", "city.osrm"]]
    for name, *rest in [*run, ["osrm-customize", "city.osrm"]]:
        subprocess.run([programs / name, *rest], cwd=work, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [programs / "osrm-routed", "--algorithm", "mld", "--ip", "127.0.0.1", "--port", str(port), "city.osrm"]
    with subprocess.Popen(command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            said = []
            for line in server.stdout:
                said.append(line)
                if "waiting for requests" in line:
                    break
            else:
                raise RuntimeError("osrm-routed ended: " + "".join(said))
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
