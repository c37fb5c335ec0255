"""`opus-sync generate`: what the files say of a project, that Kestra and GitHub take them, and whose they are."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration.support.orders import ORDERS
from integration.support.workspace import Workspace

PUBLISHED = yaml.safe_load((Path(__file__).parent / "kestra_properties.yml").read_text("utf-8"))
PROFILE = {
    "type": "postgres",
    "host": "db.example.com",
    "user": "{{ env_var('OPUS_PG_USER') }}",
    "password": "{{ env_var('OPUS_PG_PASSWORD') }}",
    "schema": "monday",
}
PR_PROFILE = {**PROFILE, "schema": "{{ env_var('OPUS_PR_SCHEMA') }}"}


@pytest.fixture
def project(tmp_path: Path) -> Workspace:
    """The project of orders in a repository, with a profile whose variables are not set here."""
    root = tmp_path / "repository"
    ORDERS.write(root)
    profile(root, prod=PROFILE, ci=PR_PROFILE)
    git(root, "init", "--quiet")
    git(root, "remote", "add", "origin", "https://erin:ghp_secret@git.example.com/acme/boards.git")
    return Workspace(root)


def profile(root: Path, **outputs: Any) -> None:
    content = {"opus_sync": {"target": "prod", "outputs": outputs}}
    (root / "profiles.yml").write_text(yaml.safe_dump(content), "utf-8")


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", root, *arguments], check=True)


def generated(workspace: Workspace, kind: str, *options: str) -> Any:
    """Return what a command wrote, as YAML."""
    done = workspace.opus("generate", kind, "--output", "json", *options)
    assert done.code == 0, done.err
    return yaml.safe_load(Path(done.data["path"]).read_text("utf-8"))


def tasks(nodes: Any, inside: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield every task with whether it runs in a working directory."""
    for node in nodes:
        yield node, inside
        yield from tasks(node.get("tasks", ()), inside=True)
        yield from tasks(node.get("then", ()), inside)


def fits(node: Any, published: Any, *more: Any) -> None:
    properties = [name for entry in (published, *more) for name in entry["properties"]]
    required = [name for entry in (published, *more) for name in entry["required"]]
    assert (set(node) - set(properties), set(required) - set(node)) == (set(), set()), node


@pytest.mark.parametrize(
    "options", [(), ("--select", "orders", "--target", "prod", "--vars", "{opus_house_names: false}")]
)
def test_a_flow_has_only_properties_that_kestra_publishes(project: Workspace, options: tuple[str, ...]) -> None:
    """Tasks, triggers and retries; flowable tasks never stand in a working directory; ids are unique."""
    flow = generated(project, "kestra", *options)
    fits(flow, PUBLISHED["flow"])
    fits(flow["concurrency"], PUBLISHED["concurrency"])
    found = [*tasks(flow["tasks"]), *tasks(flow["errors"])]
    for task, inside in [*found, *((trigger, False) for trigger in flow["triggers"])]:
        kind = PUBLISHED["types"][task["type"]]
        fits(task, kind, PUBLISHED["task"])
        assert kind["runs_inside"] or not inside
        if "retry" in task:
            fits(task["retry"], PUBLISHED["retry"])
    ids = [task["id"] for task, _ in found]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_-]*", name) for name in ids)
    for task, _ in found:
        for name in re.findall(r"outputs\.(\w+)", json.dumps(task)):
            assert name in ids[: ids.index(task["id"])]


def test_nothing_is_sent_before_somebody_approved(project: Workspace) -> None:
    """The only --live stands after the pause, in the branch taken where there are changes, and is not retried."""
    flow = generated(project, "kestra")
    order = [task for task, _ in tasks(flow["tasks"])]
    live = [task for task in order if "--live" in json.dumps(task.get("commands", ()))]
    (pause,) = (task for task in order if task["type"].endswith(".Pause"))
    assert [task["id"] for task in live] == ["push"]
    assert order.index(pause) < order.index(live[0])
    assert "retry" not in live[0]
    assert [task["id"] for task in flow["tasks"][-1]["then"]] == ["approval", "send"]
    assert "changes == true" in flow["tasks"][-1]["condition"]


