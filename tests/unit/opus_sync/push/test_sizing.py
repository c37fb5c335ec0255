"""How many rows a request carries."""

from .world import POINTS, World, board_push, updates


def sizes(world):
    """Rows of each request."""
    return [len(aliases) for aliases, _, _ in world.posts]


def test_a_thousand_updates_take_at_most_twenty_requests():
    """With the default ceiling and the documented budget, waits for the budget included."""
    world = World()
    report = board_push(world, updates(1000)).run()
    assert report.complete
    assert len(world.posts) <= 20


def test_no_request_is_larger_than_the_setting():
    """The setting is a ceiling, not a wish."""
    world = World()
    board_push(world, updates(100), max_batch_size=7).run()
    assert max(sizes(world)) == 7


def test_the_budget_is_used_up_without_a_refusal():
    """Five windows of the budget are drained to at least 97 % each; the world refuses any overdraft."""
    world = World()
    per_window = 10_000_000 // POINTS
    board_push(world, updates(5 * per_window)).run()
    assert 5 * per_window * POINTS / (10_000_000 * (world.clock.seconds / 60 + 1)) >= 0.97


def test_slow_answers_make_requests_smaller():
    """A request aims at twenty seconds, far from the sixty at which monday ends it."""
    world = World(seconds=2.0)
    board_push(world, updates(100)).run()
    assert sizes(world)[1:-1] == [10] * len(sizes(world)[1:-1])


def test_quick_answers_make_requests_larger():
    """The batch doubles up to the ceiling while there is time."""
    world = World(budget=100_000_000)
    board_push(world, updates(600), max_batch_size=150).run()
    assert sizes(world) == [10, 50, 100, 150, 150, 140]
