"""Checks of mail, and how many of them passed."""

passed, failed = 0, 0


def check(what, holds, detail=""):
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    print(f"  {'ok' if holds else 'FAILED'}  {what}" + ("" if holds else f": {detail}"), flush=True)


def step(title):
    print(f"\n{title}", flush=True)


def some(values):
    """A few of many, for a message."""
    values = list(values)
    return f"{len(values)}, such as {values[:3]}"


def pauses(what, world, words):
    """The queue rests: nothing sent, nothing given up, no attempt counted."""
    rows = world.rows()
    holds = len(rows) == 2 and all(
        row["state"] == "queued" and row["attempts"] == 0 for row in rows
    )
    told = any(words in (row["reply"] or "") for row in rows)
    check(f"{what} pauses the queue and burns nothing", holds and told, rows)
