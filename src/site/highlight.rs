//! The HTML of a body → the same HTML, with classes for comments, values and keywords in its blocks of code.
//!
//! Only three roles, because three colours can all keep their contrast on light and on dark backgrounds. The grammars
//! are those of syntect, loaded for the first block with a language. This takes longer than reading a small library, so
//! it is done for the pages that are made, and not when files are read. A grammar may take quadratic time for a line,
//! so very long lines, and code beyond a limit for each body, are not highlighted.

use std::sync::OnceLock;

use quick_xml::escape::unescape;

use syntect::{
    parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet},
    util::LinesWithEndings,
};

use crate::html::push_text;

/// The longest line that is highlighted, in bytes.
const LONGEST_LINE: usize = 400;

/// The work that a body may cause, as the sum of the squares of its lines' lengths. Enough for 2,500 lines of 40
/// characters.
const SHARE: usize = 4_000_000;

/// How `read` writes a block of code in a language, up to the name of the language.
const OPENING: &str = "<pre class=\"code\" tabindex=\"0\"><code class=\"language-";

/// Highlights each block of code in a known language. The text of the body stays the same.
pub fn highlighted(html: String) -> String {
    if !html.contains(OPENING) {
        return html;
    }
    let mut highlighter = Highlighter { left: SHARE };
    let mut result = String::with_capacity(html.len() * 2);
    let mut pieces = html.split(OPENING);
    result.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        result.push_str(OPENING);
        let block = piece.split_once("\">").and_then(|(language, rest)| {
            let (code, rest) = rest.split_once("</code>")?;
            Some((language, code, rest))
        });
        match block {
            Some((language, code, rest)) => {
                result.extend([language, "\">"]);
                highlighter.push_code(&mut result, code, language);
                result.extend(["</code>", rest]);
            }
            None => result.push_str(piece),
        }
    }
    result
}

/// Highlights the code of one body.
struct Highlighter {
    /// The work that is left for the body.
    left: usize,
}

impl Highlighter {
    /// Adds code, which is HTML, highlighted if its language is known. Code with tags in it was written as HTML by an
    /// author, and stays as it is.
    fn push_code(&mut self, html: &mut String, code: &str, language: &str) {
        let text = unescape(code).ok().filter(|_| !code.contains('<'));
        match text.filter(|text| self.may_mark(text)).zip(grammar(language)) {
            Some((text, grammar)) => push_marked(html, &text, grammar),
            None => html.push_str(code),
        }
    }

    fn may_mark(&mut self, code: &str) -> bool {
        let mut lengths = code.split('\n').map(str::len);
        let work: Option<usize> =
            lengths.try_fold(0, |work, length| (length <= LONGEST_LINE).then_some(work + length * length));
        let left = work.and_then(|work| self.left.checked_sub(work));
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }
}

