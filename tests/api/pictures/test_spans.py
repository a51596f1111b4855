from teixit.pictures import spans


def test_each_name_has_a_lane_with_its_stretches_of_time(table, words, seen) -> None:
    found = table(
        "name begin end",
        '"a" "2016-01-01"^^xsd:date "2017-12-31"^^xsd:date',
        '"b" "2017"^^xsd:gYear UNDEF',
        '"b" "2019"^^xsd:gYear UNDEF',
        '"c" UNDEF UNDEF',
    )
    canvas = spans.drawn(found, words)
    look = seen(canvas)
    assert canvas.drawn == 3
    assert look.said == ["a: 2016-01-01 – 2017-12-31", "b: 2017", "b: 2019"]
    assert look.texts == ["a", "b", "2016", "2017", "2018", "2019"]
    first, second, third = (float(bar.get("width", "")) for bar in look.drawn("fill"))
    assert first == 2 * second == 2 * third


def test_a_day_can_be_seen(table, words, seen) -> None:
    found = table("name day", '"a" "2010-01-01"^^xsd:date', '"b" "2020-01-01"^^xsd:date')
    assert {bar.get("width") for bar in seen(spans.drawn(found, words)).drawn("fill")} == {"6"}


def test_more_names_than_can_be_read_are_not_drawn(table, words) -> None:
    rows = (f'"{number}" "2016"^^xsd:gYear' for number in range(spans.MOST + 1))
    assert spans.drawn(table("name y", *rows), words).drawn == spans.MOST
