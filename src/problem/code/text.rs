//! Rules about the text of cases and pages.

use super::{
    Example::{File, InWords, Keys, Text},
    Lowering::{Allowed, OffByDefault},
    Rule,
    Severity::{Error, Warning},
};

pub(super) const UNKNOWN_SOURCE: Rule = Rule {
    name: "unknown-source",
    severity: Error,
    lowering: Allowed,
    meaning: "A citation that leads to no source: the case does not have it, or the citation is not read where it is.",
    why: "Readers would see a bracket, or nothing, instead of a number that leads to the source.",
    wrong: Text("The post was shared.[@audit]"),
    right: File(
        "content/cases/a.md",
        "---\ntitle: A\nsummary: B.\ndate: 2026-01-01\nsector: health\ntier: unitary\nbarrier: resource\nsources: [{ id: audit, title: The audit }]\n---\nThe post was shared.[@audit]\n",
    ),
    what_to_do: "Give a source of the case that `id`, or correct the citation. Cite in the text of a case, as `[@id]`.",
};

pub(super) const BROKEN_LINK: Rule = Rule {
    name: "broken-link",
    severity: Error,
    lowering: Allowed,
    meaning: "A link to something that the site does not have.",
    why: "Readers would meet \"page not found\".",
    wrong: Text("See [who we are](../pages/abuot.md)."),
    right: Text("See [all cases](/cases/)."),
    what_to_do: "Correct the path. A file is named by its path from this file on, a page of the site by its address from / on.",
};

pub(super) const DEAD_LINK: Rule = Rule {
    name: "dead-link",
    severity: Warning,
    lowering: Allowed,
    meaning: "An address of another site that does not answer, has moved for good, or was not asked because its server has given no answer \
              for others. Only `check --external` asks.",
    why: "A reader who wants to see what a fact rests on would find nothing there.",
    wrong: InWords("A link to a page that answers with status 404, or that has been moved to another address."),
    right: InWords("A link to the address where the page is now, or a source with a kept copy named as `archived`."),
    what_to_do: "Write the new address. Where the page is gone, name a kept copy of it as `archived`, or delete the link.",
};

pub(super) const BROKEN_ANCHOR: Rule = Rule {
    name: "broken-anchor",
    severity: Error,
    lowering: Allowed,
    meaning: "A link to a heading that the page does not have.",
    why: "Readers would land at the top of the page and look for what was promised.",
    wrong: Text("See [what changed](#what-chnaged).\n\n## What changed\n\nThe desk was shared."),
    right: Text("See [what changed](#what-changed).\n\n## What changed\n\nThe desk was shared."),
    what_to_do: "An anchor is the heading in lower case with hyphens for spaces.",
};

pub(super) const MISSING_ALT: Rule = Rule {
    name: "missing-alt",
    severity: Error,
    lowering: Allowed,
    meaning: "An image without a description in words.",
    why: "Those who do not see it would not know what it shows. Public bodies must say it by law.",
    wrong: Text("![](desk.jpg)"),
    right: Text("![The shared desk, by the door of the library](desk.jpg)"),
    what_to_do: "Write what the picture shows between the square brackets.",
};

pub(super) const UNSAFE_URL: Rule = Rule {
    name: "unsafe-url",
    severity: Error,
    lowering: Allowed,
    meaning: "A link of a kind that could run code, or a picture, sound or film of another site; it is left out of the page.",
    why: "Whoever clicks such a link would run what someone else wrote, and another site would learn who reads the page.",
    wrong: Text("[Open](javascript:alert(1))"),
    right: Text("[Open](https://example.org/)"),
    what_to_do: "Let a link begin with https://, http://, mailto: or tel:, and put a picture beside the file that shows it.",
};

pub(super) const UNSAFE_HTML: Rule = Rule {
    name: "unsafe-html",
    severity: Warning,
    lowering: Allowed,
    meaning: "HTML that was cleaned out of a page.",
    why: "Scripts, frames and styles could harm readers or break the page.",
    wrong: Text("<script>alert(1)</script>"),
    right: Text("A plain sentence."),
    what_to_do: "Write it in Markdown, or delete it.",
};