/// The CSS rules of the token classes, for light and dark backgrounds. Other code has the text colour.
pub fn stylesheet() -> &'static str {
    "\
.hl-comment { color: #6a6250; font-style: italic; }
.hl-value { color: #8a3a1c; }
.hl-keyword { color: #0b5d5e; }
@media (prefers-color-scheme: dark) {
  .hl-comment { color: #b3a98f; }
  .hl-value { color: #f0a878; }
  .hl-keyword { color: #7fc8c2; }
}
"
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum TokenRole {
    Plain,
    Comment,
    Value,
    Keyword,
}

/// The scopes with a role, narrower before wider ones; other scopes have the role of their parent.
const ROLES: &[(&str, TokenRole)] = &[
    ("comment", TokenRole::Comment),
    ("string", TokenRole::Value),
    ("constant", TokenRole::Value),
    ("keyword.operator", TokenRole::Plain),
    ("keyword", TokenRole::Keyword),
    ("storage", TokenRole::Keyword),
    ("entity.name", TokenRole::Keyword),
    ("entity.other.attribute-name", TokenRole::Keyword),
    ("support.function", TokenRole::Keyword),
    ("support.type", TokenRole::Keyword),
    ("variable.language", TokenRole::Keyword),
];

struct Grammars {
    syntaxes: SyntaxSet,
    roles: Vec<(Scope, TokenRole)>,
}

fn grammars() -> &'static Grammars {
    static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
    GRAMMARS.get_or_init(|| Grammars {
        syntaxes: SyntaxSet::load_defaults_newlines(),
        roles: ROLES.iter().filter_map(|&(scope, role)| Some((Scope::new(scope).ok()?, role))).collect(),
    })
}

/// Languages that are not highlighted: to load their grammars costs a third of the build of a small library, and
/// commands and examples of Markdown have hardly any tokens of the three roles.
const COSTLY: [&str; 6] = ["bash", "markdown", "md", "sh", "shell", "zsh"];

/// The grammar of a language, if its code is worth highlighting.
fn grammar(language: &str) -> Option<&'static SyntaxReference> {
    if COSTLY.contains(&language) || matches!(language, "text" | "txt" | "plain" | "plaintext") {
        return None;
    }
    grammars().syntaxes.find_syntax_by_token(language)
}

fn push_marked(html: &mut String, code: &str, grammar: &SyntaxReference) {
    let mut state = ParseState::new(grammar);
    let mut marks = Marks { html, scopes: ScopeStack::new(), roles: vec![TokenRole::Plain], written: TokenRole::Plain };
    for line in LinesWithEndings::from(code) {
        if marks.push_line(line, &mut state).is_none() {
            // An error in a grammar must not lose code.
            marks.push(line, TokenRole::Plain);
        }
    }
    marks.turn_to(TokenRole::Plain);
}

struct Marks<'a> {
    html: &'a mut String,
    scopes: ScopeStack,
    /// The role of each scope that is open, below them that of the block.
    roles: Vec<TokenRole>,
    /// The role of the open span.
    written: TokenRole,
}

impl Marks<'_> {
    /// None, with nothing written, if the grammar has an error.
    fn push_line(&mut self, line: &str, state: &mut ParseState) -> Option<()> {
        let steps = state.parse_line(line, &grammars().syntaxes).ok()?;
        let mut from = 0;
        for (at, step) in &steps {
            self.push(&line[from..*at], self.role());
            from = *at;
            let roles = &mut self.roles;
            // An operation that does not fit the stack leaves it as it is: the worst result is a wrong colour.
            let _ = self.scopes.apply_with_hook(step, |step, _| match step {
                BasicScopeStackOp::Push(scope) => roles.push(role_of(scope, roles.last().copied())),
                BasicScopeStackOp::Pop => drop(roles.pop()),
            });
        }
        self.push(&line[from..], self.role());
        Some(())
    }

    fn role(&self) -> TokenRole {
        self.roles.last().copied().unwrap_or(TokenRole::Plain)
    }

    fn push(&mut self, code: &str, role: TokenRole) {
        if !code.is_empty() {
            self.turn_to(role);
            push_text(self.html, code);
        }
    }

    fn turn_to(&mut self, role: TokenRole) {
        if role != self.written {
            if self.written != TokenRole::Plain {
                self.html.push_str("</span>");
            }
            self.html.push_str(opening(role));
            self.written = role;
        }
    }
}

fn role_of(scope: Scope, around: Option<TokenRole>) -> TokenRole {
    let own = grammars().roles.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|&(_, role)| role);
    own.or(around).unwrap_or(TokenRole::Plain)
}

