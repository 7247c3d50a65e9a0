"""The language server, tested with a client of another project."""

import asyncio
import json
import os
import pathlib
import re
import subprocess
import time

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

CASEBOOK = os.environ["CASEBOOK"]
FILES = {
    "casebook.yaml": "title: Test\n",
    "content/vocabularies/sector.yaml": "label: Sector\nrequired: true\nterms:\n"
    "  - { id: local-government, label: Local government, also: [council] }\n"
    "  - { id: health, label: Health, definition: NHS and public health bodies., also: [NHS, PCT] }\n",
    "content/vocabularies/tier.yaml": "label: Tier\nterms:\n  - { id: unitary, label: Unitary }\n",
    "content/vocabularies/barrier.yaml": "label: Barrier\nterms:\n  - { id: political, label: Political }\n",
    "content/glossary.yaml": "- { term: PCT, full: primary care trust }\n",
    "content/pages/about.md": "---\ntitle: About\nsummary: Who made it.\n---\n## Who we are\n\nSee [one](../cases/one.md#what-changed).\n",
    "content/cases/one.md": "---\ntitle: One\nsummary: What happened.\ndate: 2026-01-01\nsector: health\n"
    "sources:\n  - { id: audit, title: The audit, publisher: A body }\n---\n"
    "## What changed\n\nThe PCT paid 𝄞 [@audit].\n\n[About](../pages/about.md#who-we-are)\n",
    "content/cases/two.md": "---\ntitle: Two\nsummary: What happened.\ndate: 2026-01-02\nsector: [NHS]\nrelated: [one]\n---\n"
    "See [one](one.md).\n",
}


@pytest.fixture
def library(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[CASEBOOK, "lsp"]))
async def client(lsp_client: LanguageClient, library):
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities("visual-studio-code"),
            workspace_folders=[types.WorkspaceFolder(uri=library.as_uri(), name="library")],
            initialization_options={"docs": "https://example.org/docs"},
        )
    )
    yield lsp_client
    await lsp_client.shutdown_session()


