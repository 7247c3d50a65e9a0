//! The keys of casebook.yaml.

use super::{Key, ValueKind, case::LICENCE, words};
use crate::model::{
    config::{MAX_COLUMNS, MAX_ROWS},
    own_field::FieldKind,
};

const FIELD_KINDS: [&str; 5] = words(FieldKind::ALL);

/// The keys of casebook.yaml.
pub const SETTINGS: &[Key] = &[
    Key::new("title", ValueKind::Text, "The name of the library.", "The partnership casebook")
        .required()
        .names_elsewhere(&["name", "site_name", "site_title"])
        .initial_value("My casebook"),
    Key::new("tagline", ValueKind::Text, "A line under the name.", "How leaders lead what they do not control")
        .names_elsewhere(&["description", "subtitle", "slogan"])
        .initial_value("What happened, what got in the way, and what others can learn"),
    Key::new(
        "base_url",
        ValueKind::Address,
        "Where the site will be published; with a full address it has a sitemap.",
        "https://example.org/casebook/",
    )
    .names_elsewhere(&["url", "baseurl", "baseURL", "site_url", "siteUrl", "canonical"])
    .initial_value("/"),
    Key::new("language", ValueKind::Language, "The language of the library and of the site's own words.", "en-GB")
        .names_elsewhere(&["lang", "locale", "languageCode", "default_language"])
        .initial_value("en-GB"),
    Key::new("theme", ValueKind::Text, "The folder under themes/ whose files replace the built-in ones.", "default"),
    Key::new(
        "facets",
        ValueKind::List(&ValueKind::Vocabulary),
        "The vocabularies that are filters, in this order.",
        "[sector, tier, barrier]",
    )
    .names_elsewhere(&["filters", "taxonomies"])
    .initial_value("[sector, tier, barrier]"),
    Key::new(
        "map",
        ValueKind::Map(MAP),
        "The axes of the evidence map: two of the filters.",
        "{ rows: barrier, columns: sector }",
    ),
    Key::new("per_page", ValueKind::NumberWithin(1, 500), "How many cases one page of a list shows.", "20")
        .names_elsewhere(&["paginate", "paginate_by", "posts_per_page", "page_size"])
        .initial_value("20"),
    Key::new(
        "publisher",
        ValueKind::Map(PUBLISHER),
        "Who publishes the library.",
        "{ name: The council, url: https://example.org/, email: casebook@example.org }",
    )
    .names_elsewhere(&["organisation", "organization", "owner"]),
    Key::new(
        "licence",
        ValueKind::Map(LICENCE),
        "The terms of reuse of the content.",
        "{ name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/ }",
    )
    .names_elsewhere(&["license", "rights", "copyright"]),
    Key::new("logo", ValueKind::FilePath, "A picture before the name: a file under content/, which may be an .svg.", "logo.png"),
    Key::new("favicon", ValueKind::FilePath, "The picture in the browser's tab: a file under content/, which may be an .ico or an .svg.", "favicon.png")
        .names_elsewhere(&["icon"]),
    Key::new(
        "accent",
        ValueKind::Colour,
        "The colour of links and bars, in quotation marks; a theme darkens one that is too pale on white.",
        "\"#0b5d5e\"",
    )
    .names_elsewhere(&["color", "colour", "theme_color", "primary_color", "brand_colour"]),
    Key::new(
        "footer",
        ValueKind::List(&ValueKind::Map(FOOTER_LINK)),
        "Links at the foot of each page.",
        "- { text: About, url: /about/ }",
    )
    .names_elsewhere(&["footer_links", "links", "menu"]),
    Key::new(
        "fields",
        ValueKind::Named(OWN_FIELD),
        "The library's own keys, which a case may have; shown among its facts in this order.",
        "{ cost: { label: Cost to the partners, kind: text } }",
    )
    .names_elsewhere(&["custom_fields", "properties"]),
    Key::new(
        "marks",
        ValueKind::List(&ValueKind::Vocabulary),
        "The vocabularies whose terms are shown as marks with every title; left out, outcome and evidence if they exist.",
        "[tier]",
    ),
    Key::new(
        "events",
        ValueKind::List(&ValueKind::Map(EVENT)),
        "Events, drawn as dotted lines where many lifelines are drawn together (home, terms, regions); four at most.",
        "- { year: 2013, label: Primary care trusts close }",
    )
    .names_elsewhere(&["milestones", "timeline"]),
    Key::new(
        "contribute",
        ValueKind::Map(CONTRIBUTE),
        "Offers a form at /contribute/, as an e-mail address of the publisher does too, and says where a finished case can be sent.",
        "{ email: casebook@example.org, repository: https://github.com/example/casebook }",
    )
    .names_elsewhere(&["submit"]),
    Key::new(
        "finder",
        ValueKind::Map(FINDER),
        "The question on the home page, so that readers find cases like their own.",
        "{ sentence: \"Our kind of council is {tier}, and what gets in the way is {barrier}.\" }",
    ),
    Key::new(
        "regions",
        ValueKind::List(&ValueKind::Map(REGION)),
        "The positions of the regions' tiles, on a grid that resembles a map.",
        "- { name: London, column: 4, row: 5 }",
    ),
    Key::new(
        "gone",
        ValueKind::OneOrMore(&ValueKind::SiteAddress),
        "Addresses that were removed on purpose, so that they are not reported as lost.",
        "[/cases/old-pilot/]",
    ),
    Key::new(
        "share_cards",
        ValueKind::Flag,
        "Makes share cards, the pictures that other sites show with links to a case, if `base_url` has a host; left out, they are \
         made, unless there are few files.",
        "true",
    )
    .names_elsewhere(&["og_image", "social_cards"]),
    Key::new(
        "few_files",
        ValueKind::Flag,
        "Makes fewer and larger files, for hosts that count them; left out, from 5,000 cases on.",
        "true",
    ),
    Key::new(
        "checks",
        ValueKind::Levels,
        "Levels of problems that differ from the usual, by code: off, warning or error.",
        "{ review-due: off }",
    )
    .names_elsewhere(&["rules", "lint"]),
    Key::new("extra", ValueKind::Anything, "Anything, for a theme.", "{ colour: green }")
        .names_elsewhere(&["params", "custom", "meta", "data"]),
];

