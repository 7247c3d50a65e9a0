"""Word files by pandoc and LibreOffice: the imported cases have the text that pandoc reads, and pass `check`."""

import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile

CASEBOOK = os.environ["CASEBOOK"]
HERE = pathlib.Path(__file__).parent
# Parts of a document, each with a feature that Word stores in its own way.
PIECES = {
    "headings": "# One\n\nText.\n\n## Two\n\nMore text.\n\n### Three\n\nThe end.\n",
    "marks": "Some *slanted*, **bold**, ***both***, ~~gone~~, `code`, H~2~O and a [link](https://example.org/a?b=c&d=e).\n",
    "lists": "- one\n- two\n\n    - under two\n    - and again\n\n- three\n\n1. first\n2. second\n\n    a. deep\n    b. deeper\n\n3. third\n",
    "tables": "| Body | Year |\n|------|-----:|\n| A council | 2009 |\n| A trust \\| board | 2012 |\n\nAfter the table.\n",
    "notes": "It cost much.[^1] It was worth it.[^two]\n\n[^1]: The audit, page 4.\n\n[^two]: With a *mark*, and\n    two lines.\n",
    "quotes": "> Said by one.\n>\n> > Said by another.\n\nAnd then.\n",
    "signs": "Less < more & \"quotes\" ’ – … € and a * star, an _ underscore, a # and [brackets].\n\n1\\. is no list.\n",
    "tongues": "Cyngor Sir Gâr. Ŵyth ŷd.\n\nمجلس المدينة\n\n市議会 🏛\n",
    "breaks": "A line\\\nand the next.\n\n---\n\nAfter the rule.\n",
    "code": "```\nif a < b:\n    pass\n```\n\nText.\n",
    "definitions": "Term\n\n:   What it means.\n\nOther\n\n:   What that means.\n",
}


def run(*words, cwd=None):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=cwd)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def saved_again(file, folder):
    """The file after LibreOffice has saved it."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, file)
    return folder / file.name


def words(text):
    # The programs number lists and notes in different ways.
    text = re.sub(r"^\s*(?:\d+|[a-z])[.)]\s", "", text, flags=re.M)
    text = re.sub(r"\[\^?\d+\]:?", "", text)
    # Superscript and subscript digits become their Unicode characters, if they exist.
    text = unicodedata.normalize("NFKC", text)
    return collections.Counter(re.findall(r"[^\W_]+", text))


def imported(library, file):
    """The text of the case made from a Word file, and its path."""
    before = set((library / "content/cases").rglob("*.md"))
    run(CASEBOOK, "--root", library, "import", file)
    (case,) = set((library / "content/cases").rglob("*.md")) - before
    return case, case.read_text().split("\n---\n", 1)[1]


def compare(library, file, name):
    case, body = imported(library, file)
    ours = words(run("pandoc", "-f", "gfm+footnotes+raw_html", "-t", "plain", "--wrap=none", case_body(body, library)))
    theirs = words(run("pandoc", "-f", "docx", "-t", "plain", "--wrap=none", file))
    title = words(case.read_text().split("title:", 1)[1].split("\n", 1)[0])
    missing, added = theirs - ours - title, ours - theirs
    found = run(CASEBOOK, "--root", library, "check", "--format", "json", case)
    codes = re.findall(r'"code": ?"([a-z-]+)"', found)
    odd = [code for code in codes if code in ("stray-markup", "lost-text", "broken-link", "bad-yaml")]
    faults = {"missing": dict(missing), "added": dict(added), "told by check": odd}
    return [f"{name}: {what}: {fault} in\n{body}" for what, fault in faults.items() if fault]


def case_body(body, library):
    file = library / "body.md"
    file.write_text(body)
    return file


def template(library, folder):
    """The template, filled in and saved by LibreOffice, is imported without a mapping."""
    blank = folder / "blank.docx"
    run(CASEBOOK, "--root", library, "template", "docx", blank)
    filled = folder / "filled.docx"
    with zipfile.ZipFile(blank) as before, zipfile.ZipFile(filled, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            if name == "word/document.xml":
                for label, answer in {">Title<": "One desk", ">Where was it?<": "Torbay", ">The challenge<": "The desk was dear."}.items():
                    at = text.index(label)
                    text = text[:at] + text[at:].replace("<w:p/>", f"<w:p><w:r><w:t>{answer}</w:t></w:r></w:p>", 1)
                at = text.index('w:val="sector"')
                text = text[:at] + text[at:].replace("<w:showingPlcHdr/>", "", 1).replace(">Choose one<", ">Health<", 1)
            after.writestr(name, text)
    case, body = imported(library, saved_again(filled, folder / "again"))
    front = case.read_text().split("\n---\n", 1)[0]
    for kept in ("title: One desk", "sector: [health]", "Torbay"):
        assert kept in front, f"{kept} is not in\n{front}"
    assert "The desk was dear." in body and "Choose one" not in front + body, body


def main():
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made).resolve()
        library = folder / "library"
        run(CASEBOOK, "init", library)
        # A file with the same content as an imported one is skipped.
        library_of_saved = folder / "library-of-saved"
        run(CASEBOOK, "init", library_of_saved)
        wrong = []
        for name, text in PIECES.items():
            source = folder / f"{name}.md"
            source.write_text(text)
            file = folder / f"{name}.docx"
            run("pandoc", "-f", "markdown", source, "-o", file)
            wrong += compare(library, file, name)
            again = folder / "saved" / f"{name}.docx"
            saved_again(file, again.parent)
            renamed = again.with_name(f"{name}-saved.docx")
            again.rename(renamed)
            wrong += compare(library_of_saved, renamed, f"{name}, saved by LibreOffice")
        template(library, folder)
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{2 * len(PIECES)} Word files and the template say what they said")


if __name__ == "__main__":
    main()
