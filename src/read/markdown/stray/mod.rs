//! Markup of other tools that Casebook does not read, and would print as text.
//!
//! Takes the text events of the parser, which are what it did not recognise as markup; gives one problem for each kind
//! of mark in a file, at its first place, with the number of others. Code and escaped characters are not searched.
//! [`checks`] says which event is searched for what. Marks within a line are in [`marks`] and [`pasted`], whole lines
//! in [`lines`] and [`bullets`], blocks that were read as something else in [`blocks`] and [`lists`].

mod blocks;
mod bullets;
mod checks;
mod enumerators;
mod lines;
mod lists;
mod marks;
mod pasted;
mod tight;
mod typed_notes;
mod without_markdown;

pub(super) use self::{
    checks::MarkupChecks,
    without_markdown::{marks_of_lines, marks_of_run},
};
use super::{alerts, ids::slug};
use crate::{
    model::address,
    problem::{
        Problem, Spot,
        message::{pasted as pasted_message, source as source_message, stray as message},
    },
    read::garbled,
};

/// A kind of mark. Each is reported once in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum StrayKind {
    AssistantMark,
    Attribute,
    BlockAddress,
    Bullet,
    BulletInItem,
    BulletsInCell,
    EmailHead,
    EscapedLink,
    Gap,
    Garbled,
    HashtagLine,
    HeadingOfAnotherTool,
    HyphenWithoutSpace,
    InvisibleInWord,
    LetteredLines,
    BrokenWord,
    LostCharacter,
    NumberedLines,
    Placeholder,
    SingleTilde,
    Subscript,
    Superscript,
    TaskBox,
    TexCommand,
    TextInList,
    TextInQuote,
    TextInTable,
    TypedNote,
    UnclosedNote,
    WordField,
    Callout,
    Comment,
    Embed,
    EmptyLink,
    Fence,
    Formula,
    FrontMatter,
    GridTable,
    HeadingByRule,
    Highlight,
    HugoTag,
    IndentedProse,
    LostCell,
    MarkdownInHtml,
    NoBreakAfterBullet,
    NoBreakAfterHashes,
    NumberWithoutSpace,
    PipeRows,
    Reference,
    RuleOfOtherWidth,
    ShallowList,
    Shortcode,
    SpacedDefinition,
    SpacedEmphasis,
    SpacedLink,
    SwappedLink,
    TabRows,
    TemplateTag,
    TrackedChange,
    UnclosedEmphasis,
    UnclosedTag,
    Unprintable,
    UnseenBeforeMark,
    WikiLink,
    YearAsNumber,
}

impl StrayKind {
    /// Is the mark deleted or put in words, so that its mend needs no Markdown?
    pub(in crate::read) fn is_mended_without_markdown(self) -> bool {
        matches!(
            self,
            StrayKind::AssistantMark
                | StrayKind::Attribute
                | StrayKind::Comment
                | StrayKind::Formula
                | StrayKind::Gap
                | StrayKind::Garbled
                | StrayKind::HugoTag
                | StrayKind::LostCharacter
                | StrayKind::Shortcode
                | StrayKind::TemplateTag
                | StrayKind::TexCommand
                | StrayKind::TrackedChange
                | StrayKind::WordField
        )
    }
}

/// The marks found in a body: the first of each kind, and the number of others.
#[derive(Default)]
pub(super) struct Strays(Vec<(StrayKind, Problem, usize)>);

impl Strays {
    /// One problem for each kind.
    pub(super) fn into_problems(self) -> impl Iterator<Item = Problem> {
        self.0.into_iter().map(|(_, problem, more)| message::counted(problem, more))
    }

    pub(super) fn add(&mut self, kind: StrayKind, problem: Problem) {
        match self.0.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, first, more)) => {
                *more += 1;
                first.fixes.extend(problem.fixes);
            }
            None => self.0.push((kind, problem, 0)),
        }
    }
}

