//! The keys of a case study.

use super::{ALIASES, Completion, Key, ValueKind, words};
use crate::model::document::{LONGEST_LESSON, LONGEST_SUMMARY, SourceKind, Status};

const STATUSES: [&str; 3] = words(Status::OF_CASE);
const SOURCE_KINDS: [&str; 6] = words(SourceKind::ALL);

/// The keys of a case's front matter, apart from the ids of vocabularies.
pub const CASE: &[Key] = &[
    Key::new(
        "title",
        ValueKind::Text,
        "The title of the case.",
        "One chief executive for a council and a primary care trust",
    )
    .required()
    .initial_value("")
    .wanted_as("Title"),
    Key::new(
        "summary",
        ValueKind::TextUpTo(LONGEST_SUMMARY),
        "One or two sentences, for lists and search results.",
        "The council and the health body shared one chief executive for five years.",
    )
    .required()
    .names_elsewhere(&["excerpt", "description", "abstract", "lead", "lede", "teaser", "standfirst"])
    .initial_value("")
    .wanted_as("Summary"),
    Key::new(
        "date",
        ValueKind::Day,
        "The day on which it is first published; before that day nobody sees it.",
        "2026-11-22",
    )
    .required()
    .names_elsewhere(&["published_at", "publishDate", "pubDate", "created"])
    .initial_value("")
    .wanted_as("Date"),
    Key::new("updated", ValueKind::Day, "The day of the last change of substance.", "2026-11-28").names_elsewhere(&[
        "lastmod",
        "modified",
        "last_modified_at",
        "changed",
    ]),
    Key::new("status", ValueKind::Word(&STATUSES), "Whether the public sees it; left out, it is published.", "draft")
        .names_elsewhere(&["draft", "published", "publish", "public", "hidden"])
        .initial_value("draft"),
    Key::new(
        "place",
        ValueKind::OneOrMore(&ValueKind::TextOrMap { keys: PLACE, text_is: "name" }),
        "Where it happened: a name, or a name with its code and region; or a list of places.",
        "{ name: Herefordshire, code: E06000019, region: West Midlands }",
    )
    .names_elsewhere(&["location", "locations", "area"])
    .initial_value("{ name: , region: }")
    .wanted_as("Place")
    .completed_with(Completion::Places),
    Key::new(
        "short_place",
        ValueKind::Text,
        "A short text for its places in lists, if their names are too long for a line.",
        "West London",
    ),
    Key::new(
        "period",
        ValueKind::Map(PERIOD),
        "The years of the partnership; without `to`, no end is recorded.",
        "{ from: 2006, to: 2013 }",
    )
    .names_elsewhere(&["years", "dates", "duration"])
    .initial_value("{ from: , to: }")
    .wanted_as("Years"),
    Key::new(
        "partners",
        ValueKind::OneOrMore(&ValueKind::Text),
        "Who took part.",
        "[Herefordshire Council, Herefordshire Primary Care Trust]",
    )
    .names_elsewhere(&["organisations", "organizations", "participants"])
    .initial_value("[]")
    .wanted_as("Partners")
    .completed_with(Completion::Partners),
    Key::new(
        "lesson",
        ValueKind::TextUpTo(LONGEST_LESSON),
        "What others can learn from it, in one sentence.",
        "A shared post needs a shared line of account.",
    )
    .names_elsewhere(&["takeaway", "learning", "lessons"]),
    Key::new(
        "authors",
        ValueKind::OneOrMore(&ValueKind::TextOrMap { keys: AUTHOR, text_is: "organisation" }),
        "Who wrote it: an organisation, or a person by name; or a list.",
        "[{ name: Ann Example, organisation: Example Council }]",
    )
    .names_elsewhere(&["by", "byline", "writer"]),
    Key::new(
        "sources",
        ValueKind::OneOrMore(&ValueKind::Map(SOURCE)),
        "The sources of its facts.",
        "- { id: report, title: A report, url: https://example.org/report, date: 2013 }",
    )
    .names_elsewhere(&["references", "bibliography", "citations", "links"])
    .initial_value("[]")
    .wanted_as("Sources"),
    Key::new(
        "corrections",
        ValueKind::OneOrMore(&ValueKind::Map(CORRECTION)),
        "The corrections of its page.",
        "- { date: 2026-11-28, what: The year in which the trust closed was wrong. }",
    )
    .names_elsewhere(&["errata"]),
    Key::new(
        "adopted",
        ValueKind::OneOrMore(&ValueKind::Map(ADOPTION)),
        "Who adopted it elsewhere, and the outcome.",
        "- { place: Torbay, from: 2019, what: One board for both bodies. }",
    )
    .names_elsewhere(&["spread", "replicated"]),
    Key::new("reviewed", ValueKind::Day, "The day on which its facts were really checked.", "2026-11-22")
        .initial_value(""),
    Key::new("review_by", ValueKind::Day, "The day by which they should be checked again.", "2027-11-22")
        .initial_value(""),
    Key::new(
        "withdrawn",
        ValueKind::Map(WITHDRAWN),
        "When and why it was withdrawn, if `status` is withdrawn.",
        "{ date: 2026-11-22, why: The figures turned out to be wrong. }",
    ),
    Key::new(
        "slug",
        ValueKind::Id,
        "The last part of its address; left out, it is made from the name of the file.",
        "one-chief-executive",
    ),
    ALIASES,
    Key::new(
        "related",
        ValueKind::OneOrMore(&ValueKind::CaseName),
        "Other cases, by the names of their files without .md; a page shows three related cases, and these first.",
        "[torbay-care-trust]",
    )
    .names_elsewhere(&["see_also", "related_posts"]),
    Key::new(
        "image",
        ValueKind::Map(IMAGE),
        "A picture for the top of the page.",
        "{ src: photo.jpg, alt: What it shows }",
    )
    .names_elsewhere(&["cover", "thumbnail", "featured_image", "banner", "hero", "photo", "picture"]),
    Key::new("contact", ValueKind::Map(CONTACT), "Whom to ask.", "{ name: Ann Example, email: ann@example.org }"),
    Key::new(
        "licence",
        ValueKind::Map(LICENCE),
        "The terms of reuse, if they differ from the library's.",
        "{ name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/ }",
    )
    .names_elsewhere(&["license", "rights", "copyright"]),
    Key::new("language", ValueKind::Language, "The language of the case, where it differs from the library's.", "cy")
        .names_elsewhere(&["lang", "locale"]),
    Key::new("extra", ValueKind::Anything, "Anything, for a theme.", "{ colour: green }")
        .names_elsewhere(&["params", "custom", "meta", "data"]),
];

