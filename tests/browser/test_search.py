"""The search in a real browser: over HTTP under the content security policy, and from files."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .test_site import ARTICLE, JOURNAL

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def test_the_policy_is_the_one_that_the_manual_gives() -> None:
    text = (Path(__file__).parents[2] / "docs" / "serving.md").read_text("utf-8")
    assert text.count(POLICY) == text.count("Content-Security-Policy") == 4


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site under the policy that the manual ships, and says nothing."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address of the site on a server of this computer, in a sub-folder."""
    handler = functools.partial(Handler, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site.name}/"
        server.shutdown()


@pytest.fixture(params=["http", "file"])
def search(request: pytest.FixtureRequest, chromium: Any, site: Path, served: str) -> Iterator[Any]:
    """The search page, ready, with what the browser complained of."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{served if request.param == 'http' else site.as_uri() + '/'}search.html")
    page.wait_for_selector("#search[data-ready]", timeout=15000)
    yield page
    assert page.complaints == []
    context.close()


def ask(page: Any, query: str) -> None:
    """Search, and wait for the answer."""
    page.fill("#query", query)
    page.locator("#status:not(:empty)").wait_for()


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("citizenship", JOURNAL),
        ("CITIZENSHIP", JOURNAL),
        ("речная", "every-sign"),
        ("강가", "every-sign"),
        ("deportation Lyushkov", ARTICLE),
    ],
)
def test_words_in_three_scripts_are_found(search: Any, query: str, document: str) -> None:
    ask(search, query)
    search.wait_for_selector(f"#results a[href^='{document}.html']", timeout=5000)


def test_a_hit_leads_to_its_paragraph_and_is_lit(search: Any) -> None:
    ask(search, "irrigation")
    search.wait_for_selector("#results .hit a")
    assert search.locator("#results .hit mark").first.inner_text().lower() == "irrigation"
    search.click("#results .hit a")
    search.wait_for_url(f"**/{JOURNAL}.html?hit=irrigation#p24")
    assert search.locator("#p24 mark").first.inner_text().lower() == "irrigation"


def test_facets_narrow_the_search(search: Any) -> None:
    ask(search, "Soviet")
    search.wait_for_selector(f"#results a[href^='{ARTICLE}']")
    search.select_option("#facets select[name=year]", "1956")
    search.locator("#results:not(:has(li + li)) h2").wait_for()
    assert search.locator(f"#results a[href^='{JOURNAL}']").count()
    names = search.locator("#facets select").evaluate_all("all => all.map(one => one.name)")
    assert {"kind", "year", "person", "place", "language"} <= set(names)


def test_nothing_found_is_said(search: Any) -> None:
    ask(search, "xyzzyq")
    assert "xyzzyq" in search.locator("#status").inner_text()


def test_the_search_page_is_accessible_with_results(search: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe")
    ask(search, "Soviet")
    search.wait_for_selector("#results .hit")
    if search.url.startswith("file:"):
        results = axe.Axe().run(search)
        assert not results.response["violations"], results.generate_report()
        search.complaints.clear()  # axe itself asks for the style sheets


def test_without_script_the_word_list_is_there(visit: Any) -> None:
    page = visit("search.html", script=False)
    assert not page.locator("form").is_visible()
    page.click("ul.letters a >> text=K")
    assert page.locator("dt", has_text="kazakhstan").count()


@pytest.mark.parametrize("name", ["index.html", f"{JOURNAL}.html", "timeline.html", "data.html"])
def test_the_policy_has_nothing_to_complain_of(chromium: Any, served: str, name: str) -> None:
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(served + name)
    page.wait_for_load_state("networkidle")
    assert complaints == []
    page.close()


def test_the_script_remembers_the_view_and_escape_closes_the_card(
    chromium: Any, served: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{served}{JOURNAL}.html")
    page.click("label[for=v-dip]")
    page.goto(f"{served}{ARTICLE}.html")
    assert page.locator("#v-dip").is_checked()
    page.goto(f"{served}{JOURNAL}.html#a1")
    page.keyboard.press("Escape")
    page.wait_for_url("**#m1")
    page.close()


def test_a_chosen_paragraph_can_be_copied_as_a_citation(chromium: Any, served: str) -> None:
    page = chromium.new_page()
    page.goto(f"{served}{JOURNAL}.html")
    page.goto(f"{served}{JOURNAL}.html#p3")
    assert page.locator("#p3 button.copy").count() == 1
    page.close()