fn opening(role: TokenRole) -> &'static str {
    match role {
        TokenRole::Plain => "",
        TokenRole::Comment => "<span class=\"hl-comment\">",
        TokenRole::Value => "<span class=\"hl-value\">",
        TokenRole::Keyword => "<span class=\"hl-keyword\">",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(language: &str, code: &str) -> String {
        format!("{OPENING}{language}\">{code}</code></pre>\n")
    }

    #[track_caller]
    fn check(language: &str, code: &str, expected: &str) {
        assert_eq!(highlighted(block(language, code)), block(language, expected));
    }

    #[test]
    fn tokens_get_the_class_of_their_role() {
        check(
            "python",
            "# say\nprint(\"&lt;a&gt;\" + f(1))\n",
            "<span class=\"hl-comment\"># say\n</span><span class=\"hl-keyword\">print</span>(<span class=\"hl-value\">\
             \"&lt;a&gt;\"</span> + f(<span class=\"hl-value\">1</span>))\n",
        );
        check("rs", "/* a\nb", "<span class=\"hl-comment\">/* a\nb</span>");
    }

    #[test]
    fn unknown_languages_and_long_code_are_not_highlighted() {
        check("no-such", "let a = 1", "let a = 1");
        check("text", "let a = 1", "let a = 1");
        check("markdown", "## `let a = 1`", "## `let a = 1`");
        check("sh", "echo \"1\" # one", "echo \"1\" # one");
        let long = format!("let a = \"{}\"\n", "b".repeat(LONGEST_LINE));
        check("rust", &long, &long);
        let large = "let a = b;\n".repeat(SHARE / 100 + 1);
        check("rust", &large, &large);
    }

    #[test]
    fn code_that_an_author_wrote_as_html_stays_as_it_is() {
        check("rust", "let <b>a</b> = 1", "let <b>a</b> = 1");
        check("rust", "1 &no-such; 1", "1 &no-such; 1");
        let open = format!("<p>a</p>{OPENING}rust\">1");
        assert_eq!(highlighted(open.clone()), open);
    }

    #[test]
    fn the_limit_is_shared_by_all_code_of_a_body() {
        let (mut highlighter, mut html) = (Highlighter { left: 15 }, String::new());
        for _ in 0..2 {
            highlighter.push_code(&mut html, "1 1\n", "rust");
            highlighter.push_code(&mut html, "1 + 1\n", "rust");
        }
        assert_eq!(html.matches("<span").count(), 2);
    }

    proptest::proptest! {
        #[test]
        fn the_text_of_any_code_stays_the_same(code in "([a-z0-9 \"'#&<>;/\\n]|let |// |/\\*){0,40}") {
            let mut escaped = String::new();
            push_text(&mut escaped, &code);
            let page = format!("<p>before</p>\n{}<p>after</p>\n", block("rust", &escaped));
            let marked = highlighted(page.clone());
            let classes = ["comment", "keyword", "value"].map(|role| format!("<span class=\"hl-{role}\">"));
            let plain = classes.iter().fold(marked, |html, class| html.replace(class, "")).replace("</span>", "");
            proptest::prop_assert_eq!(plain, page);
        }
    }

    #[test]
    fn every_scope_has_its_role() {
        assert_eq!(grammars().roles.len(), ROLES.len());
    }

    /// The contrast of two colours `#rrggbb`, as WCAG counts it.
    fn contrast(one: &str, other: &str) -> f64 {
        let channel = |colour: &str, at: usize| {
            let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let light =
            |colour: &str| 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
        let (darker, lighter) = (light(one).min(light(other)), light(one).max(light(other)));
        (lighter + 0.05) / (darker + 0.05)
    }

    #[test]
    fn colours_can_be_read_on_light_and_dark_paper() {
        let (on_light, on_dark) = stylesheet().split_once("@media").unwrap();
        for (rules, paper) in [(on_light, "#fdfaf2"), (on_dark, "#23201a")] {
            let colours: Vec<&str> = rules.split("color: ").skip(1).map(|rest| &rest[..7]).collect();
            assert_eq!(colours.len(), 3);
            for colour in colours {
                assert!(contrast(colour, paper) >= 4.5, "{colour} on {paper}: {}", contrast(colour, paper));
            }
        }
    }
}
