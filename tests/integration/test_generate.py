"""Generated workflow files: their own command lines, run in their order on a project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from integration.support.kinds import on
from integration.support.orders import ORDERS, as_wanted, quantities
from integration.support.server_warehouses import SCHEMAS, PostgresDatabase
from integration.support.shell import rendered, run_shell
from integration.support.stand_in import StandIn
from integration.support.workspace import TOKEN, Done, Workspace

SH, BASH = ("/bin/sh", "-c"), ("bash", "-e", "-c")
"""How Kestra runs a task's commands, with `set -e` before them, and GitHub a step's."""

SCHEMA = "opus_pr_7"


def generated(workspace: Workspace, kind: str) -> Any:
    """Return a generated file as YAML."""
    done = workspace.opus("generate", kind, "--out", f"{kind}.yml")
    assert done.code == 0, done.err
    return yaml.safe_load((workspace.root / f"{kind}.yml").read_text("utf-8"))


def tasks(node: Any) -> Iterator[Any]:
    """Yield the tasks of a flow that run commands, in order."""
    for task in node:
        if "commands" in task:
            yield task
        yield from tasks(task.get("tasks") or task.get("then") or ())


def carry_out(workspace: Workspace, task: Any) -> Done:
    """Run a Kestra task with the environment that it asks for, and nothing else of ours."""
    told = {"secret('MONDAY_API_TOKEN')": TOKEN}
    environment = {name: rendered(value, told) for name, value in task.get("env", {}).items()}
    script = "\n".join(["set -e", *(rendered(command, told) for command in task["commands"])])
    return run_shell(workspace.having(MONDAY_API_TOKEN=""), script, SH, **environment)


@on("duckdb")
def test_a_kestra_flow_pulls_builds_plans_and_pushes(orders: Workspace, stand_in: StandIn) -> None:
    """The plan says that there are changes, the push sends them, and the report of a failure can be posted."""
    flow = generated(orders, "kestra")
    steps = {task["id"]: task for task in tasks([*flow["tasks"], *flow["errors"]])}
    assert list(steps) == ["pull", "build", "plan", "push", "status"]
    done = {}
    for name, step in steps.items():
        done[name] = carry_out(orders, step)
        assert done[name].code == 0, (name, done[name].out, done[name].err)
    assert '::{"outputs":{"changes":true}}::' in done["plan"].out
    assert all((orders.root / name).stat().st_size for name in steps["plan"]["outputFiles"])
    assert quantities(stand_in) == as_wanted()
    assert (orders.root / "status.md").read_text("utf-8").startswith("## orders")

    again = carry_out(orders, steps["plan"])
    assert (again.code, '{"changes":false}' in again.out) == (0, True), "what was pushed is built again"
    (orders.root / "boards" / "orders.yml").write_text("nonsense: [", "utf-8")
    assert carry_out(orders, steps["plan"]).code != 0
    assert carry_out(orders, steps["status"]).code == 0, "the report is posted whatever is wrong"


def with_pull_requests(workspace: Workspace) -> None:
    """Add the target of pull requests to the profile: on PostgreSQL a login that may read, and make schemas."""
    path = workspace.root / "profiles.yml"
    profile = yaml.safe_load(path.read_text("utf-8"))
    outputs = profile["opus_sync"]["outputs"]
    outputs["ci"] = {**outputs["prod"], "schema": "{{ env_var('OPUS_PR_SCHEMA') }}"}
    if isinstance(workspace.warehouse, PostgresDatabase):
        database = workspace.warehouse.database
        login = database.role("pull_request")
        outputs["ci"] |= {"user": login.user, "password": login.password}
        database.run(f"grant create on database {database.name} to {login.user}")
        for schema in SCHEMAS:
            database.run(f"grant usage on schema {schema} to {login.user}")
            database.run(f"grant select on all tables in schema {schema} to {login.user}")
    path.write_text(yaml.safe_dump(profile), "utf-8")


def step(workspace: Workspace, flow: Any, job: str, name: str, **environment: str) -> Done:
    """Run a step of a workflow as GitHub does for pull request 7, without a token of monday's."""
    values = {"github.event.number": "7"}
    (chosen,) = (one for one in flow["jobs"][job]["steps"] if one.get("name") == name)
    told = {key: rendered(value, values) for key, value in flow["env"].items()}
    return run_shell(
        workspace.having(MONDAY_API_TOKEN=""), rendered(chosen["run"], values), BASH, **told, **environment
    )