def test_secrets_are_named_and_reach_only_who_needs_them(project: Workspace) -> None:
    """Monday's token goes to pull and push alone, the profile's variables to all; no value stands in a file."""
    contract = ORDERS.contract()
    contract["models"][0]["config"]["meta"]["monday"]["account"] = "acme_eu"
    ORDERS.write_contract(project.root, contract)
    flow = generated(project, "kestra")
    warehouse = {name: f"{{{{ secret('{name}') }}}}" for name in ("OPUS_PG_PASSWORD", "OPUS_PG_USER")}
    token = {"MONDAY_API_TOKEN__ACME_EU": "{{ secret('MONDAY_API_TOKEN__ACME_EU') }}"}
    given = {task["id"]: task["env"] for task, _ in tasks([*flow["tasks"], *flow["errors"]]) if "env" in task}
    assert given == {
        "pull": token | warehouse,
        "build": warehouse,
        "plan": warehouse,
        "push": token | warehouse,
        "status": warehouse,
    }
    assert flow["variables"]["repository"] == "https://git.example.com/acme/boards.git"
    assert "ghp_secret" not in "".join(project.files().values()).replace("ghp_secret@git", "", 1)
    workflow = generated(project, "github")
    assert set(workflow["jobs"]["plan"]["env"]) == set(warehouse)
    assert "MONDAY_API_TOKEN" not in json.dumps(workflow)


