//! The replacement of each known tag.

use super::{
    Replaced, TagFinder, TemplateTag,
    arguments::{Arguments, arguments},
};
use crate::import::{
    ImportKind,
    escape::{escaped, link_to, longest_run_of_backticks},
};

/// The replacement of a tag.
pub(super) fn replaced(
    tag: &TemplateTag<'_>,
    tags: &mut TagFinder<'_>,
    kind: ImportKind,
    base_path: &str,
    is_code: bool,
) -> Replaced {
    let replacement = match tag.opening {
        "{{" => output(tag, base_path),
        "{:" => attributes(tag, kind, is_code),
        "[" => square(tag, tags),
        opening => block(tag, tags, opening),
    };
    match replacement {
        Some((markdown, end)) => Replaced::By(markdown, end),
        None => Replaced::Unknown,
    }
}

/// A tag that prints a value: addresses of the site, and functions of Zola.
fn output(tag: &TemplateTag<'_>, base_path: &str) -> Option<(String, usize)> {
    let inside = tag.inside.trim();
    if let Some(note) = inside.strip_prefix("/*").and_then(|note| note.strip_suffix("*/")) {
        return Some((comment(note), tag.end));
    }
    if matches!(inside, "site.baseurl" | "site.url" | "site.github.url" | "site.base_url") {
        let path = if inside == "site.baseurl" { base_path } else { "" };
        return Some((path.to_owned(), tag.end));
    }
    let mut filters = inside.split('|').map(str::trim);
    let first = filters.next().unwrap_or_default();
    let literal = first.strip_prefix(['"', '\'']).and_then(|text| text.strip_suffix(['"', '\'']));
    if let Some(literal) = literal {
        let is_of_site = filters.any(|filter| {
            matches!(filter, "relative_url" | "absolute_url")
                || filter.starts_with("prepend:") && filter.contains("baseurl")
        });
        let slash = if literal.starts_with('/') || !is_of_site { "" } else { "/" };
        let base = if is_of_site { base_path } else { "" };
        return Some((format!("{base}{slash}{literal}"), tag.end));
    }
    let is_call = inside.ends_with(')') && inside.contains('(');
    let call = arguments(inside);
    (is_call.then(|| media(&call)).flatten()).map(|markdown| (markdown, tag.end))
}

/// Kramdown's attributes, `{: .lead}`, which only style what is beside them.
fn attributes(tag: &TemplateTag<'_>, kind: ImportKind, is_code: bool) -> Option<(String, usize)> {
    (kind == ImportKind::Jekyll && !is_code).then(|| (String::new(), tag.end))
}

