from teixit.pictures import bars


def test_each_row_has_its_bars_with_their_figures(table, words, seen) -> None:
    found = table("name a b", '"Gràcia" 1000 -2.5', '"Sants" 500 UNDEF')
    canvas = bars.drawn(found, words)
    look = seen(canvas)
    assert canvas.drawn == 2
    assert look.texts == ["a", "b", "Gràcia", "1 000", "-2,5", "Sants", "500"]
    assert look.said == ["Gràcia: 1 000", "Gràcia: -2,5", "Sants: 500"]
    first, second, third = (float(bar.get("width", "")) for bar in look.drawn("fill")[2:])
    assert first == 2 * third
    assert second < 2


def test_noughts_have_no_length_and_rows_without_numbers_no_place(table, words, seen) -> None:
    canvas = bars.drawn(table("name a", '"x" 0', '"y" UNDEF', '"z" 0'), words)
    assert canvas.drawn == 2
    assert {bar.get("width") for bar in seen(canvas).drawn("fill")} == {"0"}


def test_more_rows_than_can_be_read_are_not_drawn(table, words) -> None:
    found = table("name a", *(f'"{number}" {number}' for number in range(bars.MOST + 1)))
    assert bars.drawn(found, words).drawn == bars.MOST


def test_what_has_no_name_is_named_by_its_year(table, words, seen) -> None:
    found = table("year a", '"2016"^^xsd:gYear 1', '"2016"^^xsd:gYear 2')
    assert seen(bars.drawn(found, words)).texts[0] == "2016"