pub(super) const HEADING_ORDER: Rule = Rule {
    name: "heading-order",
    severity: Warning,
    lowering: Allowed,
    meaning: "Headings that skip a level, or a second title.",
    why: "Screen readers go from heading to heading by level, and the title of the page is the only first one.",
    wrong: Text("## What changed\n\n#### For patients\n\nThe desk was shared."),
    right: Text("## What changed\n\n### For patients\n\nThe desk was shared."),
    what_to_do: "Begin with `##`, and go one level deeper at a time.",
};

pub(super) const STRAY_MARKUP: Rule = Rule {
    name: "stray-markup",
    severity: Warning,
    lowering: Allowed,
    meaning: "A mark that means nothing here, so that readers see it or miss what it was meant for.",
    why: "What another program reads as a link, a box or a comment is printed here as it is written.",
    wrong: Text("See [[Torbay]] for another."),
    right: Text("See [all cases](/cases/) for another."),
    what_to_do: "Write it in Markdown, as the message shows.",
};

pub(super) const LOST_TEXT: Rule = Rule {
    name: "lost-text",
    severity: Warning,
    lowering: Allowed,
    meaning: "Text that no reader would see.",
    why: "Someone wrote it to be read.",
    wrong: Text("| A | B |\n|---|---|\n| 1 | 2 | 3 |"),
    right: Text("| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |"),
    what_to_do: "The message says where the text must be to be seen.",
};

pub(super) const SWALLOWED_TEXT: Rule = Rule {
    name: "swallowed-text",
    severity: Warning,
    lowering: Allowed,
    meaning: "Text that is read as something else: a comment, or code.",
    why: "In YAML a # after a space begins a comment, so the rest of the line is not read.",
    wrong: Keys("lesson: Agree on who pays, point #1 of all"),
    right: Keys("lesson: \"Agree on who pays, point #1 of all\""),
    what_to_do: "Put quotation marks round the whole text.",
};

pub(super) const LONG_SENTENCE: Rule = Rule {
    name: "long-sentence",
    severity: Warning,
    lowering: OffByDefault,
    meaning: "A sentence that is hard to follow for its length.",
    why: "Few readers follow more than 25 words; the government's style guide allows no more.",
    wrong: Text(
        "The council and the trust, which had worked apart for years and had each been found wanting by inspectors, agreed in the spring to share one post and one budget for adults.",
    ),
    right: Text("The council and the trust had worked apart for years. In the spring they agreed to share one post."),
    what_to_do: "Make two sentences of it.",
};

pub(super) const UNSOURCED_FIGURE: Rule = Rule {
    name: "unsourced-figure",
    severity: Warning,
    lowering: OffByDefault,
    meaning: "A sentence with a figure and no source.",
    why: "A figure is what readers repeat, and they must be able to see where it comes from.",
    wrong: Text("The shared post saved £250,000 a year."),
    right: File(
        "content/cases/a.md",
        "---\ntitle: A\nsummary: B.\ndate: 2026-01-01\nsector: health\ntier: unitary\nbarrier: resource\nsources: [{ id: audit, title: The audit }]\n---\nThe shared post saved £250,000 a year.[@audit]\n",
    ),
    what_to_do: "Cite the source at the figure: [@id].",
};

pub(super) const UNDEFINED_ACRONYM: Rule = Rule {
    name: "undefined-acronym",
    severity: Warning,
    lowering: Allowed,
    meaning: "An acronym that neither the page nor the glossary spells out.",
    why: "Readers from outside cannot guess it, and bodies of the past are forgotten soon.",
    wrong: Text("The CQVX paid for the desk."),
    right: Text("The Care Quality Voluntary Exchange (CQVX) paid for the desk."),
    what_to_do: "Spell it out where it is first used, or add it to content/glossary.yaml.",
};
