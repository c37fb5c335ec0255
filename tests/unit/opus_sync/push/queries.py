"""The runner's statements over tables in memory, as far as push and recovery ask them."""

COLUMNS = (
    "batch_id", "customer_name", "batch_type", "total_records", "event", "update_batch_id", "plan_id", "guard_lifted",
    "rollback_of_batch",
)  # fmt: skip


def open_operations(tables, board):
    """The last SENT event of each operation that nothing ended."""
    newest = {}
    for row in sorted(tables.get("mon_operation_event", ()), key=lambda row: row["seq"]):
        if row["board"] == board:
            newest[row["operation_id"]] = row
    return [row for row in newest.values() if row["event"] == "SENT"]


def unfinished_batches(tables, board):
    """Batches that are neither promoted nor failed, with the outcomes of their rows."""
    newest = {}
    for row in sorted(tables.get("mon_batch_event", ()), key=lambda row: row["seq"]):
        if row["board"] == board:
            newest[row["batch_id"]] = row
    counted = []
    for batch_id, row in newest.items():
        still_open = any(one["batch_id"] == batch_id for one in open_operations(tables, board))
        if row["event"] == "PROMOTED" or (row["event"] == "FAILED" and not still_open):
            continue
        events = [one["event"] for one in tables.get("mon_operation_event", ()) if one["batch_id"] == batch_id]
        counted.append(
            {
                **{name: row[name] for name in COLUMNS},
                "succeeded": events.count("SUCCEEDED"),
                "failed": events.count("FAILED"),
                "others": sum(event in ("NOT_APPLIED", "SUPERSEDED", "CONFLICT") for event in events),
            }
        )
    return counted


QUERIES = {"open_operations": open_operations, "unfinished_batches": unfinished_batches}
