//! MDX, the Markdown with program code that Astro and Docusaurus read → Markdown.
//!
//! `import` and `export` statements are taken out. Components (`<Chart data={rows} />`) stay in the text, since what
//! they enclose is text. Each is reported with its line. Code blocks and code spans may show both, so nothing is done
//! there.

use std::{borrow::Cow, ops::Range};

use super::{super::Loss, code, shown};
use crate::problem::FilePath;

/// Takes the statements out of a body, and reports them and the components. `first_line` is the line of the file in
/// which the body begins.
pub(super) fn to_markdown<'a>(
    body: &'a str,
    file: &FilePath,
    first_line: usize,
    losses: &mut Vec<Loss>,
) -> Cow<'a, str> {
    if !["import ", "export ", "<"].iter().any(|mark| body.contains(mark)) {
        return body.into();
    }
    let is_mdx = file.extension() == "mdx";
    let code = if is_mdx { code::fences_and_spans(body) } else { code::code(body) };
    let statements = statements(body, is_mdx, &code);
    let line = |at: usize| first_line + body[..at].matches('\n').count();
    for statement in &statements {
        let what = format!("{}, line {}", shown(&body[statement.clone()]), line(statement.start));
        losses.push(Loss::program_code(&what));
    }
    for component in components(body) {
        if !code::is_in(&code, component.start) && !code::is_in(&statements, component.start) {
            let what = format!("{}, line {}", shown(&body[component.clone()]), line(component.start));
            losses.push(Loss::component(&what));
        }
    }
    without(body, &statements)
}

fn without<'a>(text: &'a str, taken_out: &[Range<usize>]) -> Cow<'a, str> {
    if taken_out.is_empty() {
        return text.into();
    }
    let starts = [0].into_iter().chain(taken_out.iter().map(|range| range.end));
    let ends = taken_out.iter().map(|range| range.start).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| &text[start..end]).collect::<String>().into()
}

/// The lines of each statement. In MDX a block that begins with one of its words is a statement; in other Markdown,
/// only lines at the top that import something.
fn statements(text: &str, is_mdx: bool, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut may_begin) = (0, true);
    while at < text.len() {
        let line = text[at..].split_inclusive('\n').next().unwrap_or_default();
        let begins = if is_mdx { begins_statement(line) } else { imports(line) };
        if may_begin && begins && !code::is_in(code, at) {
            let end = at + if is_mdx { length(&text[at..]) } else { line.len() };
            found.push(at..end);
            at = end;
        } else {
            // In MDX a statement begins a block; elsewhere it is above all text.
            may_begin = line.trim().is_empty() && (is_mdx || may_begin);
            at += line.len();
        }
    }
    found
}

fn imports(line: &str) -> bool {
    line.starts_with("import ") && line.contains(" from ") && line.contains(['"', '\''])
}

fn begins_statement(line: &str) -> bool {
    let begins = |word: &str, next: &[char]| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(next));
    begins("import", &[' ', '{', '"', '\'']) || begins("export", &[' ', '{'])
}

/// The length of a statement: the lines until its brackets are closed, or, if they never are, until a blank line.
fn length(text: &str) -> usize {
    let (mut length, mut depth, mut first_block) = (0, 0_i32, None);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            first_block.get_or_insert(length);
        }
        length += line.len();
        depth += line.chars().map(|c| i32::from("{[(".contains(c)) - i32::from("}])".contains(c))).sum::<i32>();
        if depth <= 0 {
            return length;
        }
    }
    first_block.unwrap_or(length)
}

/// The opening tags of components: tags with a capital, as in `<Chart>` and `<Tabs.Item>`, but not `<BR>`, nor the
/// address in `[words](<Two words.md>)` and `[name]: <Two words.md>`.
fn components(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('<').filter_map(|(start, _)| {
        let rest = &text[start + 1..];
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_')?];
        let is_component =
            name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
        let is_address = ["](", "]:"].iter().any(|mark| text[..start].trim_end_matches(' ').ends_with(mark));
        let goes_on = rest[name.len()..].starts_with([' ', '\n', '\r', '\t', '/', '>']);
        (is_component && goes_on && !is_address).then(|| start..start + 1 + tag_end(rest).unwrap_or(name.len()))
    })
}

