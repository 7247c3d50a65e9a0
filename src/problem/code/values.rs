//! Rules about what front matter and settings say.

use super::{
    Example::{File, Keys},
    Lowering::{Allowed, NotAllowed, OffByDefault},
    Rule,
    Severity::{Error, Warning},
};

pub(super) const UNKNOWN_TERM: Rule = Rule {
    name: "unknown-term",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A term that its vocabulary does not have.",
    why: "Readers find cases by terms. A case under a misspelt term would be in no list, filter or count.",
    wrong: Keys("sector: [helth, police]"),
    right: Keys("sector: [health, police]"),
    what_to_do: "Write the id of a term from the vocabulary's file, or add the term there.",
};

pub(super) const MISSING_FIELD: Rule = Rule {
    name: "missing-field",
    severity: Error,
    lowering: NotAllowed,
    meaning: "Something required is absent.",
    why: "Lists, search results and citations show it, and would have a gap.",
    wrong: File(
        "content/cases/a.md",
        "---\ntitle: A shared front desk\ndate: 2026-01-01\nsector: health\ntier: unitary\nbarrier: resource\n---\nText.\n",
    ),
    right: File(
        "content/cases/a.md",
        "---\ntitle: A shared front desk\nsummary: Two bodies answer at one desk.\ndate: 2026-01-01\nsector: health\ntier: unitary\nbarrier: resource\n---\nText.\n",
    ),
    what_to_do: "Add the key and its value. `casebook explain KEY` says what a key is for.",
};

pub(super) const UNKNOWN_FIELD: Rule = Rule {
    name: "unknown-field",
    severity: Error,
    lowering: Allowed,
    meaning: "A key that nothing reads.",
    why: "What is written under a misspelt key, or one of another tool, would be seen nowhere.",
    wrong: Keys("sumary: Two bodies answer at one desk."),
    right: Keys("summary: Two bodies answer at one desk."),
    what_to_do: "Correct the name of the key. What a theme of yours reads belongs under `extra`.",
};

pub(super) const WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A list where a word is wanted, a number where text is wanted, and so on.",
    why: "A value of another kind cannot be shown, so it would be lost.",
    wrong: Keys("period: 2006 to 2013"),
    right: Keys("period: { from: 2006, to: 2013 }"),
    what_to_do: "Write the value in the form that the message shows.",
};

pub(super) const BAD_VALUE: Rule = Rule {
    name: "bad-value",
    severity: Error,
    lowering: NotAllowed,
    meaning: "A value that cannot be: a status, a number, an address, an order of years.",
    why: "Nothing sensible can be published for it.",
    wrong: Keys("period: { from: 2013, to: 2006 }"),
    right: Keys("period: { from: 2006, to: 2013 }"),
    what_to_do: "The message says what the value must be.",
};

pub(super) const BAD_DATE: Rule = Rule {
    name: "bad-date",
    severity: Error,
    lowering: NotAllowed,
    meaning: "Not a date, or a date that does not exist.",
    why: "Cases are sorted by date, and a day can be written in ways that mean different days to different people.",
    wrong: Keys("reviewed: 31/04/2026"),
    right: Keys("reviewed: 2026-04-30"),
    what_to_do: "Write the year, the month and the day: 2026-04-30.",
};

pub(super) const TOO_LONG: Rule = Rule {
    name: "too-long",
    severity: Error,
    lowering: Allowed,
    meaning: "A text over its limit.",
    why: "Lists and search results have room for a sentence or two; a longer text is cut by whoever shows it.",
    wrong: Keys(
        "lesson: Before two bodies share a post they should agree in writing who pays, who decides, who is told, who steps in when the holder is away, how the post is reviewed, how either side can end it and what happens to the staff then.",
    ),
    right: Keys(
        "lesson: Before two bodies share a post they should agree in writing who pays, who decides and how either side can end it.",
    ),
    what_to_do: "Keep the gist, and put the rest into the text of the case.",
};