def test_a_workflow_is_one_that_github_takes(project: Workspace) -> None:
    """By GitHub's schema; forks, tokens and permissions are kept out of it."""
    workflow = generated(project, "github", "--select", "orders")
    path = project.root / ".github" / "workflows" / "opus_sync_orders_plan.yml"
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "head.repo.full_name == github.repository" in job["if"]
    assert workflow["jobs"]["plan"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    runs = [step["run"] for step in workflow["jobs"]["plan"]["steps"] if "run" in step]
    assert "+path:models/monday/orders" in runs[1] and "--select orders" in runs[2]
    assert "github.event.pull_request.title" not in json.dumps(workflow)


def test_the_target_of_a_pull_request_has_to_build_in_its_own_schema(project: Workspace) -> None:
    """A target that is missing, or builds where production does, is said before anything is written."""
    profile(project.root, prod=PROFILE, ci=PROFILE)
    shared = project.opus("generate", "github")
    assert (shared.code, "builds in the schema 'monday'" in shared.err) == (2, True)
    profile(project.root, prod=PROFILE)
    missing = project.opus("generate", "github")
    assert (missing.code, "no target 'ci', only prod" in missing.err) == (2, True)
    (project.root / "profiles.yml").unlink()
    assert "has to build in $OPUS_PR_SCHEMA" in project.opus("generate", "github").err


def test_a_project_in_a_folder_of_its_repository(project: Workspace, tmp_path: Path) -> None:
    """Commands name the folder, and GitHub's file lies at the root of the repository."""
    inner = project.root / "warehouse" / "dbt"
    shutil.copytree(project.root, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    shutil.move(tmp_path / "copy", inner)
    workflow = generated(Workspace(inner), "github")
    assert (project.root / ".github" / "workflows" / "opus_sync_plan.yml").is_file()
    assert workflow["env"]["DBT_PROFILES_DIR"] == "warehouse/dbt"
    flow = generated(Workspace(inner), "kestra")
    commands = [command for task, _ in tasks(flow["tasks"]) for command in task.get("commands", ())]
    assert len(commands) == 4 and all("--project-dir warehouse/dbt" in command for command in commands)


def test_what_a_person_changed_is_left_alone(project: Workspace) -> None:
    """A file as it was made is renewed; a changed or foreign one only with --force."""
    path = project.root / "flow.yml"
    assert "created" in project.opus("generate", "kestra", "--out", "flow.yml").out
    assert "unchanged" in project.opus("generate", "kestra", "--out", "flow.yml").out
    assert "renewed" in project.opus("generate", "kestra", "--out", "flow.yml", "--target", "prod").out
    changed = path.read_text("utf-8").replace("15 * * * *", "0 6 * * *")
    for text in (changed, "id: mine\n", ""):
        path.write_text(text, "utf-8")
        refused = project.opus("generate", "kestra", "--out", "flow.yml")
        assert (refused.code, "made or changed by somebody" in refused.err) == (3, True)
        assert path.read_text("utf-8") == text
    assert "overwritten" in project.opus("generate", "kestra", "--out", "flow.yml", "--force").out
    assert "15 * * * *" in path.read_text("utf-8")
    assert project.opus("generate", "kestra", "--out", "boards/orders.yml/x").code == 1
    assert project.opus("generate", "kestra", "--select", "orderz").code == 2


def test_names_and_variables_are_data(project: Workspace) -> None:
    """What a project calls things reaches shell and YAML as words."""
    variables = {"note": """it's $(touch hacked) "q" \\ `touch hacked`: # 'x'"""}
    done = project.opus("generate", "kestra", "--out", "flow.yml", "--vars", json.dumps(variables))
    assert done.code == 0, done.err
    flow = yaml.safe_load((project.root / "flow.yml").read_text("utf-8"))
    (pull,) = next(task for task, _ in tasks(flow["tasks"]) if task["id"] == "pull")["commands"]
    script = pull.replace("opus-sync", "printf '%s\\n'", 1)
    said = subprocess.run(["sh", "-c", script], cwd=project.root, capture_output=True, text=True, check=True).stdout
    assert json.loads(said.splitlines()[-1]) == variables
    assert not (project.root / "hacked").exists()
    for kind, expression in (("kestra", "{{ secret('X') }}"), ("kestra", "{% if x"), ("github", "${{ secrets.X }}")):
        refused = project.opus("generate", kind, "--out", "other.yml", "--vars", json.dumps({"note": expression}))
        assert (refused.code, "would read it as an expression" in refused.err) == (2, True)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_one_comment_keeps_itself_up_to_date(project: Workspace, tmp_path: Path) -> None:
    """The first run makes it, later ones change it; a person's comment is none of it."""
    steps = generated(project, "github")["jobs"]["plan"]["steps"]
    script = next(step["with"]["script"] for step in steps if step.get("name") == "Comment")
    marker = "<!-- opus-sync plan: push target ci -->"
    new = f"{marker}\nnew"

    def comment(plan: str | None, *present: dict[str, Any]) -> list[Any]:
        (tmp_path / "plan.md").unlink(missing_ok=True)
        if plan is not None:
            (tmp_path / "plan.md").write_text(plan, "utf-8")
        (tmp_path / "run.js").write_text(_NODE.format(script=json.dumps(script), present=json.dumps(present)), "utf-8")
        done = subprocess.run(["node", "run.js"], cwd=tmp_path, capture_output=True, text=True, check=True)
        calls: list[Any] = json.loads(done.stdout)
        return calls

    person = {"id": 1, "body": f"{marker}\nquoted", "user": {"type": "User"}}
    other = {"id": 2, "body": "<!-- other -->", "user": {"type": "Bot"}}
    ours = {"id": 3, "body": f"{marker}\nold", "user": {"type": "Bot"}}
    ((verb, made),) = comment(new, person, other)
    assert (verb, made["issue_number"], made["body"]) == ("create", 7, new)
    ((verb, changed),) = comment(new, person, other, ours)
    assert (verb, changed["comment_id"], changed["body"]) == ("update", 3, new)
    ((_, failed),) = comment(None)
    assert failed["body"].startswith(f"{marker}\nNothing was planned")


def test_workflows_of_other_boards_or_targets_keep_other_comments(project: Workspace) -> None:
    """Each knows its own by a first line that says what it plans."""

    def marker(*options: str) -> str:
        steps = generated(project, "github", "--force", *options)["jobs"]["plan"]["steps"]
        script = next(step["with"]["script"] for step in steps if step.get("name") == "Comment")
        (found,) = re.findall(r"const marker = (.+);", script)
        return str(json.loads(found))

    profile(project.root, ci=PR_PROFILE, other=PR_PROFILE)
    assert marker() == "<!-- opus-sync plan: push target ci -->"
    assert marker("--select", "orders") == "<!-- opus-sync plan: push target ci select orders -->"
    assert marker("--target", "other") == "<!-- opus-sync plan: push target other -->"


_NODE = """
const calls = [];
const record = (verb) => async (given) => calls.push([verb, given]);
const issues = {{ listComments: null, createComment: record('create'), updateComment: record('update') }};
const github = {{ rest: {{ issues }}, paginate: async () => {present} }};
const context = {{
  repo: {{ owner: 'acme', repo: 'boards' }}, issue: {{ number: 7 }}, runId: 5, serverUrl: 'https://github.example.com',
}};
const AsyncFunction = (async () => {{}}).constructor;
new AsyncFunction('github', 'context', 'require', {script})(github, context, require)
  .then(() => console.log(JSON.stringify(calls)));
"""
