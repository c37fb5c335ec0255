"""Workflow files that run opus-sync and dbt on a scheduler; each is a template filled with facts of the project."""
