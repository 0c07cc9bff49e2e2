"""What a search finds does not hang on the shards, nor on where the pages are read from."""

import functools
import json
import shutil
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from diplomatic.publish.bare_search import HEAD, head, piece, piece_name
from diplomatic.publish.facts import DocumentFacts
from diplomatic.publish.search import pagefind_files
from diplomatic.publish.shards import shard_of

from .test_search import Handler

# Words that only some have, and beginnings of them: with a few shards most lack most words.
TEXTS = {
    "a": "Korea and the Korean delegation at the river.",
    "b": "The Koreans of the kolkhoz, a kor of rice, kk.",
    "c": "Delegates from the riverside came.",
    "d": "The delegation of the émigrés.",
    "e": "강가에서 만나다, речная станция.",
    "f": "강 and река, kolkhozes.",
    "g": "k",
    "h": "A river, a delegation, a Korean.",
}
QUERIES = {
    "korea": "abh",
    "korean": "abh",
    "koreans": "b",
    "koreanische": "",
    "kor": "abh",
    "kolkhozes": "f",
    "river delegation": "ah",
    "delegation nowhere": "",
    "nowhere": "",
    "delegat": "acdh",
    "강가": "e",
    "강": "ef",
    "реч": "e",
    "k": "abfgh",
    "the korean": "ab",
}
PAGE = (
    '<html lang="en"><head><meta name="title" content="{0}" data-pagefind-meta="title[content]">'
    '<meta name="year" content="{2}" data-pagefind-filter="year[content]"></head>'
    '<body><article data-pagefind-body><p id="p1">{1}</p></article></body></html>'
)


def year(name: str) -> str:
    """Return the year of a document: two have the same."""
    return str(1950 + ord(name) // 2)


@pytest.fixture(scope="module", params=[1, 5])
def folder(request: pytest.FixtureRequest, site: Path, tmp_path_factory: Any) -> Path:
    """A website of the search only, in so many shards."""
    made: Path = tmp_path_factory.mktemp("shards")
    shutil.copy(site / "search.html", made)
    files = {"assets/edition.js": (site / "assets/edition.js").read_bytes()}
    groups: dict[int, list[str]] = {}
    for name in TEXTS:
        groups.setdefault(shard_of(name, request.param), []).append(name)
    labels = {name: {"year": [year(name)]} for name in TEXTS}
    files[HEAD] = head(labels.values(), len(groups))
    for number, names in enumerate(groups.values(), 1):
        pages = {f"{n}.html": PAGE.format(n, TEXTS[n], year(n)).encode() for n in names}
        own = [(DocumentFacts(n, n, "letter", "en"), labels[n]) for n in names]
        files |= pagefind_files(pages, number)
        units = (json.dumps([["p1", TEXTS[name]]]) for name in names)
        files[piece_name(number)] = piece(number, own, units)
    for name, data in files.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(data)
    return made


@pytest.fixture(scope="module", params=["http", "file"])
def search(request: pytest.FixtureRequest, chromium: Any, folder: Path) -> Iterator[Any]:
    """The search page, ready, over HTTP or from files."""
    handler = functools.partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}" if request.param == "http" else ""
        page = chromium.new_page()
        page.goto(f"{root or folder.as_uri()}/search.html")
        page.wait_for_selector("#search[data-ready]", timeout=15000)
        yield page
        page.close()
        server.shutdown()


def found(page: Any, query: str) -> str:
    """Return the documents that are found, by their names."""
    page.fill("#query", query)
    page.press("#query", "Enter")
    page.locator("#status:not(:empty)").wait_for()
    said = page.locator("#status").inner_text()
    number = int(said.rpartition(" ")[2]) if "found:" in said else 0
    if number:
        page.locator("#results h2 a").nth(number - 1).wait_for()
    links = page.locator("#results h2 a").evaluate_all("all => all.map(a => a.pathname)")
    return "".join(sorted(Path(link).stem for link in links))


def test_the_same_documents_are_found_in_one_shard_and_in_many(search: Any) -> None:
    assert {query: found(search, query) for query in QUERIES} == QUERIES


def test_facets_add_up_over_shards_and_narrow_the_search(search: Any) -> None:
    options = search.locator("#facets select[name=year] option").all_inner_texts()
    assert options == ["–", "1998 (1)", "1999 (2)", "2000 (2)", "2001 (2)", "2002 (1)"]
    search.select_option("#facets select[name=year]", year("b"))
    assert found(search, "delegat") == "c"
    search.select_option("#facets select[name=year]", "")
    assert found(search, "river") == "ach"
    assert search.locator("#results .hit a").first.get_attribute("href").endswith("?hit=river#p1")