class Editor:
    """A file that is open in an editor."""

    def __init__(self, client, path):
        self.client, self.path, self.uri, self.version = client, path, path.as_uri(), 1
        self.text = path.read_text()
        item = types.TextDocumentItem(uri=self.uri, language_id="markdown", version=1, text=self.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def write(self, text):
        """Replaces the whole text in one edit."""
        self.text, self.version = text, self.version + 1
        document = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        change = types.TextDocumentContentChangeWholeDocument(text=text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def at(self, marked, offset=0):
        """The position where a text begins, in UTF-16 units."""
        index = self.text.index(marked) + offset
        line = self.text.count("\n", 0, index)
        start = self.text.rfind("\n", 0, index) + 1
        return types.Position(line, len(self.text[start:index].encode("utf-16-le")) // 2)

    @property
    def document(self):
        return types.TextDocumentIdentifier(uri=self.uri)


async def until(current, wanted):
    """Waits until a value is the wanted one. A minute is enough for a slow machine."""
    end = time.monotonic() + 60
    while (found := current()) != wanted:
        assert time.monotonic() < end, f"{found} instead of {wanted}"
        await asyncio.sleep(0.05)


async def problems(client, path, wanted):
    """Waits until the problems of a file have these codes, and gives the problems."""
    published_problems = lambda: client.diagnostics.get(path.as_uri(), [])
    await until(lambda: sorted(problem.code for problem in published_problems()), sorted(wanted))
    return published_problems()


def after(text, edits):
    """Applies edits to a text, last first. Columns are UTF-16 units."""
    lines = text.splitlines(keepends=True) + [""]

    def offset(position):
        line = lines[position.line]
        units = line.encode("utf-16-le")[: position.character * 2].decode("utf-16-le")
        return sum(map(len, lines[: position.line])) + len(units)

    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


@pytest.mark.asyncio(loop_scope="function")
async def test_problems_are_those_of_check(client, library):
    one = library / "content/cases/one.md"
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    editor = Editor(client, one)
    editor.write(editor.text.replace("sector: health", "sector: helth\nstatsu: draft"))
    found = await problems(client, one, ["unknown-term", "unknown-field"])
    term = next(problem for problem in found if problem.code == "unknown-term")
    assert term.range == types.Range(editor.at("helth"), editor.at("helth", 5))
    assert term.message == '"helth" is not a sector\nhelp: did you mean "health"?'

    one.write_text(editor.text)
    checked = subprocess.run([CASEBOOK, "--root", library, "check", "--format", "json"], capture_output=True, text=True)
    by_check = {(problem["file"], problem["code"], problem["line"]) for problem in json.loads(checked.stdout)}

    def published_problems():
        return {
            (str(pathlib.Path(uri.removeprefix("file://")).relative_to(library)), problem.code, problem.range.start.line + 1)
            for uri, all in client.diagnostics.items()
            for problem in all
        }

    await until(published_problems, by_check)


@pytest.mark.asyncio(loop_scope="function")
async def test_each_problem_links_to_its_explanation(client, library):
    two = library / "content/cases/two.md"
    await problems(client, two, ["synonym-used"])
    editor = Editor(client, two)
    editor.write(editor.text.replace("[NHS]", "[helth]") + "\n[no page](none.md)\n")
    for problem in await problems(client, two, ["unknown-term", "broken-link"]):
        page = "https://example.org/docs/reference/problems/"
        assert problem.code_description.href == f"{page}#{problem.code}"


def test_the_published_documentation_has_each_anchor(tmp_path):
    docs = pathlib.Path(__file__).parents[2] / "docs"
    output = tmp_path / "site"
    subprocess.run([CASEBOOK, "--quiet", "--root", docs, "build", "--output", output], check=True)
    page = (output / "reference/problems/index.html").read_text()
    listed = subprocess.run([CASEBOOK, "explain"], capture_output=True, text=True, check=True).stdout
    codes = re.findall(r"^ *([a-z0-9-]+) {2,}", listed, re.MULTILINE)
    assert len(codes) > 30
    assert [code for code in codes if f'id="{code}"' not in page] == []


@pytest.mark.asyncio(loop_scope="function")
async def test_an_edit_changes_the_problems_of_other_files(client, library):
    editor = Editor(client, library / "content/cases/one.md")
    sound = editor.text
    editor.write(sound.replace("## What changed", "## What became"))
    about = library / "content/pages/about.md"
    await problems(client, about, ["broken-anchor"])
    editor.write(sound)
    await problems(client, about, [])


@pytest.mark.asyncio(loop_scope="function")
async def test_completion(client, library):
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    editor = Editor(client, library / "content/cases/one.md")

    async def labels(text, marked, offset):
        editor.write(text)
        params = types.CompletionParams(text_document=editor.document, position=editor.at(marked, offset))
        return (await client.text_document_completion_async(params)).items

    sound = editor.text
    found = await labels(sound.replace("sector: health", "sector: NH"), "sector: NH", 10)
    health = next(item for item in found if item.label == "health")
    assert "NHS" in health.filter_text and "public health" in health.documentation.value
    assert after(editor.text, [health.text_edit]).count("sector: health\n") == 1
    found = await labels(sound.replace("date:", "le\ndate:"), "le\ndate", 2)
    assert {"lesson", "tier"} <= {item.label for item in found}
    assert "title" not in {item.label for item in found}
    found = await labels(sound.replace("date:", "status: \ndate:"), "status: ", 8)
    assert [item.label for item in found] == ["draft", "published", "withdrawn"]
    found = await labels(sound.replace("date:", "related: [\ndate:"), "related: [", 10)
    assert [item.text_edit.new_text for item in found] == ["two"]
    found = await labels(sound.replace("paid", "paid [@"), "paid [@", 7)
    assert [item.label for item in found] == ["audit"]
    found = await labels(sound + "\n[x](", "[x](", 4)
    assert "../pages/about.md" in {item.label for item in found}
    found = await labels(sound + "\n[x](../pages/about.md#)", "md#)", 3)
    assert [item.label for item in found] == ["who-we-are"]
    found = await labels(sound + "\n## \n", "\n## \n", 4)
    assert "The challenge" in {item.label for item in found} and "What changed" not in {item.label for item in found}


@pytest.mark.asyncio(loop_scope="function")
async def test_hover_definition_and_references(client, library):
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    one = Editor(client, library / "content/cases/one.md")
    two = Editor(client, library / "content/cases/two.md")

    async def hover(editor, marked, offset=1):
        params = types.HoverParams(text_document=editor.document, position=editor.at(marked, offset))
        return (await client.text_document_hover_async(params)).contents.value

    term = await hover(two, "NHS")
    assert "NHS and public health bodies." in term and "2 cases" in term
    assert "first published" in await hover(one, "date:")
    assert "primary care trust" in await hover(one, "PCT")
    assert "The audit" in await hover(one, "@audit", 2)
    assert "Who made it." in await hover(one, "../pages")

    async def definition(editor, marked, offset=1):
        params = types.DefinitionParams(text_document=editor.document, position=editor.at(marked, offset))
        found = await client.text_document_definition_async(params)
        return pathlib.Path(found.uri.removeprefix("file://")).name, found.range.start.line

    assert await definition(two, "NHS") == ("sector.yaml", 4)
    assert await definition(one, "@audit", 2) == ("one.md", 6)
    assert await definition(one, "../pages") == ("about.md", 4)
    assert await definition(one, "PCT") == ("glossary.yaml", 0)

    async def references(editor, marked, offset=1):
        context = types.ReferenceContext(include_declaration=False)
        params = types.ReferenceParams(context=context, text_document=editor.document, position=editor.at(marked, offset))
        return len(await client.text_document_references_async(params))

    assert await references(two, "NHS") == 2
    assert await references(one, "## What", 5) == 1
    assert await references(one, "title") == 3


@pytest.mark.asyncio(loop_scope="function")
async def test_rename_changes_every_reference(client, library):
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    one = Editor(client, library / "content/cases/one.md")

    async def rename(marked, offset, name):
        params = types.RenameParams(text_document=one.document, position=one.at(marked, offset), new_name=name)
        edit = await client.text_document_rename_async(params)
        changed = {}
        for uri, edits in edit.changes.items():
            path = pathlib.Path(uri.removeprefix("file://"))
            changed[path.name] = after(path.read_text(), edits)
        return changed

    changed = await rename("sector: health", 9, "care")
    assert "sector: care" in changed["one.md"]
    assert "{ id: health, replaced_by: care }" in changed["sector.yaml"]
    changed = await rename("@audit", 2, "first-audit")
    assert changed["one.md"].count("first-audit") == 2
    changed = await rename("## What changed", 5, "What became of it")
    assert "## What became of it" in changed["one.md"] and "one.md#what-became-of-it" in changed["about.md"]
    moved = types.FileRename(old_uri=one.uri, new_uri=(library / "content/cases/2026/first.md").as_uri())
    edit = await client.workspace_will_rename_files_async(types.RenameFilesParams([moved]))
    names = {pathlib.Path(uri.removeprefix("file://")).name: uri for uri in edit.changes}
    texts = {name: after((library / uri.removeprefix(library.as_uri() + "/")).read_text(), edit.changes[uri]) for name, uri in names.items()}
    assert "(../../pages/about.md#who-we-are)" in texts["one.md"]
    assert "(2026/first.md)" in texts["two.md"] and "related: [first]" in texts["two.md"]
    assert "(../cases/2026/first.md#what-changed)" in texts["about.md"]


@pytest.mark.asyncio(loop_scope="function")
async def test_code_actions(client, library):
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    two = Editor(client, library / "content/cases/two.md")

    async def actions(marked, only=None):
        range = types.Range(two.at(marked), two.at(marked, len(marked)))
        params = types.CodeActionParams(two.document, range, types.CodeActionContext([], only))
        return {action.title: action for action in await client.text_document_code_action_async(params)}

    found = await actions("NHS")
    assert after(two.text, found['Write "health"'].edit.changes[two.uri]) == two.text.replace("NHS", "health")
    assert "Make every certain correction in this file" in found and "Withdraw this case" in found
    assert list(await actions("NHS", ["source.fixAll"])) == ["Make every certain correction in this file"]
    assert list(await actions("NHS", ["refactor"])) == ["Withdraw this case"]
    assert await actions("NHS", ["refactor.extract", "source.organizeImports"]) == {}
    two.write(two.text.replace("NHS", "helth"))
    await problems(client, two.path, ["unknown-term"])
    found = await actions("helth")
    assert after(two.text, found['Change to "health"'].edit.changes[two.uri]) == FILES["content/cases/two.md"].replace("NHS", "health")
    assert 'Add "helth" to content/vocabularies/sector.yaml' in found
    two.write(two.text.replace("helth", "health") + "The CQVX paid.\n")
    await problems(client, two.path, ["undefined-acronym"])
    assert 'Add "CQVX" to the glossary' in await actions("CQVX")


@pytest.mark.asyncio(loop_scope="function")
async def test_a_pasted_list_becomes_markdown(client, library):
    two = Editor(client, library / "content/cases/two.md")
    two.write(two.text + "\n•\tone\n•\ttwo\n\nThe end.\n")
    # Without a selection, or with the mark of one line selected, it is the whole list.
    for range in types.Range(two.at("two\n"), two.at("two\n")), types.Range(two.at("•\tone"), two.at("\tone")):
        params = types.CodeActionParams(two.document, range, types.CodeActionContext([]))
        found = {action.title: action for action in await client.text_document_code_action_async(params)}
        edits = found["Turn these lines into a list of Markdown"].edit.changes[two.uri]
        assert after(two.text, edits) == two.text.replace("•\tone\n•\ttwo\n", "- one\n- two\n")


@pytest.mark.asyncio(loop_scope="function")
async def test_a_whole_entry_is_offered_at_its_start(client, library):
    two = Editor(client, library / "content/cases/two.md")

    async def offered(text, label):
        two.write(FILES["content/cases/two.md"].replace("related: [one]", text))
        params = types.CompletionParams(two.document, two.at("\n---\nSee"))
        found = await client.text_document_completion_async(params)
        return next(item.text_edit.new_text for item in found.items if item.label == label)

    source = await offered("sources:\n  - ", "a whole entry of sources")
    assert source.startswith('{ title: "${1}", id: ${2}') and source.endswith(" }")
    correction = await offered("corrections:\n  - ", "a whole entry of corrections")
    assert correction == '{ date: ${1}, what: "${2}" }'
    barrier = await offered("barrier:\n  - ", "with what happened")
    assert barrier == '{ term: ${1}, what: "${2}", response: "${3}" }'


@pytest.mark.asyncio(loop_scope="function")
async def test_errors_of_a_template_are_reported_while_it_is_edited(client, library):
    footer = library / "themes/default/footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer></footer>\n")
    await problems(client, footer, [])
    editor = Editor(client, footer)
    editor.write("<footer>{{ nothing.of.the.kind }}</footer>\n")
    await problems(client, footer, ["template"])
    editor.write("<footer>Well</footer>\n")
    await problems(client, footer, [])


@pytest.mark.asyncio(loop_scope="function")
async def test_outline_folding_and_labels(client, library):
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    one = Editor(client, library / "content/cases/one.md")
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(one.document))
    assert [symbol.name for symbol in symbols] == ["title", "summary", "date", "sector", "sources", "What changed"]
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(one.document))
    assert (folds[0].start_line, folds[0].end_line) == (0, 6)
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(one.document, whole))
    assert [hint.label for hint in hints] == ["Health"]
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(one.document))
    at = one.at("health")
    assert list(tokens.data) == [at.line, at.character, len("health"), 0, 0]
    vocabulary = Editor(client, library / "content/vocabularies/sector.yaml")
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(vocabulary.document))
    at = vocabulary.at("local-government")
    assert list(tokens.data) == [at.line, at.character, len("local-government"), 0, 0, 1, at.character, len("health"), 0, 0]