/// The end of a tag, which may have `>` in quotation marks and in braces.
fn tag_end(rest: &str) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, c) in rest.char_indices() {
        match (c, quote) {
            (_, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'' | '`', None) => quote = Some(c),
            ('{', None) => depth += 1,
            ('}', None) => depth = depth.saturating_sub(1),
            ('>', None) if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The Markdown of a body that begins in line 4, and what is reported.
    #[track_caller]
    fn check(file: &str, body: &str, markdown: &str, reported: &[&str]) {
        let mut losses = Vec::new();
        assert_eq!(to_markdown(body, &FilePath::new(file), 4, &mut losses), markdown);
        let found: Vec<&str> = losses.iter().map(|loss| loss.what.as_str()).collect();
        assert_eq!(found, reported);
    }

    #[test]
    fn statements_are_taken_out_with_all_their_lines() {
        check(
            "a.mdx",
            "import A from './a.astro';\nimport './a.css'\n\nText.\n\nexport const rows = [\n  { a: 1 },\n\n  2,\n];\n\nMore.\n",
            "\nText.\n\n\nMore.\n",
            &[
                "import A from './a.astro';, line 4",
                "import './a.css', line 5",
                "export const rows = [ { a: 1 }, 2, ];, line 9",
            ],
        );
        check("a.mdx", "export const a = {\n\nText.\n", "\nText.\n", &["export const a = {, line 4"]);
        check("a.mdx", "```js\nimport a from 'b'\n```\n", "```js\nimport a from 'b'\n```\n", &[]);
        check("a.mdx", "They\nimport goods from 'abroad'.\n", "They\nimport goods from 'abroad'.\n", &[]);
    }

    #[test]
    fn in_other_markdown_only_imports_at_the_top_are_statements() {
        let import = "import A from './a.astro';, line 4";
        check(
            "a.md",
            "import A from './a.astro';\n\nText\nimport x from 'y'\n",
            "\nText\nimport x from 'y'\n",
            &[import],
        );
        check(
            "a.md",
            "Text.\n\nimport x from 'y'\n\nexport { x }\n",
            "Text.\n\nimport x from 'y'\n\nexport { x }\n",
            &[],
        );
        check("a.md", "export growth was slow.\n", "export growth was slow.\n", &[]);
    }

    #[test]
    fn components_stay_and_are_named_with_their_lines() {
        let body = "<Chart data={rows.filter((x) => x > 1)} />\n\n<Note title=\"a > b\">\n\nIn <Tabs.Item\n  a=\"1\">b</Tabs.Item>.\n\n</Note>\n";
        let reported = [
            "<Chart data={rows.filter((x) => x > 1)} />, line 4",
            "<Note title=\"a > b\">, line 6",
            "<Tabs.Item a=\"1\">, line 8",
        ];
        check("a.mdx", body, body, &reported);
        check("a.md", body, body, &reported);
        check("a.mdx", "<Tabs>\n\n    <Tab>\n", "<Tabs>\n\n    <Tab>\n", &["<Tabs>, line 4", "<Tab>, line 6"]);
    }

    #[test]
    fn html_code_and_addresses_are_no_components() {
        for body in [
            "a<BR>b <b>c</b>\n",
            "`<Chart />`\n",
            "```jsx\n<Chart />\n```\n",
            "<Ann@x.uk> <Https://a.uk>\n",
            "[a](<Two words.md>) ![b]( <My picture.png>)\n\n[c]: <Three words.md>\n",
            "a < B > c <Be",
        ] {
            check("a.md", body, body, &[]);
        }
        check("a.md", "    <Chart />\n", "    <Chart />\n", &[]);
    }
}
