"""Gates: a staged model that was built without its tests is not sent until they have run."""

from __future__ import annotations

from integration.support.kinds import on
from integration.support.stand_in import StandIn
from integration.support.workspace import Workspace

TESTS = {
    "gate_one": "",
    "gate_two": "",
    "gate_soft": "{{ config(severity='warn') }}",
    "gate_off": "{{ config(enabled=false) }}",
}


def not_run(workspace: Workspace) -> list[str]:
    """Return the tests that the newest run left out."""
    found = workspace.rows(
        """
        select node_name from opus_sync.mon_build_event
        where status = 'not_run' and build_seq = (select max(build_seq) from opus_sync.mon_build_event)
        order by node_name
        """
    )
    return [name for (name,) in found]


@on("duckdb")
def test_tests_that_were_left_out_stop_a_push_until_they_ran(orders: Workspace, stand_in: StandIn) -> None:
    """Tests of error severity on what was built; a later `dbt test` settles them, a promotion runs them."""
    folder = orders.root / "tests"
    folder.mkdir()
    for name, config in TESTS.items():
        (folder / f"{name}.sql").write_text(
            f"{config} select * from {{{{ ref('staged_orders_items') }}}} where 1 = 0\n", encoding="utf-8"
        )
    assert orders.dbt("run").code == 0
    assert not_run(orders) == ["gate_one", "gate_two"]
    refused = orders.opus("push", "--live")
    assert refused.code == 3
    assert refused.error_lines == [
        "Error: orders: 2 gate tests were not run since this build: gate_one, gate_two",
        "run `dbt test --select staged_orders_items`; nothing was sent",
    ]
    assert stand_in.mutations() == []

    assert orders.dbt("test", "--select", "gate_two").code == 0
    assert "1 gate test was not run since this build: gate_one" in orders.opus("push", "--live").err
    assert orders.dbt("test", "--select", "staged_orders_items").code == 0
    sent = orders.opus("push", "--key", "K001", "--live")
    assert sent.code == 0, sent.err
    assert not_run(orders) == []
    assert orders.opus("push").code == 0, "the promotion built the staged model with its tests"
