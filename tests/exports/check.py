"""Reads every export of two libraries with readers of other projects, and compares the results with the library.

Usage: check.py CASEBOOK ROOT NODE_FOLDER, of which the last holds citeproc-js. The sample library is the repository's own; the hostile one is made here: titles with quotes,
ampersands, braces, backslashes, line breaks, emoji, right-to-left text, angle brackets and the beginnings of formulas.
"""

import csv
import hashlib
import html
import html.parser
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as etree
import zipfile

import bibtexparser
import feedparser
import frictionless
import pyld
import rdflib
import rispy
from pylatexenc.latex2text import LatexNodes2Text
from rdflib.namespace import SDO, SKOS

HOST = "https://example.org"
BASE = HOST + "/book/"
CASES = 2000
TITLES = [
    'Say "no" & mean \'no\'',
    "100% of {some} } \\ {things} $5 #1 a_b ~ ^",
    "<b>Bold</b> </script><script>alert(1)</script> <!-- x -->",
    "=1+1", "+44 20 7946 0000", "-1 of 3", "@SUM(A1:A2)",
    "Emoji 🏳️‍🌈 and 漢字 and ßÆø",
    "שלום עולם مرحبا",
    "A line\nand another\n\nand a third",
    "Comma, semicolon; pipe | tab\there",
    "]]> & &amp; &lt;b&gt; &#60;",
    "A bell \u0007 and a zero-width\u200b joiner",
    "Ends with a backslash \\",
    "TY  - JOUR", "@misc{x, title = {y}}", "'quoted'", "", # the last is replaced by a plain one
]


def title_of(number):
    return TITLES[number % len(TITLES)] or f"Plain title {number}"


def one_line(text):
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())


def write_hostile(root):
    """A library of many cases, some of them drafts or withdrawn, that uses every field."""
    def write(path, text):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    settings = {
        "title": 'Case & "book" <i>\\ {x}', "tagline": "A <b>tag</b> & line", "base_url": BASE,
        "publisher": {"name": "Smith & Sons {Ltd} \\ 50%", "email": "secret@example.org"},
        "licence": {"name": "CC BY & more", "url": "https://creativecommons.org/licenses/by/4.0/"},
        "share_cards": False,  # thousands of pictures, which hold nothing that is read here
    }
    write("casebook.yaml", json.dumps(settings, ensure_ascii=False))
    terms = [
        {"id": "health", "label": 'Health & "care"', "definition": "What <it> is\nand is not.", "also": ["NHS", 'Health & "care"']},
        {"id": "hospital", "label": "Hospital", "broader": "health"},
        {"id": "police", "label": "Police"},
        {"id": "old-health", "label": "Old", "replaced_by": "hospital"},
        {"id": "older-health", "replaced_by": "old-health"},
    ]
    write("content/vocabularies/sector.yaml", json.dumps({"label": "Sector", "plural": "Sectors", "terms": terms}))
    for name in ["tier", "barrier", "outcome"]:
        write(f"content/vocabularies/{name}.yaml", json.dumps({"label": name.title(), "terms": [{"id": f"{name}-a"}, {"id": f"{name}-b"}]}))
    for number in range(CASES):
        meta = {
            "title": title_of(number), "summary": "Sum: " + title_of(number + 1)[:200], "date": f"2026-{1 + number % 10:02}-{1 + number % 28:02}",
            "sector": ["hospital", "police"][: 1 + number % 2], "tier": "tier-a",
            "barrier": [{"term": "barrier-a", "what": title_of(number + 2), "response": title_of(number + 3)}],
            "outcome": "outcome-b", "contact": {"name": "Secret Person", "email": "secret@example.org"},
        }
        if number % 3 == 0:
            meta |= {"place": [{"name": title_of(number + 4) .strip() or "P", "code": "E06000019", "region": "R & S"}],
                     "period": {"from": 1996, "to": 2013}, "partners": [title_of(number + 5), "Other"],
                     "authors": [{"name": "Ann van der Berg", "organisation": "O & P"}, {"name": "Ofsted"}],
                     "sources": [{"title": title_of(number + 6), "url": "https://example.com/?a=1&b=2", "date": "2013-03", "kind": "evaluation"}],
                     "reviewed": "2026-11-20", "updated": "2026-11-21", "language": "cy"}
        if number % 50 == 7:
            meta |= {"status": "draft", "title": f"SECRETDRAFT {number}"}
        if number % 50 == 8:
            meta |= {"status": "withdrawn", "title": f"SECRETWITHDRAWN {number}", "withdrawn": {"date": "2026-11-01", "why": "Wrong."}}
        body = f"Words & <em>more</em> of {number}. [Next](case-{(number + 1) % 7}.md) and [here](#part).\n\n## Part\n\n![A](p.png)\n"
        write(f"content/cases/case-{number}.md", "---\n" + json.dumps(meta, ensure_ascii=False) + "\n---\n" + body)
    write("content/cases/p.png", "not really")


