import pytest

from teixit.notebook import markup


def test_markdown_becomes_html_without_its_first_heading() -> None:
    assert markup.markdown("# Title\n\nA *word*.\n\n## Part") == (
        "<p>A <em>word</em>.</p>\n<h2>Part</h2>\n"
    )
    assert "<table>" in markup.markdown("| a |\n|---|\n| b |")


def test_links_between_notebooks_lead_to_their_pages() -> None:
    assert 'href="02-b"' in markup.markdown("[b](02-b.ipynb)")
    assert 'href="https://example.org/"' in markup.markdown("[c](https://example.org/)")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        '[a](https://example.org/ "x\\" onclick=alert(1)")',
    ],
)
def test_no_html_and_no_program_of_a_text_gets_through(text: str) -> None:
    written = markup.markdown(text)
    assert "<script" not in written
    assert "<img" not in written
    assert 'href="javascript' not in written
    assert '" onclick' not in written


def test_of_a_table_its_parts_are_kept_and_nothing_else() -> None:
    table = (
        '<div><style scoped>.a { color: red }</style><table border="1" class="dataframe">'
        '<thead><tr style="text-align: right;"><th></th><th colspan="2">a<br>b</th></tr></thead>'
        '<tbody><tr><th>0</th><td onclick="x()">1 &lt; 2 <script>no()</script></td></tr></tbody>'
        "</table><p>12 rows</p></div>"
    )
    assert markup.table(table) == (
        '<table><thead><tr><td></td><th scope="col" colspan="2">ab</th></tr></thead>'
        '<tbody><tr><th scope="row">0</th><td>1 &lt; 2 </td></tr></tbody></table>12 rows'
    )
