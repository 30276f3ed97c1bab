"""The commands about city packs: indexes to look addresses up in without a network."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iiplan.cli.common import opened, plain
from iiplan.model import OSM_ATTRIBUTION

__all__ = ["city"]


@click.group()
def city() -> None:
    """Build, list and remove city packs, in which addresses are found without a network.

    A city pack is built once from an OpenStreetMap extract (a file that ends in .osm.pbf) that you have downloaded. It
    holds the streets, house numbers and named places of the city (docs/places.md).
    """


@city.command()
@click.argument("extract", metavar="FILE.osm.pbf", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", help="What to call the pack. Without it: the name of the file.")
@click.pass_obj
def add(db: Path | None, extract: Path, name: str | None) -> None:
    """Build a city pack from an OpenStreetMap extract, in the place of an earlier one of that name."""
    from iiplan.planner.city_packs import add_pack

    pack = add_pack(opened(db), extract, name, _progress)
    _clear()
    click.echo(
        f"City pack {plain(pack.name)!r}: {pack.streets:,} streets, {pack.addresses:,} addresses, "
        f"{pack.named:,} named places. {OSM_ATTRIBUTION}."
    )


@city.command(name="list")
@click.pass_obj
def list_packs(db: Path | None) -> None:
    """List the city packs."""
    from iiplan.planner.city_packs import city_packs, pack_problems

    workspace = opened(db)
    known = city_packs(workspace)
    for problem in pack_problems(workspace):
        click.echo(f"Warning: {plain(problem)}", err=True)
    if not known:
        click.echo('No city packs yet. Build one: "python -m iiplan city add FILE.osm.pbf".')
        return
    for pack in known:
        click.echo(
            f"{plain(pack.name)}: {pack.streets:,} streets, {pack.addresses:,} addresses, {pack.named:,} named places; "
            f"from {plain(pack.source)}, {pack.made_at:%d %b %Y}"
        )
    click.echo(f"{OSM_ATTRIBUTION}.")


@city.command()
@click.argument("name")
@click.pass_obj
def remove(db: Path | None, name: str) -> None:
    """Remove the city pack NAME. Places that were found in it stay as they are."""
    from iiplan.planner.city_packs import take_away

    click.echo(f"Removed the city pack {plain(take_away(opened(db), name).name)!r}.")


def _progress(phase: str, count: int) -> None:
    if sys.stderr.isatty():
        done = f": {count:,} things" if count else ""
        click.echo(f"\r\x1b[K{phase}{done}", nl=False, err=True)


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
