"""A push tried out on a stand-in, in a target of its own, leaves production as it is."""

from __future__ import annotations

import shutil

from integration.support.kinds import on
from integration.support.orders import ORDERS, on_board
from integration.support.stand_in import StandIn
from integration.support.workspace import DATABASE, Workspace
from monday_sandbox import Options, running

pytestmark = on("duckdb")

PROFILES = f"""\
opus_sync:
  target: prod
  outputs:
    prod: {{type: duckdb, path: {DATABASE}, schema: main, threads: 2}}
    rehearsal: {{type: duckdb, path: rehearsal.duckdb, schema: main, threads: 2}}
"""


def test_a_rehearsal_leaves_the_production_plan_as_it_is(orders: Workspace, stand_in: StandIn) -> None:
    """Pulled from, built for and pushed to another endpoint; then production's rows and plan are what they were."""
    (orders.root / "profiles.yml").write_text(PROFILES, encoding="utf-8")
    before, planned = orders.fingerprint(), orders.opus("plan", "--output", "json").data
    with running(on_board(), Options(complexity_per_minute=10**9)) as other:
        rehearsal = orders.having(MONDAY_API_URL=other.url)
        _copy_orders(orders)
        assert rehearsal.opus("pull", "--target", "rehearsal").code == 0
        rehearsal.build("--target", "rehearsal")
        done = rehearsal.opus("push", "--target", "rehearsal", "--live")
        assert done.code == 0, done.err
        assert len(other.sandbox.store.boards[str(ORDERS.id)].active_items()) > len(stand_in.items(ORDERS.id))
        refused = rehearsal.opus("push", "--live")
    assert refused.code == 3
    assert "was pulled from" in refused.err or "belong to" in refused.err
    assert stand_in.mutations() == []
    assert orders.fingerprint() == before
    assert orders.opus("plan", "--output", "json").data == planned


def test_tables_of_one_endpoint_are_not_filled_from_another(orders: Workspace, stand_in: StandIn) -> None:
    """A pull from elsewhere is refused, and says where the tables belong."""
    with running(on_board()) as other:
        done = orders.having(MONDAY_API_URL=other.url).opus("pull")
    assert done.code == 3
    assert stand_in.url in done.err


def _copy_orders(orders: Workspace) -> None:
    """Give the rehearsal's warehouse the orders, as the real one has them."""
    shutil.copy2(orders.root / DATABASE, orders.root / "rehearsal.duckdb")
    import duckdb

    with duckdb.connect(str(orders.root / "rehearsal.duckdb")) as connection:
        for schema in ("opus_sync", "main"):
            for table, kind in connection.execute(
                "select table_name, table_type from information_schema.tables "
                "where table_schema = ? and table_catalog = current_database() order by table_type desc",
                [schema],
            ).fetchall():
                what = "view" if kind == "VIEW" else "table"
                connection.execute(f'drop {what} if exists "{schema}"."{table}" cascade')
