//! A page for an archive copy, which is opened from a folder on a disk: links are relative and name files.
//!
//! Takes a published page and rewrites it; templates know nothing of archives. The content security policy is removed,
//! because on a disk no address is "self" and a browser would refuse even the style sheet. Links to other sites and
//! full addresses of this one stay: an archive says where it came from.
//!
//! Browsers load no modules from a disk, and let no script read files there. So the modules of the search are written
//! as plain scripts, which load each other, and each file of the index as a script that passes its bytes on. Other
//! modules are removed, with what needs them, and their pages say that they work on the website.

use base64::{Engine, prelude::BASE64_STANDARD};
use lol_html::{
    HandlerResult, RewriteStrSettings, element,
    html_content::{ContentType, Element},
    rewrite_str, text,
};
use quick_xml::escape::escape;

use super::links::{rewrite, with_links};
use crate::model::{Address, config::BaseUrl};

/// A page of an archive copy. `notice` says that a page works on the website alone; its address is added.
pub fn page(html: &str, address: &Address, base: &BaseUrl, notice: &str) -> String {
    let depth = address.output_path().matches('/').count();
    let relative = |link: &str| relative(link, depth, &base.path);
    let has_search = html.contains(" data-module=");
    let links = element!("*", |element| {
        rewrite(element, relative);
        Ok(())
    });
    let modules = element!("script[type=module], link[rel=modulepreload], link[rel=preload]", keep_search_modules);
    let without_scripts = element!("noscript", |element| {
        if !has_search {
            element.remove_and_keep_content();
        }
        Ok(())
    });
    let online = base.full(address);
    // The parser takes the content of a noscript for text, as a browser that runs scripts does.
    let mut unparsed = String::new();
    let text_without_scripts = text!("noscript", move |chunk| {
        unparsed.push_str(chunk.as_str());
        if chunk.last_in_text_node() {
            let html = with_links(&std::mem::take(&mut unparsed), relative);
            let html = if has_search { html } else { with_notice(&html, notice, online.as_deref()) };
            chunk.replace(&html, ContentType::Html);
        } else {
            chunk.remove();
        }
        Ok(())
    });
    let without_module = element!(NEEDS_MODULE, |element| {
        element.remove();
        Ok(())
    });
    let data = element!("[data-module], [data-href], [data-glossary]", |element| { rewrite_data(element, relative) });
    let policy_and_redirects = element!("meta[http-equiv]", |element| rewrite_http_equiv(element, relative));
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(links)
        .append_element_content_handler(modules)
        .append_element_content_handler(without_scripts)
        .append_element_content_handler(text_without_scripts)
        .append_element_content_handler(without_module)
        .append_element_content_handler(data)
        .append_element_content_handler(policy_and_redirects)
        .with_strict(false);
    rewrite_str(html, settings).expect("no handler fails, nothing is strict, and memory is not limited")
}

/// What does nothing without a module that is removed. A form with an action leads to the search, which works.
const NEEDS_MODULE: &str = ".cb-needs-scripts:not([action]), [data-part=pick], #cb-tray, #cb-beside, #cb-contribute";