@pytest.mark.asyncio(loop_scope="function")
async def test_parts_of_a_text_are_edited_in_utf_16(client, library):
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    one = Editor(client, library / "content/cases/one.md")

    def edit(*changes):
        one.version += 1
        document = types.VersionedTextDocumentIdentifier(uri=one.uri, version=one.version)
        parts = [types.TextDocumentContentChangePartial(range=types.Range(start, end), text=text) for start, end, text in changes]
        client.text_document_did_change(types.DidChangeTextDocumentParams(document, parts))

    # Two edits in one message: the second is about the text after the first. The sign before the place takes two units.
    after_sign = one.at("𝄞", 1)
    line = types.Position(after_sign.line, after_sign.character)
    edit((line, line, " twice"), (types.Position(line.line, line.character + 6), types.Position(line.line, line.character + 15), ""))
    one.text = one.text.replace("𝄞 [@audit]", "𝄞 twice")
    hover = types.HoverParams(text_document=one.document, position=one.at("What changed", 2))
    await client.text_document_hover_async(hover)
    edit((one.at("health"), one.at("health", 6), "helth"))
    one.text = one.text.replace("sector: health", "sector: helth")
    (problem,) = await problems(client, one.path, ["unknown-term"])
    assert problem.range == types.Range(one.at("helth"), one.at("helth", 5))
    edit((one.at("[About]"), one.at("[About]"), "[@nobody]\n\n"))
    one.text = one.text.replace("[About]", "[@nobody]\n\n[About]")
    found = await problems(client, one.path, ["unknown-source", "unknown-term"])
    source = next(problem for problem in found if problem.code == "unknown-source")
    assert one.at("[@nobody]") <= source.range.start <= one.at("[@nobody]", 2)


