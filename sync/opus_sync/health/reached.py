"""What monday says of a token: whose it is, and what its account may call."""

from __future__ import annotations

from opus_sync.clock import Clock
from opus_sync.errors import OpusError
from opus_sync.monday.daily_calls import read_daily_calls
from opus_sync.monday.documents import document
from opus_sync.monday.hub import Hub
from opus_sync.project import Project

_SECONDS = 20.0


def token(project: Project, account: str | None, clock: Clock) -> str:
    """Ask monday whose token it is; raises where there is none, or monday refuses it or does not answer."""
    project.token(account)
    with Hub(project.endpoint, project.token, clock, timeout=_SECONDS, log=project.invocation.log) as hub:
        api = hub.open(account, max_retries=0)
        answer = api.read(document("health"), {})
        calls = read_daily_calls(api, clock.now().date())
    owner, user = answer.data.get("account"), answer.data.get("me")
    if not owner or not user:
        raise OpusError(
            "monday does not show this token its account and user", "give it the scopes account:read, me:read"
        )
    plan = (owner.get("plan") or {}).get("tier") or "unknown"
    said = [f"account {owner['name']} ({owner['id']}), user {user['name']} ({user['id']})", f"plan {plan}"]
    if calls is not None:
        said.append(f"{calls.used:,} of {calls.limit:,} calls used today")
    if answer.complexity is not None:
        said.append(f"{answer.complexity.after:,} points left in this minute")
    return f"{project.endpoint}: {', '.join(said)}"