/// The keys of a term of which a case says what happened.
pub const TERM_USE: &[Key] = &[
    Key::new("term", ValueKind::Id, "The id of the term.", "legislative").required(),
    Key::new(
        "what",
        ValueKind::Text,
        "What got in the way, or how the term applies here.",
        "The law did not allow one body for both.",
    ),
    Key::new("response", ValueKind::Text, "What they did about it.", "Joint posts with two lines of account."),
];

/// The keys of a place.
pub const PLACE: &[Key] = &[
    Key::new("name", ValueKind::Text, "What it is called.", "Herefordshire")
        .required()
        .completed_with(Completion::Places),
    Key::new(
        "code",
        ValueKind::AreaCode,
        "Its nine-character code from the Office for National Statistics.",
        "E06000019",
    ),
    Key::new("region", ValueKind::Text, "The nation or region that it is in.", "West Midlands")
        .completed_with(Completion::Regions),
];

/// The keys of a partnership's years.
pub const PERIOD: &[Key] = &[
    Key::new("from", ValueKind::Year, "The first year.", "2006").names_elsewhere(&["start", "began", "since"]),
    Key::new("to", ValueKind::Year, "The last year; left out where no end is recorded.", "2013")
        .names_elsewhere(&["end", "ended", "until"]),
    Key::new("changed", ValueKind::Year, "The year in which it took another form.", "2012"),
    Key::new("reported", ValueKind::Year, "The last year that the sources follow it to.", "2019"),
    Key::new("note", ValueKind::Text, "What a year cannot say.", "A shadow board met from 2005."),
];

/// The keys of an author. A name is needed: `name`, `family`, or for a body `organisation` alone.
pub const AUTHOR: &[Key] = &[
    Key::new("name", ValueKind::Text, "The author's whole name.", "Ann Example"),
    Key::new("given", ValueKind::Text, "The given names, where a name is hard to part.", "Ann"),
    Key::new("family", ValueKind::Text, "The family name, where a name is hard to part.", "Example")
        .names_elsewhere(&["surname", "last_name"]),
    Key::new("suffix", ValueKind::Text, "What follows a name, such as Jr.", "Jr"),
    Key::new(
        "organisation",
        ValueKind::Text,
        "The body that the author writes for; without a name, the body is the author.",
        "Example Council",
    )
    .names_elsewhere(&["affiliation", "company"]),
];