pub(super) const UNKNOWN_CASE: Rule = Rule {
    name: "unknown-case",
    severity: Error,
    lowering: Allowed,
    meaning: "A case named by hand that is not there, or not published.",
    why: "The page would offer a way to a case that nobody can read.",
    wrong: Keys("related: [torbay-trust]"),
    right: Keys("related: []"),
    what_to_do: "Name the other case's file without .md, or delete the name.",
};

pub(super) const SYNONYM_USED: Rule = Rule {
    name: "synonym-used",
    severity: Warning,
    lowering: Allowed,
    meaning: "Another name of a term where its id belongs.",
    why: "It is understood, but whoever looks for the term in the files will miss this one.",
    wrong: Keys("sector: NHS"),
    right: Keys("sector: health"),
    what_to_do: "Write the id. `casebook check --fix` does it in all files.",
};

pub(super) const RETIRED_TERM: Rule = Rule {
    name: "retired-term",
    severity: Warning,
    lowering: Allowed,
    meaning: "A term that has been replaced.",
    why: "The case is listed under the new term; the old name will mean less and less to those who read the file.",
    wrong: Keys("# The vocabulary has: - { id: voluntary, replaced_by: third-sector }\nsector: voluntary"),
    right: Keys("sector: third-sector"),
    what_to_do: "Write the id of the term that took its place. `casebook check --fix` does it in all files.",
};

pub(super) const HOST_REDIRECT: Rule = Rule {
    name: "host-redirect",
    severity: Warning,
    lowering: Allowed,
    meaning: "An old address that only a host or server can redirect, because it ends like a file that is no page.",
    why: "A page that leads on is shown only at an address that ends in `/` or `.html`. At `/old.aspx` or `/report.pdf` a host \
          would send it as a file of that kind, so none is made, and readers find nothing where the host does not read `_redirects`.",
    wrong: Keys("aliases: [/2019/old.aspx]"),
    right: Keys("aliases: [/2019/old/]"),
    what_to_do: "Netlify and Cloudflare Pages read `_redirects`, and a server of your own can: the guide about publishing has the settings. \
          There, write `checks: { host-redirect: off }` in casebook.yaml. On other hosts such an address cannot be kept: take it away.",
};

pub(super) const REVIEW_DUE: Rule = Rule {
    name: "review-due",
    severity: Warning,
    lowering: Allowed,
    meaning: "A case whose day of review has passed.",
    why: "Posts, bodies and laws change, and readers rely on the facts.",
    wrong: Keys("reviewed: 2025-01-01\nreview_by: 2026-01-01"),
    right: Keys("reviewed: 2026-02-01\nreview_by: 2030-02-01"),
    what_to_do: "Check the facts, then set `reviewed` to that day and `review_by` to the next.",
};

pub(super) const DOUBTFUL_VALUE: Rule = Rule {
    name: "doubtful-value",
    severity: Warning,
    lowering: Allowed,
    meaning: "A value that can hardly be meant.",
    why: "A typing error can give a valid value that is wrong, such as a partner twice or a year far ahead.",
    wrong: Keys("partners: [Torbay Council, Torbay Council]"),
    right: Keys("partners: [Torbay Council, Torbay Primary Care Trust]"),
    what_to_do: "Look at the value again, and correct it.",
};

pub(super) const UNCITED_SOURCE: Rule = Rule {
    name: "uncited-source",
    severity: Warning,
    lowering: OffByDefault,
    meaning: "A source that nothing in its case cites.",
    why: "Readers cannot tell which facts rest on it.",
    wrong: File(
        "content/cases/a.md",
        "---\ntitle: A\nsummary: B.\ndate: 2026-01-01\nsector: health\ntier: unitary\nbarrier: resource\nsources: [{ id: audit, title: The audit }]\n---\nThe post was shared.\n",
    ),
    right: File(
        "content/cases/a.md",
        "---\ntitle: A\nsummary: B.\ndate: 2026-01-01\nsector: health\ntier: unitary\nbarrier: resource\nsources: [{ id: audit, title: The audit }]\n---\nThe post was shared.[@audit]\n",
    ),
    what_to_do: "Cite it where the text rests on it: [@id].",
};