/// Replaces the notice that scripts are off, which would not be true, by another. `online` is the address of the page
/// on the website.
fn with_notice(html: &str, notice: &str, online: Option<&str>) -> String {
    let notices = element!(".cb-notice", |element| {
        element.set_inner_content(notice, ContentType::Text);
        if let Some(online) = online {
            let online = escape(online);
            element.append(&format!(" <a href=\"{online}\">{online}</a>"), ContentType::Html);
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(notices).with_strict(false);
    rewrite_str(html, settings).expect("no handler fails, nothing is strict, and memory is not limited")
}

/// Makes a module that searches a plain script, and removes every other module.
fn keep_search_modules(element: &mut Element<'_, '_>) -> HandlerResult {
    let script = element.get_attribute("src").unwrap_or_default();
    let name = script.rsplit('/').next().unwrap_or_default();
    if SEARCHING.iter().any(|known| name.starts_with(known)) {
        element.remove_attribute("type");
        element.set_attribute("defer", "")?;
    } else {
        element.remove();
    }
    Ok(())
}

/// Makes the addresses relative that scripts read from an element.
fn rewrite_data(element: &mut Element<'_, '_>, relative: impl Fn(&str) -> Option<String>) -> HandlerResult {
    for name in ["data-module", "data-href"] {
        if let Some(link) = element.get_attribute(name).and_then(|link| relative(&link)) {
            element.set_attribute(name, &link)?;
        }
    }
    // No browser lets a script read a page from a disk.
    element.remove_attribute("data-glossary");
    Ok(())
}

/// Removes the content security policy, and makes the address of a redirect relative.
fn rewrite_http_equiv(element: &mut Element<'_, '_>, relative: impl Fn(&str) -> Option<String>) -> HandlerResult {
    let kind = element.get_attribute("http-equiv").unwrap_or_default();
    let content = element.get_attribute("content").unwrap_or_default();
    if kind.eq_ignore_ascii_case("content-security-policy") {
        element.remove();
    } else if let Some((wait, link)) = content.split_once("url=")
        && let Some(link) = relative(link)
    {
        element.set_attribute("content", &format!("{wait}url={link}"))?;
    }
    Ok(())
}

/// The starts of the names of the theme's modules that search, or mark search terms, and of those that they import.
const SEARCHING: [&str; 8] = ["search.", "search-", "suggest.", "case.", "near.", "strip.", "elements.", "texts."];

/// Is it the path of a module that becomes a plain script?
pub fn is_module(path: &str) -> bool {
    let name = path.strip_prefix("assets/").filter(|name| name.ends_with(".js"));
    let is_of_search = path == "search/search.js" || (path.starts_with("search/parts/") && path.ends_with(".js"));
    is_of_search || name.is_some_and(|name| SEARCHING.iter().any(|known| name.starts_with(known)))
}

/// Is it the path of a file of the index?
pub fn is_index(path: &str) -> bool {
    path.starts_with("search/") && !path.ends_with(".html") && !path.ends_with(".js")
}

/// A module as a plain script: a function that returns the exports, which are stored by the address of the script.
/// Imports load such scripts, each once.
pub fn script(module: &str) -> String {
    const IMPORT: &str = "const casebookLoad = (src) => new Promise((done, failed) => {\n  \
        document.head.append(Object.assign(document.createElement(\"script\"), { src, onload: done, onerror: failed }));\n});\n\
        const casebookImport = async (name) => {\n  \
        const { href } = new URL(name, casebookHere);\n  \
        if (!casebookModules[href]) await (casebookLoading[href] ??= casebookLoad(href));\n  \
        return casebookModules[href];\n};\n\
        globalThis.casebookBytes = async (url) => {\n  \
        await casebookLoad(url + \".js\");\n  \
        return Uint8Array.from(atob(globalThis.casebookFile), (sign) => sign.charCodeAt(0));\n};\n";
    let (mut plain, mut exported) = (String::new(), Vec::new());
    let mut lines = module.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("export ") {
            Some(export) => plain.push_str(&declaration(export, &mut exported)),
            None if line.starts_with("import ") => {
                let mut import = line.to_owned();
                while !import.ends_with(';') {
                    let Some(line) = lines.next() else { break };
                    import.push_str(line);
                }
                plain.push_str(&with_import(&import));
            }
            None => plain.push_str(line),
        }
        plain.push('\n');
    }
    let plain = plain.replace("import.meta.url", "casebookHere").replace("await import(", "await casebookImport(");
    format!(
        "globalThis.casebookModules ??= {{}};\nglobalThis.casebookLoading ??= {{}};\n\
         casebookModules[document.currentScript.src] = (async (casebookHere) => {{\n\
         {IMPORT}{plain}return {{ {} }};\n}})(document.currentScript.src);\n",
        exported.join(", ")
    )
}

/// Replaces an `export` by a plain declaration, or by nothing. Adds its names to those that are exported.
fn declaration(export: &str, exported: &mut Vec<String>) -> String {
    if let Some(names) = export.strip_prefix("{ ").and_then(|names| names.strip_suffix(" };")) {
        exported.push(names.to_owned());
        return String::new();
    }
    if let Some(value) = export.strip_prefix("default ") {
        exported.push("default: casebookDefault".to_owned());
        return format!("const casebookDefault = {value}");
    }
    let words = export.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
    let name = words.into_iter().find(|word| !word.is_empty() && !DECLARING.contains(word));
    exported.extend(name.map(str::to_owned));
    export.to_owned()
}

/// The words before the name of a declaration.
const DECLARING: [&str; 6] = ["async", "function", "class", "const", "let", "var"];

/// `import { a } from "./b.js";` as a declaration.
fn with_import(import: &str) -> String {
    let parts = import.strip_prefix("import ").and_then(|rest| rest.split_once(" from "));
    parts.map_or_else(String::new, |(names, from)| {
        format!("const {names} = await casebookImport({});", from.trim_end_matches(';'))
    })
}

/// A file of the index as a script that passes its bytes on.
pub fn index_script(bytes: &[u8]) -> String {
    format!("casebookFile=\"{}\"\n", BASE64_STANDARD.encode(bytes))
}

/// The relative form of a link, in a page `depth` folders deep; none if it leaves the site.
fn relative(link: &str, depth: usize, base: &str) -> Option<String> {
    if link.starts_with("//") {
        return None;
    }
    let within = link.strip_prefix(base)?;
    let end = within.find(['?', '#']).unwrap_or(within.len());
    let (path, rest) = within.split_at(end);
    let up = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
    let file = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    Some(format!("{up}{path}{file}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page of a site at this path.
    fn page_of(html: &str, address: &str, path: &str) -> String {
        let base = BaseUrl { origin: None, path: path.to_owned() };
        page(html, &Address::parse(address).unwrap(), &base, "On the website.")
    }

    #[test]
    fn links_in_noscript_are_relative_too() {
        let html = "<noscript><a href=\"/book/tier/unitary/\">Unitary</a></noscript>";
        let made = page_of(html, "/places/", "/book/");
        assert_eq!(made, "<a href=\"../tier/unitary/index.html\">Unitary</a>");
    }

    #[track_caller]
    fn check(link: &str, from: &str, expected: &str) {
        let html = format!("<a href=\"{link}\">x</a>");
        let made = page_of(&html, from, "/book/");
        assert_eq!(made, format!("<a href=\"{expected}\">x</a>"));
    }

    #[test]
    fn links_are_relative_and_name_files() {
        check("/book/", "/", "./index.html");
        check("/book/cases/torbay/", "/", "./cases/torbay/index.html");
        check("/book/cases/torbay/#a", "/cases/essex/", "../../cases/torbay/index.html#a");
        check("/book/search/?q=a&amp;b=1#x", "/places/", "../search/index.html?q=a&amp;b=1#x");
        check("/book/assets/style.0a.css", "/404.html", "./assets/style.0a.css");
        check("/book/a%20b/", "/", "./a%20b/index.html");
    }

    #[test]
    fn links_to_other_sites_stay() {
        for link in ["#a", "https://example.org/book/", "//example.org/book/", "/other/", "data:text/plain,/book/", ""]
        {
            check(link, "/a/", link);
        }
    }

    #[test]
    fn a_redirect_leads_to_a_file_and_the_policy_is_removed() {
        let html = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\
                    <meta http-equiv=\"refresh\" content=\"0; url=/book/a/\"><meta name=\"x\" content=\"url=/book/\">";
        let made = page_of(html, "/old/", "/book/");
        assert_eq!(
            made,
            "<meta http-equiv=\"refresh\" content=\"0; url=../a/index.html\"><meta name=\"x\" content=\"url=/book/\">"
        );
    }

    #[test]
    fn other_pages_are_shown_as_without_scripts() {
        let html = "<link rel=\"modulepreload\" href=\"/m.js\"><script type=\"module\" src=\"/compare.0a.js\"></script>\
                    <script type=\"application/ld+json\">{}</script><noscript><p>Off.</p></noscript>";
        let made = page_of(html, "/search/", "/");
        assert_eq!(made, "<script type=\"application/ld+json\">{}</script><p>Off.</p>");
    }

    #[test]
    fn what_does_not_work_is_removed_and_its_page_names_the_website() {
        let html = "<a class=\"cb-plainbutton cb-needs-scripts\" href=\"/book/compare/\">Compare</a>\
                    <form class=\"cb-needs-scripts\" action=\"/book/search/\">Find</form>\
                    <label data-part=\"pick\">Compare</label><form id=\"cb-tray\" action=\"/book/compare/\">None</form>\
                    <div id=\"cb-beside\" hidden><a href=\"#cb-choose\">Add</a></div>\
                    <noscript><p class=\"cb-notice\">Off.</p><p><a href=\"/book/a/\">A</a></p></noscript>";
        let left = "<form class=\"cb-needs-scripts\" action=\"../search/index.html\">Find</form>";
        let behind = "<p><a href=\"../a/index.html\">A</a></p>";
        let address = Address::parse("/compare/").unwrap();
        let known = BaseUrl { origin: Some("https://example.org".to_owned()), path: "/book/".to_owned() };
        assert_eq!(
            page(html, &address, &known, "On the website & not here."),
            format!(
                "{left}<p class=\"cb-notice\">On the website &amp; not here. \
                 <a href=\"https://example.org/book/compare/\">https://example.org/book/compare/</a></p>{behind}"
            )
        );
        let unknown = page_of(html, "/compare/", "/book/");
        assert_eq!(unknown, format!("{left}<p class=\"cb-notice\">On the website.</p>{behind}"));
    }

    #[test]
    fn the_modules_of_the_search_become_plain_scripts() {
        let html = "<script type=\"module\" src=\"/assets/search.0a.js\"></script><div data-module=\"/search/search.js\"></div>\
                    <noscript><p>Off.</p></noscript>";
        let made = page_of(html, "/search/", "/");
        assert_eq!(
            made,
            "<script src=\"../assets/search.0a.js\" defer=\"\"></script><div data-module=\"../search/search.js\"></div>\
             <noscript><p>Off.</p></noscript>"
        );
        let module = "import { a } from \"./a.js\";\nimport {\n  b,\n  c,\n} from \"./b.js\";\n\
                      export async function openLibrary() { return import.meta.url; }\nexport { words };\nexport const d = 1;\n";
        let plain = script(module);
        assert!(!plain.contains("export") && !plain.contains("import.meta"), "{plain}");
        assert!(plain.contains("const { a } = await casebookImport(\"./a.js\");\nconst {  b,  c,} = await"), "{plain}");
        assert!(plain.contains("return { openLibrary, words, d };"), "{plain}");
        let part = script("export default ({ words }) => {\nreturn { words };\n};\n");
        assert!(part.contains("return { default: casebookDefault };"), "{part}");
        assert_eq!(index_script(b"ab"), "casebookFile=\"YWI=\"\n");
    }

    #[test]
    fn a_site_at_the_root_is_rewritten_too() {
        let made = page_of("<img src=\"/a.png\"><a href=\"//b/\">b</a>", "/c/", "/");
        assert_eq!(made, "<img src=\"../a.png\"><a href=\"//b/\">b</a>");
    }
}