/// A tag between `{%` and `%}`, or a shortcode of Hugo.
fn block(tag: &TemplateTag<'_>, tags: &mut TagFinder<'_>, opening: &str) -> Option<(String, usize)> {
    let inside = tag.inside.trim();
    // A shortcode of Hugo with comment marks inside is shown as text.
    if let Some(shown) = inside.strip_prefix("/*").and_then(|shown| shown.strip_suffix("*/")) {
        let closing = if opening == "{{<" { ">}}" } else { "%}}" };
        return Some((format!("{opening} {} {closing}", shown.trim()), tag.end));
    }
    let call = arguments(inside);
    match call.name.as_str() {
        "highlight" | "codeblock" => {
            let (code, end) = tags.until_end(tag, &call.name)?;
            let language = call
                .positional(0)
                .filter(|word| word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+'))
                .unwrap_or_default();
            let fence = "`".repeat(longest_run_of_backticks(code).max(2) + 1);
            Some((format!("{fence}{language}\n{}\n{fence}", code.trim_matches('\n')), end))
        }
        "raw" | "verbatim" | "rawhtml" => tags.until_end(tag, &call.name).map(|(shown, end)| (shown.to_owned(), end)),
        "comment" => tags.until_end(tag, &call.name).map(|(note, end)| (comment(note), end)),
        "post_url" => Some((format!("/_posts/{}.md", inside.strip_prefix("post_url")?.trim()), tag.end)),
        "link" => Some((format!("/{}", call.positional(0)?.trim_start_matches('/')), tag.end)),
        "ref" | "relref" => {
            Some((call.positional(0).or_else(|| call.named(&["path"])).unwrap_or_default().to_owned(), tag.end))
        }
        "include" | "include_relative" | "include_cached" => {
            let mut inner = arguments(inside.split_once(char::is_whitespace)?.1);
            inner.name =
                inner.name.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
            let shown = media(&inner).or_else(|| if is_of_a_picture(&inner) { picture(&inner) } else { None });
            shown.map(|markdown| (markdown, tag.end))
        }
        _ => media(&call).map(|markdown| (markdown, tag.end)),
    }
}

/// WordPress's tags.
fn square(tag: &TemplateTag<'_>, tags: &mut TagFinder<'_>) -> Option<(String, usize)> {
    let closing = match tag.inside.split_whitespace().next()? {
        "embed" => "[/embed]",
        "caption" => "[/caption]",
        _ => return None,
    };
    let closed = tags.marks.next(closing, tag.end)?;
    let inside = tags.text[tag.end..closed].trim();
    let end = closed + closing.len();
    match closing {
        "[/embed]" => Some((format!("<{inside}>"), end)),
        _ => {
            let picture_end = match inside.rfind('>') {
                Some(at) => at + 1,
                None => inside.rfind(')')? + 1,
            };
            let caption = inside[picture_end..].trim();
            Some((with_caption(inside[..picture_end].to_owned(), caption), end))
        }
    }
}

/// A picture or a video: as Markdown, or as a link to it.
fn media(call: &Arguments) -> Option<String> {
    let id =
        || call.named(&["id", "video_id", "video", "youtube_id"]).or_else(|| call.positional(0)).map(str::to_owned);
    match call.name.as_str() {
        "figure" | "img" | "image" | "picture" | "resize_image" | "fig" => picture(call),
        "youtube" | "youtubeplayer" => {
            let id = id()?;
            let address = if id.contains("://") { id } else { format!("https://www.youtube.com/watch?v={id}") };
            Some(link_to(&address, "Video on YouTube"))
        }
        "vimeo" => Some(link_to(&format!("https://vimeo.com/{}", id()?), "Video on Vimeo")),
        "gist" => {
            let words: Vec<&str> = (0..2).filter_map(|n| call.positional(n)).collect();
            let (mut address, mut shown) =
                (format!("https://gist.github.com/{}", words.join("/")), "Code on GitHub".to_owned());
            if let Some(file) = call.positional(2) {
                let anchor = file.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
                address.push_str(&format!("#file-{anchor}"));
                shown.push_str(&format!(": {}", escaped(file)));
            }
            (!words.is_empty()).then(|| link_to(&address, &shown))
        }
        "tweet" | "x" | "twitter" => {
            let (user, id) =
                (call.named(&["user"]).unwrap_or("i"), call.named(&["id"]).or_else(|| call.positional(0))?);
            let address =
                if id.contains("://") { id.to_owned() } else { format!("https://twitter.com/{user}/status/{id}") };
            Some(link_to(&address, "Post on Twitter"))
        }
        "instagram" => Some(link_to(&format!("https://www.instagram.com/p/{}/", id()?), "Picture on Instagram")),
        // A site's own tags, such as `img-right`.
        own if own.split(['-', '_']).any(|part| matches!(part, "img" | "image" | "picture")) => picture(call),
        _ => None,
    }
}

/// Is this the include of a picture?
fn is_of_a_picture(call: &Arguments) -> bool {
    let endings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"];
    let source =
        call.named(&["src", "url", "path", "image_path", "image", "file", "img"]).unwrap_or_default().to_lowercase();
    endings.iter().any(|ending| source.ends_with(ending))
}

fn picture(call: &Arguments) -> Option<String> {
    let source = call
        .named(&["src", "url", "path", "image_path", "image", "file", "img"])
        .or_else(|| (0..3).filter_map(|n| call.positional(n)).find(|word| word.contains(['/', '.'])))?;
    let alt = escaped(call.named(&["alt", "alt_text"]).unwrap_or_default());
    let picture = format!("!{}", link_to(source, &alt));
    let picture = match call.named(&["link"]).filter(|link| !link.is_empty()) {
        Some(link) => link_to(link, &picture),
        None => picture,
    };
    Some(with_caption(picture, &caption(call)))
}

/// The words below a picture: its title, its caption and its credit, as Hugo shows all three.
fn caption(call: &Arguments) -> String {
    let part = |name: &str| call.named(&[name]).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let credit = match (part("attr"), part("attrlink")) {
        (Some(words), Some(link)) => Some(link_to(&link, &escaped(&words))),
        (Some(words), None) => Some(words),
        (None, link) => link.map(|link| link_to(&link, &escaped(&link))),
    };
    let mut caption = String::new();
    for part in [part("title"), part("caption"), credit].into_iter().flatten() {
        if !caption.is_empty() {
            caption.push_str(if caption.ends_with(['.', '!', '?']) { " " } else { ". " });
        }
        caption.push_str(&part);
    }
    caption
}

/// A picture with its caption below.
fn with_caption(picture: String, caption: &str) -> String {
    let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
    if caption.is_empty() { picture } else { format!("{picture}\n\n*{}*", caption.replace('*', "")) }
}

/// A hidden comment of HTML. Two hyphens side by side, or a `>` at the start, would end it.
pub fn comment(note: &str) -> String {
    let mut note = note.trim().to_owned();
    while note.contains("--") {
        note = note.replace("--", "- -");
    }
    format!("<!-- {note} -->")
}