@pytest.mark.asyncio(loop_scope="function")
async def test_related_places_are_links(client, library):
    two = Editor(client, library / "content/cases/two.md")
    two.write(two.text.replace("title: Two", "title: Two\nslug: one"))
    found = await problems(client, two.path, ["duplicate-address"])
    (related,) = next(problem for problem in found if problem.code == "duplicate-address").related_information
    assert related.location.uri == (library / "content/cases/one.md").as_uri()


@pytest.mark.asyncio(loop_scope="function")
async def test_changes_by_other_programs_are_seen(client, library):
    two = library / "content/cases/two.md"
    await problems(client, two, ["synonym-used"])
    one = library / "content/cases/one.md"

    def changed(path, how):
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([types.FileEvent(uri=path.as_uri(), type=how)]))

    one.unlink()
    changed(one, types.FileChangeType.Deleted)
    await problems(client, two, ["broken-link", "synonym-used", "unknown-case"])
    one.write_text(FILES["content/cases/one.md"])
    changed(one, types.FileChangeType.Created)
    await problems(client, two, ["synonym-used"])


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[CASEBOOK, "lsp"]))
async def client_of_two(lsp_client: LanguageClient, library, tmp_path_factory):
    lsp_client.other = tmp_path_factory.mktemp("other")
    for name, text in FILES.items():
        path = lsp_client.other / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (lsp_client.other / "casebook.yaml").unlink()
    folders = [types.WorkspaceFolder(uri=folder.as_uri(), name=folder.name) for folder in (library, lsp_client.other)]
    # This client reports positions in bytes, and does not say that it can watch files.
    capabilities = types.ClientCapabilities(general=types.GeneralClientCapabilities(position_encodings=["utf-8"]))
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities, workspace_folders=folders))
    yield lsp_client
    await lsp_client.shutdown_session()