def published(number):
    return number % 50 not in (7, 8)


def build(casebook, root, output, *more):
    done = subprocess.run([casebook, "--root", str(root), "build", "--date", "2026-11-22", "--output", str(output), *more],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done


def tree(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def check_cases_json(site, titles):
    whole = json.loads((site / "data/cases.json").read_text("utf-8"))
    assert whole["library"]["url"] == BASE and whole["library"]["licence"]["url"]
    if titles:
        found = {case["slug"]: case["title"] for case in whole["cases"]}
        assert found == titles, [(key, found.get(key), titles.get(key)) for key in {**found, **titles} if found.get(key) != titles.get(key)][:8]
    for case in whole["cases"]:
        assert case["url"] == f"{BASE}cases/{case['slug']}/"
        assert "contact" not in case
    return whole["cases"]


def check_csv(site, cases):
    text = (site / "data/cases.csv").read_bytes().decode("utf-8")
    assert text.count("\r\n") >= len(cases) + 1
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(cases)
    for row, case in zip(rows, cases):
        title = case["title"]
        assert row["title"] == ("'" + title if title[:1] in "=+-@\t\r" else title), row["title"]
        assert row["sector"] == "; ".join(case["terms"]["sector"])
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row.values() if cell)
    report = frictionless.validate(str(site / "data/datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "note"])[:5]
    package = frictionless.Package(str(site / "data/datapackage.json"))
    assert [resource.name for resource in package.resources] == ["cases", "evidence-map"]
    assert package.get_resource("cases").read_rows()[0]["date"].year == int(cases[0]["date"][:4])
    for resource in package.resources:
        assert all(field.description for field in resource.schema.fields), resource.name


def check_bibtex(site, cases):
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    entries = bibtexparser.loads((site / "data/library.bib").read_text("utf-8"), parser).entries
    assert len(entries) == len(cases), (len(entries), len(cases))
    decode = LatexNodes2Text(keep_comments=True, strict_latex_spaces=False).latex_to_text

    def plain(latex):
        # The decoder does not know these LaTeX commands, and gives an accent for a circumflex.
        letters = {"braceleft": "{", "braceright": "}", "less": "<", "greater": ">"}
        for number, name in enumerate(letters):
            latex = latex.replace("{\\text" + name + "}", chr(0xE000 + number))
        text = decode(latex).replace("ˆ", "^")
        for number, letter in enumerate(letters.values()):
            text = text.replace(chr(0xE000 + number), letter)
        return text

    for entry, case in zip(entries, cases):
        read = one_line(html.unescape(plain(entry["title"].removeprefix("{").removesuffix("}"))))
        assert squeezed(read) == squeezed(html.unescape(one_line(case["title"]))), (read, case["title"])
        assert entry["url"] == case["url"] and entry["year"] == case["date"][:4]
        assert entry["ENTRYTYPE"] == "techreport" and entry["institution"], entry
        if case["authors"]:
            assert entry["author"].startswith("van der Berg, Ann and {Ofsted}"), entry["author"]


def squeezed(text):
    """Only the letters: TeX drops spaces after commands, and joins quotation marks and dashes."""
    for typed, ligature in [("``", "“"), ("''", "”"), ("`", "‘"), ("'", "’"), ("---", "—"), ("--", "–")]:
        text = text.replace(typed, ligature)
    return "".join(text.split())


def check_ris(site, cases):
    with open(site / "data/library.ris", encoding="utf-8", newline="") as file:
        entries = rispy.load(file)
    assert len(entries) == len(cases)
    for entry, case in zip(entries, cases):
        assert entry["type_of_reference"] == "RPRT"
        assert entry["title"] == one_line(case["title"]), (entry["title"], case["title"])
        assert case["url"] in entry["urls"]
        if case["authors"]:
            assert entry["authors"] == ["van der Berg, Ann", "Ofsted"]


def check_csl(site, cases):
    items = json.loads((site / "data/library.json").read_text("utf-8"))
    assert len({item["id"] for item in items}) == len(cases)
    for item, case in zip(items, cases):
        assert item["title"] == one_line(case["title"]) and item["URL"] == case["url"]
        assert len(item["keyword"].split("; ")) == sum(len(terms) for terms in case["terms"].values()), item["keyword"]
        year, month, day = item["issued"]["date-parts"][0]
        assert f"{year}-{month:02}-{day:02}" == case["date"]


def check_skos(site):
    graph = rdflib.Graph().parse(str(site / "data/vocabularies.jsonld"), format="json-ld")
    concepts = set(graph.subjects(rdflib.RDF.type, SKOS.Concept))
    schemes = set(graph.subjects(rdflib.RDF.type, SKOS.ConceptScheme))
    assert concepts and schemes and not concepts & schemes
    for concept in concepts:
        assert str(concept).startswith(BASE), concept
        labels = list(graph.objects(concept, SKOS.prefLabel))
        assert len(labels) == 1 and labels[0].language, labels
        assert labels[0] not in set(graph.objects(concept, SKOS.altLabel))
        assert set(graph.objects(concept, SKOS.inScheme)) <= schemes
        for parent in graph.objects(concept, SKOS.broader):
            assert (parent, SKOS.narrower, concept) in graph
        assert concept not in set(graph.transitive_objects(parent, SKOS.broader)) if list(graph.objects(concept, SKOS.broader)) else True
    for top in graph.subjects(SKOS.topConceptOf, None):
        assert not list(graph.objects(top, SKOS.broader))
    for old, _, new in graph.triples((None, rdflib.DCTERMS.isReplacedBy, None)):
        assert (old, rdflib.OWL.deprecated, rdflib.Literal(True)) in graph and new in concepts
    return graph


def check_feeds(site, cases):
    for feed in [site / "feed.xml", *sorted(site.glob("*/*/feed.xml"))]:
        read = feedparser.parse(feed.read_bytes(), sanitize_html=False)
        own = BASE + str(feed.relative_to(site))
        assert not read.bozo, (feed, read.get("bozo_exception"))
        assert [link.href for link in read.feed.links if link.rel == "self"] == [own] and read.feed.id
        assert read.feed.updated and len(read.entries) <= 50
        assert len({entry.id for entry in read.entries}) == len(read.entries)
        for entry in read.entries:
            assert entry.id.startswith(BASE + "cases/") and entry.updated and entry.content[0].value
            assert 'href="/' not in entry.content[0].value and 'src="/' not in entry.content[0].value
    read = feedparser.parse((site / "feed.xml").read_bytes(), sanitize_html=False)
    expected = [one_line(case["title"]) for case in cases[:50]]
    assert [one_line(html.unescape(entry.title)) for entry in read.entries] == [html.unescape(title) for title in expected]
    whole = json.loads((site / "feed.json").read_text("utf-8"))
    assert whole["version"].startswith("https://jsonfeed.org/version/1") and whole["feed_url"] == BASE + "feed.json"
    assert [item["title"] for item in whole["items"]] == [case["title"] for case in cases[:50]]


class Page(html.parser.HTMLParser):
    """The metadata of a page."""

    def __init__(self, text):
        super().__init__()
        self.metas, self.links, self.data, self.scripts, self.inside = [], [], [], 0, False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "meta":
            self.metas.append((attributes.get("name") or attributes.get("property"), attributes.get("content")))
        if tag in ("a", "link", "img", "script") and (attributes.get("href") or attributes.get("src")):
            self.links.append((tag, attributes.get("rel"), attributes.get("href") or attributes.get("src"), attributes.get("download")))
        if tag == "script":
            self.scripts += 1
            self.inside = attributes.get("type") == "application/ld+json"
            if self.inside:
                self.data.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, text):
        if self.inside:
            self.data[-1] += text


def schema_org(text):
    """JSON-LD, expanded by a processor; every type and property must exist in schema.org."""
    def load(url, options):
        assert url.startswith("https://schema.org")
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": "https://schema.org/"}}}

    expanded = pyld.jsonld.expand(json.loads(text), {"documentLoader": load})
    known = {f"https://schema.org/{name}" for name in SDO.__annotations__}

    def walk(value):
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            for kind in value.get("@type", []):
                assert kind in known, kind
            for key, item in value.items():
                assert key.startswith("@") or key in known, key
                walk(item)

    walk(expanded)
    return expanded


def check_pages(site, cases):
    for case in cases[::97] + cases[:20]:
        page = Page((site / "cases" / case["slug"] / "index.html").read_text("utf-8"))
        metas = dict(reversed(page.metas))
        assert one_line(metas["citation_title"]) == one_line(case["title"]) == metas["DC.title"]
        assert metas["citation_publication_date"] == case["date"].replace("-", "/")
        assert one_line(metas["og:title"]) == one_line(case["title"]) and metas["og:url"] == case["url"]
        assert page.scripts == 2, f"{case['slug']}: {page.scripts} scripts"
        report, trail = json.loads(page.data[0])["@graph"]
        assert report["headline"] == case["title"] and len(trail["itemListElement"]) == 3
        schema_org(page.data[0])
        files = {name.rsplit(".", 1)[1]: urllib.parse.unquote(href.split(",", 1)[1]) for _, _, href, name in page.links if name}
        assert sorted(files) == ["bib", "json", "ris"]
        assert json.loads(files["json"])[0]["title"] == one_line(case["title"])
        assert rispy.loads(files["ris"])[0]["title"] == one_line(case["title"])
        assert len(bibtexparser.loads(files["bib"], bibtexparser.bparser.BibTexParser(common_strings=True)).entries) == 1
    data = Page((site / "data/index.html").read_text("utf-8"))
    whole = json.loads(data.data[0])
    assert whole["@type"] == "Dataset" and whole["license"]
    schema_org(data.data[0])
    for file in whole["distribution"]:
        assert (site / file["contentUrl"].removeprefix(BASE)).is_file(), file


def check_sitemap(site):
    root = etree.parse(site / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == space + "urlset"
    for url in root:
        names = [part.tag.removeprefix(space) for part in url]
        assert names in (["loc"], ["loc", "lastmod"]) and url[0].text.startswith(BASE)
        path = urllib.parse.unquote(url[0].text.removeprefix(BASE))
        assert (site / path / "index.html").is_file(), path


def check_archive(archive, folder):
    """Every link of every page in the archive leads to a file in it, or out of the site."""
    with zipfile.ZipFile(archive) as whole:
        assert whole.testzip() is None
        assert whole.namelist() == sorted(whole.namelist())
        assert {entry.date_time for entry in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        whole.extractall(folder)
    seen = 0
    for path in folder.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "Content-Security-Policy" not in text
        for _, rel, link, _ in Page(text).links:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            assert not link.startswith("/"), (path, link)
            assert (path.parent / urllib.parse.unquote(parts.path)).is_file(), (path, link)
            seen += 1
    assert seen > 1000, seen


# Names of authors in a case, then in APA, BibTeX, RIS and Highwire.
NAMES = [
    ([{"name": "Kent County Council"}, {"name": "NHS England"}, {"name": "Audit Commission"}],
     "Kent County Council, NHS England, & Audit Commission.",
     "{Kent County Council} and {NHS England} and {Audit Commission}",
     ["Kent County Council", "NHS England", "Audit Commission"]),
    (["Ministry of Justice"], "Ministry of Justice.", "{Ministry of Justice}", ["Ministry of Justice"]),
    # RIS and Highwire split names at a comma, so the commas of an organisation are removed there.
    ([{"organisation": "Ministry of Housing, Communities and Local Government"}],
     "Ministry of Housing, Communities and Local Government.",
     "{Ministry of Housing, Communities and Local Government}",
     ["Ministry of Housing Communities and Local Government"]),
    ([{"organisation": "Smith & Co {50%} a_b"}], "Smith & Co {50%} a_b.",
     "{Smith \\& Co {\\textbraceleft}50\\%{\\textbraceright} a\\_b}", ["Smith & Co {50%} a_b"]),
    ([{"name": "Shared Team", "organisation": "Shared Team"}, {"name": "The King's Fund"}],
     "Shared Team, & The King's Fund.", "{Shared Team} and {The King's Fund}", ["Shared Team", "The King's Fund"]),
    ([{"name": "Ann van der Berg"}, {"name": "María de la Cruz"}, {"name": "Siân ap Rhys"}, {"name": "Sinéad O'Neill"}],
     "van der Berg, A., de la Cruz, M., ap Rhys, S., & O'Neill, S.",
     "van der Berg, Ann and de la Cruz, María and ap Rhys, Siân and O'Neill, Sinéad",
     ["van der Berg, Ann", "de la Cruz, María", "ap Rhys, Siân", "O'Neill, Sinéad"]),
    ([{"name": "Martin Luther King Jr."}, {"name": "John Smith III"}], "King, M. L., Jr., & Smith, J., III.",
     "King, Jr., Martin Luther and Smith, III, John", ["King, Martin Luther, Jr.", "Smith, John, III"]),
    ([{"name": "Cllr Ann Smith MBE"}, {"name": "Dr Bo Li, PhD"}, {"name": "Sir Al Roe CBE"}, {"name": "Baroness Casey of Blackstock"}],
     "Smith, A., Li, B., Roe, A., & Casey of Blackstock.",
     "Smith, Ann and Li, Bo and Roe, Al and {Casey of Blackstock}",
     ["Smith, Ann", "Li, Bo", "Roe, Al", "Casey of Blackstock"]),
    ([{"given": "Mary Ann", "family": "de Trust", "suffix": "Jr."}], "de Trust, M. A., Jr.",
     "de Trust, Jr., Mary Ann", ["de Trust, Mary Ann, Jr."]),
    ([{"name": "Jean-Paul Évêque"}, {"name": "Jean-Paul Évêque"}, {"name": "Plato"}],
     "Évêque, J.-P., Évêque, J.-P., & Plato.", "Évêque, Jean-Paul and Évêque, Jean-Paul and {Plato}",
     ["Évêque, Jean-Paul", "Évêque, Jean-Paul", "Plato"]),
]


def write_names(root):
    for name in ["sector", "tier", "barrier"]:
        file = root / f"content/vocabularies/{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("terms: [{ id: one }]\n", "utf-8")
    (root / "casebook.yaml").write_text(f"title: Names\nbase_url: {BASE}\n", "utf-8")
    for number, (authors, *_) in enumerate(NAMES):
        meta = {"title": f"Title {number}", "summary": "S.", "date": "2026-01-05", "authors": authors}
        file = root / f"content/cases/names-{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\n" + json.dumps(meta, ensure_ascii=False) + "\n---\n\nWords.\n", "utf-8")


def check_names(site, node_folder):
    """Names of people and organisations, as read by citeproc-js, a reader of BibTeX and a reader of RIS."""
    script = pathlib.Path(__file__).with_name("apa.mjs")
    done = subprocess.run(["node", str(script), node_folder, str(site / "data/library.json")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    styled = dict(json.loads(line) for line in done.stdout.splitlines())
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    bibtex = {entry["ID"]: entry for entry in bibtexparser.loads((site / "data/library.bib").read_text("utf-8"), parser).entries}
    with open(site / "data/library.ris", encoding="utf-8", newline="") as file:
        ris = {entry["id"]: entry for entry in rispy.load(file)}
    # Some styles have a comma before the last of two names.
    alike = lambda names: names.replace(", &", " &").replace("’", "'")
    for number, (authors, apa, bib, inverted) in enumerate(NAMES):
        key = f"names-{number}"
        text = (site / "cases" / key / "index.html").read_text("utf-8")
        cited = html.unescape(re.search('id="cb-citation"[^>]*>(.*?)</p>', text).group(1))
        assert cited.startswith(apa + " (2026, January 5)."), (cited, apa)
        assert alike(styled[key]).startswith(alike(apa) + " (2026"), (styled[key], apa)
        assert bibtex[key]["author"] == bib, (bibtex[key]["author"], bib)
        assert ris[key]["authors"] == inverted, (ris[key]["authors"], inverted)
        page = Page(text)
        assert [content for name, content in page.metas if name == "citation_author"] == inverted
        report = json.loads(page.data[0])["@graph"][0]
        kinds = ["Organization" if "," not in name and "of Blackstock" not in name else "Person" for name in inverted]
        assert [author["@type"] for author in report["author"]] == kinds, report["author"]
    for entry in bibtex.values():
        for name in bibtexparser.customization.getnames(re.split(r"\s+and\s+", entry["author"])):
            assert name, entry["author"]
    feed = feedparser.parse((site / "feed.xml").read_bytes(), sanitize_html=False)
    assert len(feed.entries) == len(NAMES) and not feed.bozo
    changes = feedparser.parse((site / "changes/feed.xml").read_bytes(), sanitize_html=False)
    assert len({entry.id for entry in changes.entries}) == len(NAMES) and not changes.bozo


def check_site(site, titles=None):
    cases = check_cases_json(site, titles)
    check_csv(site, cases)
    check_bibtex(site, cases)
    check_ris(site, cases)
    check_csl(site, cases)
    check_feeds(site, cases)
    check_pages(site, cases)
    check_sitemap(site)
    return check_skos(site)


def main(casebook, root, node_folder):
    with tempfile.TemporaryDirectory() as temporary:
        here = pathlib.Path(temporary)
        write_names(here / "names")
        build(casebook, here / "names", here / "names-out")
        check_names(here / "names-out", node_folder)

        build(casebook, root, here / "sample", "--base-url", BASE, "--archive", here / "sample.zip")
        check_site(here / "sample")
        check_archive(here / "sample.zip", here / "sample-archive")

        for place in ["one", "two/deep"]:
            write_hostile(here / place)
            build(casebook, here / place, here / f"out-{place[:3]}", "--archive", here / f"{place[:3]}.zip")
        assert tree(here / "out-one") == tree(here / "out-two"), "two places, two times, other bytes"
        assert (here / "one.zip").read_bytes() == (here / "two.zip").read_bytes()
        titles = {f"case-{number}": title_of(number).replace("\u0007", "\ufffd").replace("\u200b", "") for number in range(CASES) if published(number)}
        skos = check_site(here / "out-one", titles)
        assert len(list(skos.triples((None, rdflib.DCTERMS.isReplacedBy, None)))) == 2
        check_archive(here / "one.zip", here / "one-archive")
        for path in (here / "out-one").rglob("*"):
            if path.is_file() and path.parts[-2:] != ("cases", "index.html"):
                text = path.read_bytes()
                assert b"SECRETDRAFT" not in text, path
                assert b"SECRETWITHDRAWN" not in text or "/cases/case-" in str(path), path
                assert b"secret@" not in text or path.suffix == ".html", path

        build(casebook, here / "one", here / "homeless", "--base-url", "/")
        names = {str(path.relative_to(here / "homeless")) for path in (here / "homeless").rglob("*") if path.is_file()}
        assert not names & {"feed.xml", "feed.json", "sitemap.xml", "opensearch.xml", "data/vocabularies.jsonld"}
        assert {"data/cases.json", "data/cases.csv", "data/library.bib", "data/datapackage.json"} <= names
        assert frictionless.validate(str(here / "homeless/data/datapackage.json")).valid
    print("every export was read by another's reader and says what was written")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3])
