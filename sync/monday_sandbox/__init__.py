"""A local stand-in for the monday.com platform API: GraphQL over HTTP, with state, limits and faults."""

from monday_sandbox.errors import SeedError
from monday_sandbox.faults import Fault
from monday_sandbox.options import Options, PlanLimits, Weights
from monday_sandbox.sandbox import Sandbox
from monday_sandbox.seed import load_seed
from monday_sandbox.serving import Running, running, serve

__all__ = [
    "Fault",
    "Options",
    "PlanLimits",
    "Running",
    "Sandbox",
    "SeedError",
    "Weights",
    "load_seed",
    "running",
    "serve",
]
