"""Plays the person in the demo: moves a date on the board, as somebody would in monday's own page."""

import os

import requests

EDIT = """
mutation ($board: ID!, $item: ID!, $day: String!) {
  change_simple_column_value(board_id: $board, item_id: $item, column_id: "date_ex_factory", value: $day) { name }
}
"""
answer = requests.post(
    os.environ["MONDAY_API_URL"],
    headers={"Authorization": os.environ["MONDAY_API_TOKEN"], "API-Version": "2026-10"},
    json={"query": EDIT, "variables": {"board": "4755559751", "item": "9100000221", "day": "2026-12-10"}},
    timeout=10,
).json()
print(f"{answer['data']['change_simple_column_value']['name']}  EX-FACTORY DATE is now 2026-12-10")