def productions(workspace: Workspace) -> dict[str, tuple[int, int]]:
    """Return the fingerprint of every table outside of the pull request's schema."""
    return {table: print_ for table, print_ in workspace.fingerprint().items() if not table.startswith(f"{SCHEMA}.")}


@on("duckdb", "postgres")
def test_a_pull_request_is_planned_in_a_schema_of_its_own(orders: Workspace, stand_in: StandIn) -> None:
    """Production's extract, decisions and last values in step are read; not a row of production's is changed."""
    stand_in.edit(ORDERS.id, 1001, numbers_1="9")
    orders.pull()
    orders.build()
    with_pull_requests(orders)
    flow = generated(orders, "github")
    before, asked = productions(orders), len(stand_in.metrics()["documents"])
    desired = orders.root / "models" / "desired" / "desired_orders_items.sql"
    desired.write_text(f"select * from ({desired.read_text('utf-8')}) where \"Order\" <> 'K002'\n", "utf-8")

    built = step(orders, flow, "plan", "Build the difference")
    assert built.code == 0, built.out
    output = orders.root / "output"
    planned = step(orders, flow, "plan", "Plan", GITHUB_OUTPUT=str(output))
    assert (planned.code, output.read_text("utf-8")) == (0, "code=0\n"), planned.err
    plan = (orders.root / "plan.md").read_text("utf-8")
    assert "| items | 6 | 8 | 0 | 0 | 0 |" in plan, plan
    comment = next(one["with"]["script"] for one in flow["jobs"]["plan"]["steps"] if one.get("name") == "Comment")
    assert json.dumps(plan.splitlines()[0]) in comment, "the workflow knows its comment by the plan's first line"
    assert "1 CONFLICT" in plan, "what a person edited is known from production's last values in step"
    assert "K003" in plan and "K002" not in plan
    assert productions(orders) == before
    assert len(stand_in.metrics()["documents"]) == asked, "monday was not asked"

    told = {"OPUS_PR_SCHEMA": SCHEMA, "MONDAY_API_TOKEN": TOKEN}
    variables = json.dumps({"opus_schema": SCHEMA, "opus_read_schema": "opus_sync"})
    reading = ("--target", "ci", "--vars", variables)
    for command in (("pull",), ("push", "--live"), ("hold", "--key", "K003", "--reason", "no")):
        refused = orders.having(**told).opus(*command, *reading)
        assert (refused.code, "is only read" in refused.err) == (3, True), refused.err
    assert productions(orders) == before

    dropped = step(orders, flow, "drop", "Drop the pull request's schema")
    assert dropped.code == 0, dropped.out
    assert orders.fingerprint() == before, "nothing of the pull request is left"


@on("duckdb")
def test_a_build_never_writes_where_it_only_reads(orders: Workspace) -> None:
    """Not into production's tables, nor over production's models; and what is dropped is the build's own alone."""
    with_pull_requests(orders)
    before = orders.fingerprint()

    def dbt(verb: str, what: str, schema: str, **variables: str) -> Done:
        chosen = ("--select", what) if verb == "run" else (what,)
        return orders.having(OPUS_PR_SCHEMA=schema).dbt(
            verb, *chosen, "--target", "ci", "--vars", json.dumps(variables)
        )

    same = dbt("run", "mon_sync_point", SCHEMA, opus_schema="opus_sync", opus_read_schema="opus_sync")
    assert same.code and "both name opus_sync" in same.out
    over = dbt("run", "mon_sync_point", "main", opus_schema="main", opus_read_schema="opus_sync")
    assert over.code and "not made by opus-sync" in over.out
    dropped = dbt("run-operation", "opus_drop_own", "main", opus_schema="main", opus_read_schema="opus_sync")
    assert dropped.code and "nothing was dropped" in dropped.out, dropped.out
    assert orders.fingerprint() == before