/// The problem of a mark. Its kind determines the message.
pub(super) fn problem(kind: StrayKind, spot: &Spot, text: &str) -> Problem {
    match kind {
        StrayKind::Attribute => message::attribute(spot, text),
        // The fixes of a list depend on more than the text of its mark.
        StrayKind::Bullet => message::bullet(spot, text),
        StrayKind::BulletInItem => message::bullet_in_item(spot, text),
        StrayKind::BulletsInCell => message::bullets_in_cell(spot, text),
        StrayKind::ShallowList => message::shallow_list(spot, text.len()),
        StrayKind::LetteredLines => message::lettered_lines(spot, text),
        StrayKind::Callout => message::callout(spot, text, None),
        StrayKind::Comment => message::comment(spot, text),
        StrayKind::Embed => message::embed(spot, text, wiki_target(text).0),
        StrayKind::EmptyLink => message::empty_link(spot),
        StrayKind::Fence => message::fence(spot, text, alerts::kind_of_box(text).name()),
        StrayKind::Formula => message::formula(spot),
        StrayKind::FrontMatter => message::second_front_matter(spot),
        StrayKind::GridTable => message::grid_table(spot),
        StrayKind::HeadingByRule => message::heading_by_rule(spot, text),
        StrayKind::Highlight => message::highlight(spot, text),
        StrayKind::IndentedProse => message::indented_prose(spot),
        StrayKind::InvisibleInWord => pasted_message::invisible_in_word(spot, text),
        StrayKind::LostCell => message::lost_cell(spot, text),
        StrayKind::MarkdownInHtml if text.starts_with("[@") => source_message::in_html(spot),
        StrayKind::MarkdownInHtml => message::markdown_in_html(spot, text),
        StrayKind::NoBreakAfterBullet => message::no_break_after_bullet(spot, text),
        StrayKind::NoBreakAfterHashes => message::no_break_after_hashes(spot, text),
        StrayKind::NumberWithoutSpace => message::number_without_space(spot, text),
        StrayKind::PipeRows => message::pipe_rows(spot),
        StrayKind::Reference => message::reference(spot, text),
        StrayKind::RuleOfOtherWidth => message::rule_of_other_width(spot),
        StrayKind::Shortcode => message::shortcode(spot, text),
        StrayKind::SpacedDefinition => message::spaced_definition(spot, text),
        StrayKind::SpacedEmphasis => message::spaced_emphasis(spot, text, [false; 2]),
        StrayKind::SpacedLink => message::spaced_link(spot, text),
        StrayKind::SwappedLink => message::swapped_link(spot, text),
        StrayKind::TabRows => message::tab_rows(spot),
        StrayKind::HugoTag | StrayKind::TemplateTag => message::template_tag(spot, text),
        StrayKind::TrackedChange => message::tracked_change(spot, text),
        StrayKind::UnclosedEmphasis => message::unclosed_emphasis(spot, text),
        StrayKind::UnclosedTag => message::unclosed_tag(spot, text),
        StrayKind::UnseenBeforeMark => pasted_message::unseen_before_mark(spot, text),
        StrayKind::WikiLink => wiki_link(spot, text),
        StrayKind::YearAsNumber => pasted_message::year_as_number(spot, text),
        StrayKind::AssistantMark => pasted_message::assistant_mark(spot, text),
        StrayKind::BrokenWord => pasted_message::broken_word(spot, text),
        StrayKind::BlockAddress => pasted_message::block_address(spot, text),
        StrayKind::EmailHead => pasted_message::email_head(spot),
        StrayKind::Gap => pasted_message::gap(spot, text),
        StrayKind::Garbled => pasted_message::garbled(spot, text, &garbled::restored(text).unwrap_or_default()),
        StrayKind::HashtagLine => pasted_message::hashtags(spot, text),
        StrayKind::HeadingOfAnotherTool => pasted_message::heading_of_another_tool(spot, text),
        StrayKind::HyphenWithoutSpace => pasted_message::hyphen_without_space(spot, text),
        StrayKind::NumberedLines => pasted_message::numbered_lines(spot, text),
        StrayKind::Placeholder => pasted_message::placeholder(spot),
        StrayKind::SingleTilde => pasted_message::single_tilde(spot, text),
        StrayKind::Subscript | StrayKind::Superscript => pasted_message::superscript_or_subscript(spot, text),
        StrayKind::EscapedLink => pasted_message::escaped_link(spot),
        StrayKind::TaskBox => pasted_message::task_box(spot, text),
        StrayKind::TexCommand => pasted_message::tex_command(spot, text),
        StrayKind::TextInList => pasted_message::text_in_list(spot, text),
        StrayKind::TextInQuote => pasted_message::text_in_quote(spot, text),
        StrayKind::TypedNote => pasted_message::typed_note(spot, text),
        StrayKind::TextInTable => pasted_message::text_in_table(spot, text),
        StrayKind::UnclosedNote => pasted_message::unclosed_note(spot),
        StrayKind::WordField => pasted_message::word_field(spot, text),
        StrayKind::LostCharacter => pasted_message::lost_character(spot),
        StrayKind::Unprintable => {
            let c = text.chars().next().unwrap_or_default();
            pasted_message::unprintable(spot, c, garbled::of_windows(c))
        }
    }
}

/// `[[target#heading|words]]` as a link of Markdown.
fn wiki_link(spot: &Spot, text: &str) -> Problem {
    let (target, words) = wiki_target(text);
    let (page, heading) = target.split_once('#').map_or((target, None), |(page, heading)| (page, Some(heading)));
    let has_ending = page.rsplit_once('.').is_some_and(|(_, ending)| (2..=4).contains(&ending.len()));
    // The name of a file is written like its address, unless its author chose another.
    let name = |page: &str| match page.contains(' ') {
        true => address::slug(page),
        false => page.to_owned(),
    };
    let file = if has_ending || page.is_empty() { page.to_owned() } else { format!("{}.md", name(page)) };
    let anchor = heading.and_then(slug).map(|id| format!("#{id}")).unwrap_or_default();
    let address = format!("{file}{anchor}");
    let address = if address.contains(' ') { format!("<{address}>") } else { address };
    message::wiki_link(spot, text, &format!("[{}]({address})", words.unwrap_or(target).trim()))
}

/// The target of a wiki link or an embedded file, and its text if it has one.
fn wiki_target(text: &str) -> (&str, Option<&str>) {
    let inner = text.trim_start_matches('!').trim_start_matches('[').trim_end_matches(']');
    inner.split_once('|').map_or((inner.trim(), None), |(target, words)| (target.trim(), Some(words)))
}
