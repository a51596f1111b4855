"""The redirects of w3id.org, in a real Apache: where each kind of address leads."""

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from teixit import namespaces, paths

RULES = paths.ONTOLOGY / "w3id" / ".htaccess"
PLACEHOLDER = "https://site-not-yet-there.invalid"
PREFIX = urlsplit(namespaces.CANONICAL).path
MODULES = Path("/usr/lib/apache2/modules")
NOBODY = 65534

#: What w3id.org lets a folder do: rewrite, and set headers.
SERVER = """
ServerRoot {place}
ServerName w3id.org
PidFile {place}/pid
ErrorLog {place}/errors
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot {place}/www
<Directory {place}/www>
  AllowOverride All
  Require all granted
</Directory>
"""
ASK = urlencode({"query": "ASK { ?s ?p ?o }"})


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


@contextmanager
def apache(rules: str) -> Iterator[int]:
    """Run Apache with *rules* for the folder of Teixit, as nobody; give its port."""
    program = shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None or not (MODULES / "mod_rewrite.so").exists():
        pytest.skip("Apache is not installed (apt-get install apache2)")
    with ExitStack() as held:
        place = Path(held.enter_context(tempfile.TemporaryDirectory()))
        folder = place / "www" / PREFIX.strip("/")
        folder.mkdir(parents=True)
        (folder / ".htaccess").write_text(rules)
        port = free_port()
        (place / "conf").write_text(SERVER.format(place=place, port=port, modules=MODULES))
        is_root = os.geteuid() == 0
        if is_root:  # which Apache shall not be
            for file in (place, *place.rglob("*")):
                os.chown(file, NOBODY, NOBODY)
        unprivileged = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if is_root else {}
        command = [program, "-f", str(place / "conf"), "-DFOREGROUND"]
        process = held.enter_context(subprocess.Popen(command, **unprivileged))  # type: ignore[call-overload]
        held.callback(process.terminate)
        wait_for(port, process)
        yield port


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert process.poll() is None
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("Apache does not listen")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of an Apache with the rules as they are submitted."""
    with apache(RULES.read_text("utf-8")) as found:
        yield found


def answer(
    address: str, method: str = "GET", body: str | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask for one address, and follow nothing."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, target, body, {"Origin": "https://example.net", **headers})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def test_the_site_is_one_setting_that_names_no_real_place() -> None:
    text = RULES.read_text("utf-8")
    lines = [line for line in text.splitlines() if PLACEHOLDER in line]
    assert lines == [f"RewriteRule ^ - [E=SITE:{PLACEHOLDER}]"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 303),
        ("id/measure-29", 303),
        ("id/piess-2016-2019/measure-29", 303),
        ("doc/measure-29", 303),
        ("def", 303),
        ("def/0.1.0", 303),
        ("shapes", 303),
        ("catalog", 303),
        ("datasets/graph", 303),
        ("releases/", 303),
        ("releases/0.1.0/", 303),
        ("ldes", 303),
        ("diff/0.1.0/0.2.0", 303),
        (".well-known/void", 303),
        ("ca/def", 303),
        ("doc/measure-29.ttl", 302),
        ("doc/measure-29.ca.html", 302),
        ("def.ttl", 302),
        ("def/0.1.0.jsonld", 302),
        ("releases/0.1.0/teixit.nq.gz", 302),
        ("catalog.dcat-ap-2.1.1.ttl", 302),
        ("federador.rdf", 302),
        ("sitemap.xml", 302),
        ("feed.atom", 302),
        ("sparql", 307),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_path_leads_to_the_same_path_of_the_site(
    port: int, path: str, status: int, method: str
) -> None:
    response, _ = answer(f"http://127.0.0.1:{port}{PREFIX}{path}", method)
    assert (response.status, response.headers["Location"]) == (status, f"{PLACEHOLDER}/{path}")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("path", "status"), [("sparql", 307), ("def", 303), ("def.ttl", 302)])
def test_the_query_string_is_kept(port: int, path: str, status: int) -> None:
    response, _ = answer(f"http://127.0.0.1:{port}{PREFIX}{path}?{ASK}&x=%C3%A7")
    assert response.status == status
    assert response.headers["Location"] == f"{PLACEHOLDER}/{path}?{ASK}&x=%C3%A7"


def test_a_browser_may_ask_whether_it_may_ask(port: int) -> None:
    response, _ = answer(f"http://127.0.0.1:{port}{PREFIX}sparql", "OPTIONS")
    assert response.status == 204
    assert "Location" not in response.headers
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


@pytest.fixture(scope="module")
def before_a_site(live_endpoint: str) -> Iterator[str]:
    """The address of the folder in an Apache that leads to a site of ours."""
    site = live_endpoint.removesuffix("/sparql")
    rules = RULES.read_text("utf-8").replace(PLACEHOLDER, site)
    with apache(rules) as port:
        yield f"http://127.0.0.1:{port}{PREFIX}"


def test_a_query_that_is_posted_arrives(before_a_site: str) -> None:
    redirected, _ = answer(f"{before_a_site}sparql", "POST", ASK)
    assert redirected.status == 307
    response, content = answer(redirected.headers["Location"], "POST", ASK)
    assert (response.status, b"true" in content) == (200, True)


@pytest.mark.parametrize(
    "path",
    [
        "",
        f"sparql?{ASK}",
        "health",
        "id/district-03",
        "id/piess-2016-2019/measure-29",
        "doc/district-03.ttl",
        "def",
        "def/0.1.0",
        "shapes",
    ],
)
def test_the_way_to_an_answer_is_short_and_open(before_a_site: str, path: str) -> None:
    address, hops = f"{before_a_site}{path}", 0
    response, _ = answer(address)
    while response.status in {302, 303, 307}:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        location, hops = response.headers["Location"], hops + 1
        parts = urlsplit(address)
        address = location if "://" in location else f"http://{parts.netloc}{location}"
        response, _ = answer(address)
    assert response.status == 200
    assert hops <= 3
