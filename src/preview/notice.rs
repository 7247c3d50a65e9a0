//! The text of pages that the preview shows instead of a page that has moved, is gone, or has always been faulty.
//!
//! Gives a heading and HTML, which are put into the theme's own frame.

use crate::{
    html::value,
    model::Address,
    preview::{
        former_pages::{FormerPage, PageChange},
        row::copy,
        state::{PageLink, PreviewState},
    },
    problem::FilePath,
};

/// The heading and text for a page that is no longer at its address.
pub fn former_page(preview: &PreviewState, address: &Address, former: &FormerPage) -> (&'static str, String) {
    let at = former.at.strftime("%H:%M");
    let link = |page: &PageLink| {
        format!("<a href=\"{}\">{}</a>", value(&preview.site.href(&page.address)), value(&page.title))
    };
    let list = |pages: &[PageLink]| {
        let items: String = pages.iter().map(|page| format!("<li>{}</li>\n", link(page))).collect();
        format!("<ul>\n{items}</ul>\n")
    };
    match &former.change {
        PageChange::Moved(file, page) => ("This page has moved", moved(preview, address, former, file, page)),
        PageChange::OneOf(pages) => (
            "This page is gone",
            format!(
                "<p>Its file was removed at {at}. These came at the same moment; it may be one of them:</p>\n{}{}",
                list(pages),
                how_to_remove_address(address, former)
            ),
        ),
        PageChange::Hidden => (
            "This page is not shown",
            format!(
                "<p>Its file is there, but since {at} it is not shown: it is a draft, or dated ahead, or its address belongs to \
                another file.</p>\n<p><code>{}</code></p>\n",
                value(former.file.as_str())
            ),
        ),
        PageChange::Removed(pages) => {
            let similar = match pages.as_slice() {
                [] => String::new(),
                pages => format!("<h2>Pages with titles like its own</h2>\n{}", list(pages)),
            };
            (
                "This page is gone",
                format!("<p>Its file was removed at {at}.</p>\n{similar}{}", how_to_remove_address(address, former)),
            )
        }
    }
}

fn moved(preview: &PreviewState, address: &Address, former: &FormerPage, file: &FilePath, page: &PageLink) -> String {
    let at = former.at.strftime("%H:%M");
    let (href, title) = (value(&preview.site.href(&page.address)), value(&page.title));
    let how = if *file == former.file { "You changed its address" } else { "You renamed its file" };
    let files = match *file == former.file {
        true => format!("<dt>File</dt><dd><code>{}</code></dd>\n", value(file.as_str())),
        false => format!(
            "<dt>File before</dt><dd><code>{}</code></dd>\n<dt>File now</dt><dd><code>{}</code></dd>\n",
            value(former.file.as_str()),
            value(file.as_str())
        ),
    };
    let line = format!("aliases: [{address}]");
    format!(
        "<p>{how} at {at}. It is now <a href=\"{href}\">{title}</a>.</p>\n\
        <p><a class=\"casebook-go\" href=\"{href}\">Go to its new address</a></p>\n<dl>\n{files}</dl>\n\
        <h2>Keep the old address working</h2>\n\
        <p>Anyone who kept the old link will find nothing. Write this line at the top of the file, between the two lines of three \
        hyphens.</p>\n<pre><code>{}</code></pre>\n{}",
        value(&line),
        button("Copy the line", &line)
    )
}

/// How to remove an address on purpose.
fn how_to_remove_address(address: &Address, former: &FormerPage) -> String {
    let line = format!("gone: [{address}]");
    format!(
        "<dl>\n<dt>File before</dt><dd><code>{}</code></dd>\n</dl>\n<h2>If you removed it on purpose</h2>\n\
        <p>Write this line in <code>casebook.yaml</code>, and no message reports this address as lost.</p>\n\
        <pre><code>{}</code></pre>\n{}",
        value(former.file.as_str()),
        value(&line),
        button("Copy the line", &line)
    )
}

fn button(label: &str, text: &str) -> String {
    format!("<p class=\"casebook-notice\">{}</p>\n", copy(label, text))
}

/// The heading and text for a page whose file has been faulty from the start.
pub fn unready(file: Option<&FilePath>) -> (&'static str, String) {
    let file = file.map_or_else(String::new, |file| format!("<p><code>{}</code></p>\n", value(file.as_str())));
    (
        "This page cannot be shown yet",
        format!("<p>Its file has an error. The panel below says where, and what to do.</p>\n{file}"),
    )
}
