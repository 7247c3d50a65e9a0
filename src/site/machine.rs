//! Files for machines: the sitemap, robots.txt, and the files that some hosts read.

use std::io::Cursor;

use jiff::civil::Date;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use crate::{
    model::{Address, PageNumber},
    site::{
        Site,
        plan::{SITEMAP_LIMIT, sitemap_entries, sitemap_part as part_address},
        render::POLICY,
        route::Route,
    },
};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page in a sitemap: its full address, and the day of its last change where it is known.
type Mapped = (String, Option<Date>);

/// The sitemap, or the index of its parts where it is too long for one file.
pub fn sitemap(site: &Site) -> String {
    let count = sitemap_entries(&site.library).count();
    if count <= SITEMAP_LIMIT {
        return urls(pages(site, PageNumber::FIRST));
    }
    let parts =
        PageNumber::all(count, SITEMAP_LIMIT).filter_map(|part| Some((site.full_address(&part_address(part))?, None)));
    document("sitemapindex", "sitemap", parts)
}

/// A part of a sitemap.
pub fn sitemap_part(site: &Site, part: PageNumber) -> String {
    urls(pages(site, part))
}

/// robots.txt, which lets robots read everything. Pages to be left out say so themselves, and a robot must read them to
/// know.
pub fn robots(site: &Site) -> String {
    let sitemap = Address::file("sitemap.xml");
    let named = site.plan.routes.contains_key(&sitemap).then(|| site.full_address(&sitemap)).flatten();
    let line = named.map_or(String::new(), |url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nDisallow:\n{line}")
}

/// The redirects, for hosts that send them without a page.
pub fn redirects(site: &Site) -> String {
    let redirects = site.pages().filter_map(|(from, route)| match route {
        Route::Redirect(to) => Some((from, to)),
        _ => None,
    });
    redirects.map(|(from, to)| format!("{} {} 301\n", site.href(from), site.href(to))).collect()
}

/// The folders whose files are named by a hash of their content.
const NAMED_BY_CONTENT: [&str; 10] = [
    "assets",
    "search/cards",
    "search/columns",
    "search/dictionary",
    "search/parts",
    "search/positions",
    "search/prefixes",
    "search/spellings",
    "search/texts",
    "search/words",
];

/// The beginnings of other files that are named so, in the folder of the search.
const NAMED_BY_CONTENT_IN_SEARCH: [&str; 4] = ["catalogue", "positions", "prefixes", "spellings"];

/// The headers, for hosts that set them. Files named by their content may be cached for ever. The policy here also
/// forbids other sites to frame these pages, which only a header can do. A drawing that is opened by itself is a
/// document, so it gets a policy that allows nothing.
pub fn headers(site: &Site) -> String {
    let base = &site.library.config.base.path;
    let mut headers = format!(
        "{base}*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    for (address, _) in site.pages().filter(|(address, _)| address.as_str().ends_with(".svg")) {
        let drawing = site.href(address);
        headers.push_str(&format!(
            "{drawing}\n  Content-Security-Policy: default-src 'none'; sandbox\n  X-Content-Type-Options: nosniff\n"
        ));
    }
    let folders = NAMED_BY_CONTENT.iter().map(|folder| format!("{folder}/*"));
    let files = NAMED_BY_CONTENT_IN_SEARCH.iter().map(|name| format!("search/{name}.*"));
    for named in folders.chain(files) {
        headers.push_str(&format!("{base}{named}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
    headers
}

fn pages(site: &Site, part: PageNumber) -> impl Iterator<Item = Mapped> {
    let pages = sitemap_entries(&site.library).skip((part.get() - 1) * SITEMAP_LIMIT).take(SITEMAP_LIMIT);
    pages.filter_map(|(address, case)| {
        let changed = case.and_then(|case| site.library.cases[case].last_change());
        Some((site.full_address(&address)?, changed))
    })
}

fn urls(pages: impl Iterator<Item = Mapped>) -> String {
    document("urlset", "url", pages)
}

fn document(root: &str, item: &str, pages: impl Iterator<Item = Mapped>) -> String {
    let mut xml = Writer::new(Cursor::new(Vec::new()));
    let written = (|| {
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element(root).with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
            for (address, changed) in pages {
                xml.create_element(item).write_inner_content(|xml| {
                    xml.create_element("loc").write_text_content(BytesText::new(&address))?;
                    if let Some(day) = changed {
                        xml.create_element("lastmod").write_text_content(BytesText::new(&day.to_string()))?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })?;
        std::io::Result::Ok(())
    })();
    written.expect("memory takes every byte");
    String::from_utf8(xml.into_inner().into_inner()).expect("XML made of text is text")
}