/// The keys of the evidence map's axes.
pub const MAP: &[Key] = &[
    Key::new("rows", ValueKind::Vocabulary, "The vocabulary whose terms are the rows.", "barrier").required(),
    Key::new("columns", ValueKind::Vocabulary, "The vocabulary whose terms are the columns.", "sector").required(),
];

/// The keys of a key of the library's own.
pub const OWN_FIELD: &[Key] = &[
    Key::new(
        "label",
        ValueKind::Text,
        "Its label for readers; left out, it is made from the key.",
        "Cost to the partners",
    )
    .names_elsewhere(&["name", "title"]),
    Key::new("kind", ValueKind::Word(&FIELD_KINDS), "What a case may say under it; left out, a text.", "number")
        .names_elsewhere(&["type"]),
];

/// The keys of a year on the lifelines.
pub const EVENT: &[Key] = &[
    Key::new("year", ValueKind::Year, "The year.", "2013").required().names_elsewhere(&["date"]),
    Key::new("label", ValueKind::Text, "What happened in it.", "Primary care trusts close")
        .required()
        .names_elsewhere(&["name", "title", "text"]),
    Key::new(
        "url",
        ValueKind::Address,
        "Where it can be read about: an address on the web, or on this site, beginning with /.",
        "https://example.org/",
    )
    .names_elsewhere(&["link", "href"]),
];

/// The keys of the finder.
pub const FINDER: &[Key] = &[Key::new(
    "sentence",
    ValueKind::Text,
    "A sentence that names one to four vocabularies in braces, each a choice of its terms.",
    "\"Our kind of council is {tier}, and what gets in the way is {barrier}.\"",
)
.required()];

/// The keys of a region's tile.
pub const REGION: &[Key] = &[
    Key::new("name", ValueKind::Text, "The region's name, as cases write it.", "London")
        .required()
        .names_elsewhere(&["region", "label"]),
    Key::new("column", ValueKind::NumberWithin(1, MAX_COLUMNS as i64), "Its column, from the left.", "4")
        .required()
        .names_elsewhere(&["col", "x"]),
    Key::new("row", ValueKind::NumberWithin(1, MAX_ROWS as i64), "Its row, from the top.", "5")
        .required()
        .names_elsewhere(&["y"]),
];

/// The keys of the form by which anyone writes a case.
pub const CONTRIBUTE: &[Key] = &[
    Key::new(
        "email",
        ValueKind::Email,
        "Where a finished case is sent; left out, the publisher's address.",
        "casebook@example.org",
    )
    .names_elsewhere(&["mail"]),
    Key::new(
        "repository",
        ValueKind::WebAddress,
        "Where a new file can be created: the repository, or a branch of it, on GitHub, GitLab, Gitea or Forgejo.",
        "https://github.com/example/casebook",
    )
    .names_elsewhere(&["repo"]),
];

/// The keys of the publisher.
pub const PUBLISHER: &[Key] = &[
    Key::new("name", ValueKind::Text, "The publisher's name.", "The council").required(),
    Key::new("url", ValueKind::WebAddress, "The publisher's own site.", "https://example.org/")
        .names_elsewhere(&["link", "website"]),
    Key::new("email", ValueKind::Email, "Where readers can write to.", "casebook@example.org")
        .names_elsewhere(&["mail"]),
];

/// The keys of a link at the foot of each page.
pub const FOOTER_LINK: &[Key] = &[
    Key::new("text", ValueKind::Text, "The words of the link.", "About")
        .required()
        .names_elsewhere(&["label", "title", "name"]),
    Key::new("url", ValueKind::Address, "Its address: on the web, or on this site, beginning with /.", "/about/")
        .required()
        .names_elsewhere(&["link", "href"]),
];
