//! MDX, the Markdown with program code that Astro and Docusaurus read → Markdown.
//!
//! `import` and `export` statements are taken out. Components (`<Chart data={rows} />`) stay in the text, since what
//! they enclose is text. Each is reported with its line. Code blocks and code spans may show both, so nothing is done
//! there.

use std::{borrow::Cow, ops::Range};

use super::{super::Loss, code, one_line};
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
    let mut lines = LineCounter { text: body, at: 0, line: first_line };
    for statement in &statements {
        let what = format!("{}, line {}", one_line(&body[statement.clone()]), lines.line_at(statement.start));
        losses.push(Loss::program_code(&what));
    }
    let mut lines = LineCounter { text: body, at: 0, line: first_line };
    for component in components(body, is_mdx) {
        if !code::is_in(&code, component.start) && !code::is_in(&statements, component.start) {
            let what = format!("{}, line {}", one_line(&body[component.clone()]), lines.line_at(component.start));
            losses.push(Loss::component(&what));
        }
    }
    without(body, &statements)
}

/// The numbers of the lines of a text at bytes that come in order.
struct LineCounter<'a> {
    text: &'a str,
    /// The byte up to which lines were counted, and the number of its line.
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_at(&mut self, at: usize) -> usize {
        self.line += self.text[self.at..at].matches('\n').count();
        self.at = at;
        self.line
    }
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
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let ends = if is_mdx { ends_of_statements(&lines) } else { (1..=lines.len()).collect() };
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut number, mut at, mut may_begin) = (0, 0, true);
    while let Some(line) = lines.get(number) {
        let begins = if is_mdx { begins_statement(line) } else { imports(line) };
        if may_begin && begins && !code::is_in(code, at) {
            let length: usize = lines[number..ends[number]].iter().map(|line| line.len()).sum();
            found.push(at..at + length);
            (number, at) = (ends[number], at + length);
        } else {
            // In MDX a statement begins a block; elsewhere it is above all text.
            may_begin = line.trim().is_empty() && (is_mdx || may_begin);
            (number, at) = (number + 1, at + line.len());
        }
    }
    found
}

/// For each line, the number of the line after a statement that begins in it: the statement ends where its brackets are
/// closed, or, if they never are, before the next blank line.
fn ends_of_statements(lines: &[&str]) -> Vec<usize> {
    let change =
        |line: &&str| line.chars().map(|c| i64::from("{[(".contains(c)) - i64::from("}])".contains(c))).sum::<i64>();
    // The number of open brackets before each line, and after the last.
    let depths = lines.iter().scan(0, |depth, line| {
        *depth += change(line);
        Some(*depth)
    });
    let depths: Vec<i64> = std::iter::once(0).chain(depths).collect();
    let mut ends = vec![lines.len(); lines.len()];
    // The lines below, up to the first with as many open brackets as each, the nearest last.
    let (mut below, mut blank) = (vec![lines.len()], lines.len());
    for (number, line) in lines.iter().enumerate().rev() {
        while below.last().is_some_and(|&next| depths[next] > depths[number]) {
            below.pop();
        }
        ends[number] = below.last().copied().unwrap_or(blank);
        below.push(number);
        if line.trim().is_empty() {
            blank = number;
        }
    }
    ends
}

fn imports(line: &str) -> bool {
    line.starts_with("import ") && line.contains(" from ") && line.contains(['"', '\''])
}

fn begins_statement(line: &str) -> bool {
    let begins = |word: &str, next: &[char]| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(next));
    begins("import", &[' ', '{', '"', '\'']) || begins("export", &[' ', '{'])
}

/// The opening tags of components: tags with a capital, as in `<Chart>` and `<Tabs.Item>`, but not the address in
/// `[words](<Two words.md>)` and `[name]: <Two words.md>`. Outside MDX, a tag of capitals is HTML, as `<BR>`.
fn components(text: &str, is_mdx: bool) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('<').filter_map(move |(start, _)| {
        let rest = &text[start + 1..];
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_')?];
        let is_component = name.starts_with(|c: char| c.is_ascii_uppercase())
            && (is_mdx || name.contains(|c: char| c.is_ascii_lowercase()));
        let is_address = ["](", "]:"].iter().any(|mark| text[..start].trim_end_matches(' ').ends_with(mark));
        let goes_on = rest[name.len()..].starts_with([' ', '\n', '\r', '\t', '/', '>']);
        (is_component && goes_on && !is_address).then(|| start..start + 1 + tag_end(rest).unwrap_or(name.len()))
    })
}

/// The longest tag that is searched for its end, in characters. Of a longer one, only the name is reported.
const LONGEST_TAG: usize = 1000;

/// The end of a tag, which may have `>` in quotation marks and in braces.
fn tag_end(rest: &str) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, c) in rest.char_indices().take(LONGEST_TAG) {
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
        check("a.mdx", "<X a={1}>text</X>\n", "<X a={1}>text</X>\n", &["<X a={1}>, line 4"]);
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
