from teixit.pictures import threads

LABELS = {f"https://w3id.org/teixit/id/{name}": name.upper() for name in "abcdefgh"}


def test_things_of_a_row_are_threaded_and_nothing_stands_beside_what_it_leads_to(
    table, words, seen
) -> None:
    found = table("x y z", "id:a id:b id:c", "id:c id:a id:d", "id:a id:a id:b", labels=LABELS)
    canvas = threads.drawn(found, words)
    look = seen(canvas)
    assert canvas.drawn == 3
    assert sorted(look.texts) == ["A", "B", "C", "D"]
    assert len(look.drawn("wire")) == len(look.drawn("arrow")) == 4
    places = {text.text: text.get("x") for text in look.group if text.text}
    assert places["A"] != places["B"] != places["C"] != places["A"] != places["D"]


def test_a_property_between_two_things_says_what_leads_on(table, words, seen) -> None:
    found = table("s property o", "id:a id:b id:c", "id:c id:b UNDEF", labels=LABELS)
    look = seen(threads.drawn(found, words))
    assert sorted(look.texts) == ["A", "B", "C"]
    triples = table("s property o", "id:a id:b id:c", labels=LABELS)
    look = seen(threads.drawn(triples, words))
    assert sorted(look.texts) == ["A", "C"]
    assert "B" in look.said


def test_more_things_than_can_be_read_are_not_drawn(table, words) -> None:
    rows = [f"id:a id:x{number}" for number in range(threads.MOST + 9)]
    assert threads.drawn(table("x y", *rows), words).drawn == threads.MOST - 1