/// The keys of a source.
pub const SOURCE: &[Key] = &[
    Key::new("title", ValueKind::Text, "What it is called.", "Joint inspection of adult services").required(),
    Key::new("id", ValueKind::CitationId, "What the text cites it by: `[@id]`.", "kings-fund")
        .names_elsewhere(&["key", "ref"]),
    Key::new(
        "authors",
        ValueKind::OneOrMore(&ValueKind::TextOrMap { keys: AUTHOR, text_is: "organisation" }),
        "Who wrote it, if it was not the publisher.",
        "[{ name: Ann Example }]",
    ),
    Key::new(
        "url",
        ValueKind::WebAddressOrFile,
        "Where it can be read: on the web, or in a file of the library.",
        "https://example.org/report",
    )
    .names_elsewhere(&["link", "href", "address"]),
    Key::new(
        "archived",
        ValueKind::WebAddress,
        "The address of an archived copy.",
        "https://web.archive.org/web/2013/https://example.org/report",
    )
    .names_elsewhere(&["archive", "archive_url"]),
    Key::new("publisher", ValueKind::Text, "Who published it.", "The King's Fund"),
    Key::new("date", ValueKind::PartialDate, "When it was published: a year, a month or a day.", "2013-03")
        .names_elsewhere(&["year", "published"]),
    Key::new("accessed", ValueKind::Day, "The day on which it was read.", "2026-11-22")
        .names_elsewhere(&["retrieved", "access_date"]),
    Key::new(
        "kind",
        ValueKind::Word(&SOURCE_KINDS),
        "Its kind, so that readers can judge how reliable it is.",
        "evaluation",
    )
    .names_elsewhere(&["type"]),
];

/// The keys of a correction.
pub const CORRECTION: &[Key] = &[
    Key::new("date", ValueKind::Day, "The day on which it was put right.", "2026-11-28").required(),
    Key::new(
        "what",
        ValueKind::Text,
        "What was wrong, and what is correct.",
        "The year in which the trust closed was wrong.",
    )
    .required(),
];

/// The keys of an adoption elsewhere.
pub const ADOPTION: &[Key] = &[
    Key::new("place", ValueKind::Text, "Where it was taken up.", "Torbay").required(),
    Key::new("from", ValueKind::Year, "Since which year.", "2019").names_elsewhere(&["start", "since"]),
    Key::new("outcome", ValueKind::Id, "How it went: a term of the vocabulary `outcome`.", "ended")
        .names_elsewhere(&["result"])
        .completed_with(Completion::TermsOf("outcome")),
    Key::new("what", ValueKind::Text, "What they did otherwise, or what came of it.", "One board for both bodies."),
    Key::new("source", ValueKind::CitationId, "The id of the source of the case that says so.", "kings-fund"),
];

/// The keys of a withdrawal.
pub const WITHDRAWN: &[Key] = &[
    Key::new("date", ValueKind::Day, "The day on which it was withdrawn.", "2026-11-22").required(),
    Key::new("why", ValueKind::Text, "The reason, for the public.", "The figures turned out to be wrong.")
        .required()
        .names_elsewhere(&["reason"]),
];

/// The keys of a picture.
pub const IMAGE: &[Key] = &[
    Key::new("src", ValueKind::FilePath, "The picture's file, from the folder of the case on.", "photo.jpg")
        .required()
        .names_elsewhere(&["file", "path", "url"])
        .completed_with(Completion::Files),
    Key::new("alt", ValueKind::Text, "The picture in words, for those who do not see it.", "Two people at one desk")
        .required()
        .names_elsewhere(&["description"]),
    Key::new("credit", ValueKind::Text, "Whose picture it is.", "Example Council")
        .names_elsewhere(&["copyright", "attribution"]),
];

/// The keys of a contact.
pub const CONTACT: &[Key] = &[
    Key::new("name", ValueKind::Text, "The name of a person or an office.", "Ann Example"),
    Key::new("email", ValueKind::Email, "An e-mail address.", "ann@example.org").names_elsewhere(&["mail"]),
];

/// The keys of a licence.
pub const LICENCE: &[Key] = &[
    Key::new("name", ValueKind::Text, "What the licence is called.", "CC BY 4.0")
        .required()
        .names_elsewhere(&["title"]),
    Key::new("url", ValueKind::WebAddress, "Where it can be read.", "https://creativecommons.org/licenses/by/4.0/")
        .names_elsewhere(&["link"]),
];