@pytest.mark.asyncio(loop_scope="function")
async def test_two_folders_and_a_file_that_is_open_before_its_library_exists(client_of_two, library):
    client = client_of_two
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    early = Editor(client, client.other / "content/cases/two.md")
    early.write(early.text.replace("See [one](one.md).", "ä [no page](none.md)."))
    settings = client.other / "casebook.yaml"
    settings.write_text(FILES["casebook.yaml"])
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri=settings.as_uri())))
    found = await problems(client, early.path, ["broken-link", "synonym-used"])
    link = next(problem for problem in found if problem.code == "broken-link")
    line = early.text.splitlines()[link.range.start.line].encode()
    assert line[link.range.start.character : link.range.end.character].decode() in ("none.md", "[no page](none.md)")
    assert [problem.code for problem in client.diagnostics[(library / "content/cases/two.md").as_uri()]] == ["synonym-used"]


@pytest.mark.asyncio(loop_scope="function")
async def test_names_that_the_library_knows_are_offered(client, library):
    (library / "casebook.yaml").write_text("title: Test\nfields: { cost: { label: Cost } }\n")
    (library / "content/places.yaml").write_text("- { name: Torbay, region: South West }\n")
    changes = [types.FileEvent(uri=(library / name).as_uri(), type=types.FileChangeType.Changed) for name in ("casebook.yaml", "content/places.yaml")]
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
    two = Editor(client, library / "content/cases/two.md")

    async def offered(text, marked):
        two.write(FILES["content/cases/two.md"].replace("related: [one]", text))
        params = types.DocumentSymbolParams(two.document)
        await client.text_document_document_symbol_async(params)
        params = types.CompletionParams(two.document, two.at(marked, len(marked)))
        return [item.label for item in (await client.text_document_completion_async(params)).items]

    assert "Torbay" in await offered("place: Tor", "place: Tor")
    assert "South West" in await offered("place: { name: X, region: So", "region: So")
    assert "cost" in await offered("co", "\nco")
    assert "evaluation" in await offered("sources:\n  - title: T\n    kind: ", "kind: ")


