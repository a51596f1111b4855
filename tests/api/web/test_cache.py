from teixit.web.cache import Cache, Level


def test_what_was_not_used_for_longest_is_forgotten() -> None:
    level: Level[str] = Level(1 << 20, most=2)
    level.keep("a", "A", 1)
    level.keep("b", "B", 1)
    assert level.get("a") == "A"
    level.keep("c", "C", 1)
    assert [level.get(key) for key in "abc"] == ["A", None, "C"]
    assert len(level) == 2


def test_no_more_is_kept_than_there_is_room_for() -> None:
    level: Level[int] = Level(100_000)
    for number in range(1000):
        level.keep(number, number, 1000)
        assert level.size <= 100_000
    assert len(level) == 40
    assert level.get(999) == 999


def test_one_answer_does_not_push_out_all_others() -> None:
    level: Level[str] = Level(100_000)
    level.keep("small", "s", 10)
    level.keep("large", "l", 50_000)
    assert (level.get("small"), level.get("large")) == ("s", None)


def test_an_answer_takes_the_place_of_the_one_before() -> None:
    level: Level[str] = Level(100_000)
    level.keep("key", "old", 5000)
    level.keep("key", "new", 10)
    assert (level.get("key"), len(level), level.size < 5000) == ("new", 1, True)


def test_with_other_data_all_is_forgotten() -> None:
    cache: Cache[str] = Cache(1 << 20)
    cache.answers.keep("key", "value", 1)
    cache.clear()
    assert (cache.answers.get("key"), cache.answers.size, len(cache.replies)) == (None, 0, 0)