@pytest.mark.asyncio(loop_scope="function")
async def test_a_figure_without_a_source_can_cite_one(client, library):
    (library / "casebook.yaml").write_text("title: Test\nchecks: { unsourced-figure: warning }\n")
    changes = [types.FileEvent(uri=(library / "casebook.yaml").as_uri(), type=types.FileChangeType.Changed)]
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
    one = Editor(client, library / "content/cases/one.md")
    one.write(one.text.replace("[About]", "It cost £3 million in 2009.\n\n[About]"))
    await problems(client, one.path, ["unsourced-figure"])
    place = types.Range(one.at("It cost"), one.at("It cost"))
    params = types.CodeActionParams(one.document, place, types.CodeActionContext([]))
    found = {action.title: action for action in await client.text_document_code_action_async(params)}
    edits = found['Cite "The audit"'].edit.changes[one.uri]
    assert "It cost £3 million in 2009 [@audit].\n" in after(one.text, edits)


@pytest.mark.asyncio(loop_scope="function")
async def test_bad_input_loses_no_edit(client, library):
    await problems(client, library / "content/cases/two.md", ["synonym-used"])
    one = Editor(client, library / "content/cases/one.md")
    beyond = types.HoverParams(text_document=one.document, position=types.Position(9999, 9999))
    await client.text_document_hover_async(beyond)
    # An edit of a file that was never opened, and one beyond the end.
    stray = types.VersionedTextDocumentIdentifier(uri=(library / "content/cases/none.md").as_uri(), version=7)
    client.text_document_did_change(types.DidChangeTextDocumentParams(stray, [types.TextDocumentContentChangeWholeDocument(text="x")]))
    sound = one.text
    for n in range(1000):
        one.write(sound.replace("sector: health", f"sector: health{n}"))
    await problems(client, one.path, ["unknown-term"])
    one.write(sound)
    await problems(client, one.path, [])
    # Move the library away and back.
    settings = library / "casebook.yaml"
    settings.rename(library / "gone")
    changes = [types.FileEvent(uri=settings.as_uri(), type=types.FileChangeType.Deleted)]
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
    # The server says nothing of it, and may see the two changes as one.
    await asyncio.sleep(0.3)
    (library / "gone").rename(settings)
    changes = [types.FileEvent(uri=settings.as_uri(), type=types.FileChangeType.Created)]
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))
    one.write(sound.replace("health", "helth"))
    await problems(client, one.path, ["unknown-term"])


@pytest.mark.parametrize("said", [b"", b"Content-Length: 100\r\n\r\n{", b"nonsense\r\n\r\n", b"Content-Length: 2\r\n\r\n{}"])
def test_a_client_that_dies_ends_the_server(said, library):
    server = subprocess.Popen([CASEBOOK, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    _, err = server.communicate(said, timeout=60)
    assert b"panicked" not in err, err
