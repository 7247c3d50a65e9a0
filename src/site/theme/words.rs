//! Every text of the interface, in one file per language. `phrases` fills values into them.
//!
//! [`Words`] is at once the form of a language's file, `strings/<language>.yaml`, and what templates see as `words`.

use std::collections::BTreeMap;

use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_yaml::{Error, Mapping, Value};

/// Defines the words, and reads each by a call that does not fail: where each of three hundred may end the function, as in what
/// serde derives, an optimising compiler takes ten minutes.
macro_rules! words {
    ($(#[$about:meta])* pub struct Words { $($(#[$doc:meta])* pub $word:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Serialize)]
        pub struct Words {
            $($(#[$doc])* pub $word: $kind,)*

            /// Words that a theme adds for its own templates.
            #[serde(flatten)]
            pub others: BTreeMap<String, Value>,
        }

        impl Words {
            /// The words in a file, or why they are none.
            pub fn read(file: Mapping) -> Result<Words, Error> {
                let mut file = WordsFile { rest: file, fault: None };
                let words = Words {
                    $($word: file.take(stringify!($word)),)*
                    others: file.take_rest(),
                };
                file.fault.map_or(Ok(words), Err)
            }
        }
    };
}

/// A file of words that is being read.
struct WordsFile {
    /// What has not been taken yet.
    rest: Mapping,
    /// What was wrong first.
    fault: Option<Error>,
}

impl WordsFile {
    #[inline(never)]
    fn take<T: DeserializeOwned + Default>(&mut self, word: &str) -> T {
        let written = self.rest.remove(word).ok_or_else(|| Error::custom(format!("`{word}` is missing")));
        self.known(written.and_then(serde_yaml::from_value))
    }

    fn take_rest(&mut self) -> BTreeMap<String, Value> {
        let rest = std::mem::take(&mut self.rest);
        self.known(serde_yaml::from_value(Value::Mapping(rest)))
    }

    fn known<T: Default>(&mut self, read: Result<T, Error>) -> T {
        read.unwrap_or_else(|error| {
            self.fault.get_or_insert(error);
            T::default()
        })
    }
}

words! {
/// The words of the interface. `{…}` in a word is filled in.
pub struct Words {
    /// The first link of a page, for keyboards: skip to the content.
    pub skip: String,
    /// The name of the main menu, for screen readers.
    pub menu: String,
    /// From the main menu to the pages that a narrow screen has no room for there.
    pub menu_more: String,
    /// The name of the menu in the foot of a page, for screen readers.
    pub menu_of_foot: String,
    /// The name of the list of pages above this one.
    pub trail: String,
    /// The window's title: `{page}` and `{site}`.
    pub window_title: String,
    /// What begins a notice of a draft.
    pub draft: String,
    /// What a site built with drafts says on every page.
    pub drafts_shown: String,
    /// The list of drafts; its title.
    pub drafts: String,
    /// The link to it.
    pub see_drafts: String,
    /// There is none.
    pub no_drafts: String,
    /// The heading over cases that are dated ahead.
    pub dated_ahead: String,
    /// When such a case appears: `{day}`.
    pub appears_on: String,
    /// Before what a draft lacks.
    pub still_lacks: String,
    /// It lacks nothing that must be there.
    pub lacks_nothing: String,
    /// What it may lack: a title.
    pub lacks_title: String,
    /// What it may lack: a summary.
    pub lacks_summary: String,
    /// What it may lack: a date.
    pub lacks_date: String,
    /// What it may lack: its words.
    pub lacks_text: String,
    /// Before the publisher's name.
    pub published_by: String,
    /// Before a licence's name.
    pub licence: String,

    /// How many cases: `{count}`.
    pub cases: Plural,
    /// The list of all cases.
    pub all_cases: String,
    /// A link to the list of all cases, with their number: `{count}`.
    pub see_all_cases: Plural,
    /// The cases that were published last.
    pub newest_cases: String,
    /// Before a way into the library by the terms of a vocabulary: `{vocabulary}`.
    pub by_vocabulary: String,
    /// Instead of a count of nothing.
    pub none_yet: String,
    /// A library without cases.
    pub no_cases: String,
    /// A term without cases.
    pub gap: String,
    /// A link to all the rest: `{count}`.
    pub see_all: Plural,

    /// How a list of cases is ordered.
    pub newest_first: String,
    /// The same cases in order of their first year.
    pub by_first_year: String,
    /// The same cases by place.
    pub by_place: String,
    /// After the first terms of many: `{count}`.
    pub more_terms: Plural,

    /// The lifelines: the title of their table.
    pub lives: String,
    /// The heading over the drawing: `{count}`.
    pub lives_of: Plural,
    /// From the drawing to the table.
    pub lives_table: String,
    /// The name of the drawing, for screen readers: `{from}`, `{to}`.
    pub lives_from_to: String,
    /// What the rows are, for screen readers.
    pub lives_description: String,
    /// What the columns are, for screen readers.
    pub lives_columns: String,
    /// From the first lives to all: `{count}`.
    pub all_lives: Plural,
    /// How many ran in a year: `{count}`.
    pub running: Plural,
    /// The cases that ran in a year: `{year}`.
    pub running_in: String,
    /// Between which years most began: `{from}`, `{to}`.
    pub most_began: String,
    /// Before the choice of a term.
    pub choose_lives: String,
    /// The choice of every case.
    pub every_case: String,
    /// What the hairline says.
    pub hairline: String,
    /// Before what happened in the dotted years.
    pub events: String,
    /// The column of first years.
    pub first_year: String,
    /// The column of last years.
    pub last_year: String,
    /// The column of cases.
    pub case: String,

    /// What to do where no case is ticked.
    pub tray_none: String,
    /// One case is ticked: `{cases}`.
    pub tray_one: String,
    /// Several are: `{count}`, `{cases}`.
    pub tray_many: String,
    /// Why no more can be.
    pub tray_full: String,
    /// Unticks all.
    pub tray_clear: String,
    /// The briefing pack.
    pub briefing: String,

    /// The name of the links to the pages of a list.
    pub pages_of_list: String,
    /// A page of a list, for screen readers: `{page}`.
    pub page_number: String,
    /// The page before.
    pub previous: String,
    /// The page after.
    pub next: String,
    /// Which part of a list this is: `{from}`, `{to}`, `{count}`.
    pub part_of_list: String,

    /// The heading of the question on the first page.
    pub finder_title: String,
    /// The choice of none: `{vocabulary}`.
    pub finder_any: String,
    /// A choice: `{term}`, `{count}`.
    pub finder_option: String,
    /// Leads to the cases.
    pub finder_button: String,
    /// The heading over the tiles of the regions.
    pub where_they_are: String,
    /// What a tile says.
    pub tiles_note: String,
    /// On the tile of a region without cases, where readers can send in a case.
    pub no_case_know: String,
    /// Before what the shades mean.
    pub shade: String,
    /// The link to all places: `{count}`.
    pub all_places: Plural,
    /// How many places: `{count}`.
    pub places_counted: Plural,
    /// From how many places: `{count}`.
    pub from_places: Plural,
    /// How many regions: `{count}`.
    pub regions_counted: Plural,
    /// How many places there are: `{places}`.
    pub places_lead: String,
    /// How many places there are, in how many regions: `{places}`, `{regions}`.
    pub places_lead_regions: String,
    /// The heading over the cases by region.
    pub by_region: String,
    /// The heading over the names of places.
    pub place_names: String,
    /// The heading over the theme pages.
    pub read_across: String,
    /// The link to all of them.
    pub all_themes: String,
    /// How many groups: `{count}`.
    pub groups: Plural,
    /// The heading over the theme pages that use a case.
    pub themes_of_case: String,
    /// The heading over those that use cases of a term.
    pub themes_of_term: String,
    /// The heading over the ways to follow new cases.
    pub follow: String,
    /// The link to the feed, in words.
    pub follow_feed: String,
    /// The link to what has changed.
    pub follow_changes: String,
    /// The heading over what the library lacks.
    pub gaps_title: String,
    /// Said of regions without a case.
    pub gaps_none: String,
    /// Said of the region with one case.
    pub gaps_one: String,
    /// Said of regions with one case each.
    pub gaps_one_each: String,
    /// The link to the page where readers can send in a case.
    pub gaps_call: String,
    /// The cases by place.
    pub places: String,
    /// The name of the links to the regions.
    pub regions: String,
    /// Places that give no region.
    pub no_region: String,
    /// Cases that name no place.
    pub no_place: String,
    /// After the first places of many: `{count}`.
    pub more_places: Plural,
    /// The titles in order.
    pub a_to_z: String,
    /// The titles under a letter: `{letter}`.
    pub titles_under: String,
    /// The letters, as a list of links.
    pub letters: String,
    /// Titles that begin with a digit.
    pub digits: String,
    /// Titles that begin with neither a letter nor a digit.
    pub other_signs: String,

    /// Other names of a term.
    pub also: String,
    /// The broader term.
    pub part_of: String,
    /// The narrower terms.
    pub includes: String,
    /// Combinations with the terms of another vocabulary: `{vocabulary}`.
    pub combined_with: String,
    /// Two terms together: `{first}` and `{second}`.
    pub pair: String,
    /// Two terms together, in the phrases of their vocabularies: `{first}` and `{second}`.
    pub pair_phrases: String,

    /// How many sources a case has: `{count}`.
    pub sources_counted: Plural,
    /// Years with how many they are: `{years}`, `{length}`.
    pub years_and_length: String,
    /// How many years: `{count}`.
    pub years_counted: Plural,
    /// Before what others can take from a case.
    pub one_lesson: String,
    /// Who says so.
    pub our_reading: String,
    /// The section on sending, citing and putting right.
    pub share: String,
    /// Copies the address of the page.
    pub copy_link: String,
    /// What the button says when it has.
    pub link_copied: String,
    /// Sends the page to somebody.
    pub email_case: String,
    /// Why two cases are related: `{terms}`.
    pub shares_sentence: String,
    /// The card of facts.
    pub facts: String,
    /// Where it happened; by their number.
    pub place: Plural,
    /// The years of the partnership.
    pub years: String,
    /// Who took part; by their number.
    pub partners: Plural,
    /// Who wrote it; by their number.
    pub authors: Plural,
    /// The day of first publication.
    pub first_published: String,
    /// The day of the last change.
    pub updated: String,
    /// The day on which the facts were checked.
    pub checked: String,
    /// The day by which they should be checked again.
    pub next_review: String,
    /// Whom to ask.
    pub contact: String,
    /// The list of the page's headings.
    pub contents: String,
    /// The labels of alerts, by the word that Markdown uses.
    pub alerts: BTreeMap<String, String>,
    /// The remarks at the end of a text.
    pub notes: String,
    /// Before whose picture it is.
    pub picture_credit: String,
    /// The table of what got in the way.
    pub barriers: String,
    /// Its first column.
    pub barrier: String,
    /// Its second column.
    pub response: String,
    /// A barrier or a response that was not written down.
    pub not_recorded: String,
    /// What the facts rest on.
    pub sources: String,
    /// How many sources of which kinds: `{count}`, `{kinds}`.
    pub sources_by_kind: Plural,
    /// The kinds of sources, by the word that front matter uses.
    pub source_kinds: BTreeMap<String, SourceKindWords>,
    /// A source by its number, for screen readers: `{number}`.
    pub source_number: String,
    /// The sources that the text does not cite.
    pub sources_uncited: String,
    /// From a source to where the text first cites it: `{count}`.
    pub source_uses: Plural,
    /// A copy of a source, kept by others.
    pub archived_copy: String,
    /// The day on which a source was read: `{date}`.
    pub accessed: String,
    /// The page of what is new.
    pub changes: String,
    /// What it lists.
    pub changes_lead: String,
    /// The link to its feed.
    pub changes_feed: String,
    /// Before the link to all cases, where the page does not list every change.
    pub changes_older: String,
    /// A case that was published.
    pub change_published: String,
    /// A case whose substance changed.
    pub change_changed: String,
    /// A case in which something was put right.
    pub change_corrected: String,
    /// What was put right on a page; its heading.
    pub corrections: Plural,
    /// A correction with its day: `{date}`.
    pub corrected_on: String,
    /// To the list of corrections.
    pub see_corrections: String,
    /// Who took it up elsewhere; its heading.
    pub adopted: String,
    /// In a list: a case that was taken up elsewhere.
    pub used_elsewhere: String,
    /// A source without a date.
    pub date_not_stated: String,
    /// Cases that the editors name as related.
    pub related: String,
    /// How to cite a case.
    pub cite: String,
    /// Which style the line to copy is in: `{style}`.
    pub cite_style: String,
    /// The button that copies the line.
    pub cite_copy: String,
    /// What the button says when it has.
    pub cite_copied: String,
    /// Before the files for reference managers.
    pub cite_download: String,
    /// What kind of work a case is, in a reference.
    pub case_study: String,
    /// A case that was taken back.
    pub withdrawn: String,
    /// When it was taken back: `{date}`.
    pub withdrawn_on: String,
    /// What stands before the terms that such a case carried.
    pub withdrawn_next: String,

    /// Why a case is related, before the reason.
    pub why: String,
    /// Shared words: `{words}`.
    pub shares_words: String,
    /// Between reasons.
    pub semicolon: String,
    /// A related case that shares nothing that is known.
    pub named_by_hand: String,
    /// A link to how sources are weighed.
    pub weigh_sources: String,
    /// A link that writes to the publisher about a page.
    pub report_error: String,
    /// The subject of that message: `{title}`.
    pub report_subject: String,
    /// Before the page's own address, on paper.
    pub own_address: String,

    /// The page of the evidence map.
    pub map: String,
    /// What the map counts: `{row}`, `{column}`.
    pub map_lead: String,
    /// Two vocabularies as the axes of a map: `{row}`, `{column}`.
    pub map_axes: String,
    /// The head of the totals.
    pub map_all: String,
    /// The totals of the columns: `{vocabulary}`.
    pub map_all_of: String,
    /// A cell, for screen readers: `{row}`, `{column}`, `{count}`.
    pub map_cell: Plural,
    /// A cell without cases, for screen readers: `{row}`, `{column}`.
    pub map_cell_gap: String,
    /// Why the sums do not add up: `{row}`, `{column}`, `{count}`.
    pub map_sums: Plural,
    /// A map that shows not all terms.
    pub map_most_used: String,
    /// The key of a gap.
    pub map_key_gap: String,
    /// The key of a range of counts: `{from}`, `{to}`.
    pub map_key_range: String,
    /// The key of the largest counts: `{from}`.
    pub map_key_from: String,
    /// A link to the map as a table for spreadsheets.
    pub map_csv: String,
    /// The maps of other vocabularies.
    pub map_others: String,
    /// The map on the first page.
    pub map_on_home: String,
    /// From the first page to the whole map.
    pub map_whole: String,
    /// Before the way to contribute.
    pub contribute: String,

    /// The title of the form.
    pub contribute_title: String,
    /// What the form is for.
    pub contribute_lead: String,
    /// In place of the form, where scripts are off.
    pub contribute_scripts: String,
    /// Before the address to write to.
    pub contribute_write: String,
    /// The list of the form's parts.
    pub contribute_parts: String,
    /// Where words are kept.
    pub contribute_device: String,
    /// The link to the first part.
    pub contribute_begin: String,
    /// Before the field for a saved file.
    pub contribute_open: String,
    /// Before the templates.
    pub contribute_templates: String,
    /// Beside the tick for keeping.
    pub contribute_keep: String,
    /// The button that clears all.
    pub contribute_clear: String,
    /// Before the address to ask at.
    pub contribute_stuck: String,
    /// Above the case as it will be listed.
    pub contribute_so_far: String,

    /// The page that sets cases side by side.
    pub compare: String,
    /// What it does.
    pub compare_lead: String,
    /// What it needs.
    pub compare_scripts: String,
    /// Chooses a case from a list.
    pub compare_choose: String,
    /// Chooses one more case.
    pub compare_add: String,
    /// Where none is chosen yet.
    pub compare_pick: String,
    /// The list to choose it from.
    pub compare_case: String,
    /// Before the lists that cases can be chosen from.
    pub compare_ways: String,
    /// Before cases that may be worth adding.
    pub compare_related: String,
    /// Takes a case away.
    pub compare_remove: String,
    /// A case that is not there: `{case}`.
    pub compare_missing: String,

    /// The title of cases side by side: `{cases}`.
    pub beside_title: String,
    /// After what is the same in all cases.
    pub beside_same: String,
    /// Hides the rows that are the same in all.
    pub beside_differs: String,
    /// The row of drawings.
    pub beside_lifeline: String,
    /// Where the responses stand.
    pub beside_pairs_note: String,
    /// How many more the case has: `{count}`.
    pub beside_more_pairs: String,
    /// Leads to the printed pages.
    pub briefing_print: String,
    /// The briefing pack, inside a line.
    pub briefing_lower: String,
    /// What the briefing pack is.
    pub briefing_lead: String,
    /// What its first page holds.
    pub briefing_about: String,
    /// The heading over the questions.
    pub briefing_questions: String,
    /// The heading over the citations.
    pub briefing_from: String,
    /// What one case cannot show.
    pub briefing_warning: String,
    /// Prints the page.
    pub print: String,
    /// What an acronym stands for, of a body with known years: `{full}`, `{years}`.
    pub abbreviation: String,
    /// The page for searching.
    pub search: String,
    /// The name of the box for searching.
    pub search_label: String,
    /// Below the box: how to ask.
    pub search_help: String,
    /// The filters.
    pub search_filters: String,
    /// A case may carry any of the chosen terms.
    pub search_any: String,
    /// A case must carry all of the chosen terms.
    pub search_all: String,
    /// The filter by years.
    pub search_years: String,
    /// The first year.
    pub search_from: String,
    /// The last year.
    pub search_to: String,
    /// The order of the results.
    pub search_sort: String,
    /// Best match first.
    pub search_relevance: String,
    /// Newest first.
    pub search_newest: String,
    /// By title.
    pub search_title: String,
    /// Takes every filter away.
    pub search_clear: String,
    /// The filters that are chosen, for screen readers.
    pub search_chosen: String,
    /// Takes one filter away: `{term}`.
    pub search_remove: String,
    /// Instead of a count of nothing.
    pub search_none: String,
    /// No result.
    pub search_nothing: String,
    /// What to do then.
    pub search_nothing_help: String,
    /// Above terms that are named like the words that find nothing.
    pub search_like: String,
    /// Before how many cases the words find without the filters.
    pub search_nearest: String,
    /// Above words that resemble those that find nothing.
    pub search_near: String,
    /// The call to write what is missing.
    pub search_call: String,
    /// Another text was searched for: `{text}`.
    pub search_corrected: String,
    /// Terms of an old address that the library no longer has: `{terms}`.
    pub search_ignored: String,
    /// A part of the index could not be fetched: `{why}`.
    pub search_failed: String,
    /// What to say where scripts do not run.
    pub search_off: String,
    /// The ways into the library without searching.
    pub search_browse: String,
    /// The heading of the pairs of terms.
    pub search_both: String,
    /// Why searching failed, where nobody knows.
    pub search_unknown: String,
    /// Why: a part of the search is not there.
    pub search_missing: String,
    /// A page of the results: `{page}`.
    pub search_page: String,
    /// Said where every case that is found lacks a word.
    pub search_incomplete: String,
    /// How many cases have one word: `{count}`, `{word}`.
    pub search_has: String,
    /// No case has a word: `{word}`.
    pub search_absent: String,
    /// Before the cases that lack words.
    pub search_rest: String,
    /// The words that a case lacks: `{words}`.
    pub search_lacks: String,
    /// Another text that may be meant: `{text}`.
    pub search_suggestion: String,
    /// The text as it was typed: `{text}`.
    pub search_instead: String,
    /// Other names by which a word is searched: `{word}`, `{names}`.
    pub search_means: String,
    /// Plain pages and entries of the glossary that answer.
    pub search_pages: String,
    /// The link past the filters.
    pub search_skip: String,
    /// The button that closes the filters: `{count}` is of cases.
    pub search_show: String,
    /// The heading of cases that match some of the choices: `{matched}`, `{choices}`.
    pub search_matches: String,
    /// How many cases match every choice: `{count}`, `{choices}`.
    pub search_matching: Plural,
    /// The same where there is none: `{choices}`.
    pub search_none_matching: String,
    /// How many match all but some, after those that match every choice: `{count}`, `{matched}`.
    pub search_also_matching: Plural,
    /// The button that shows them: `{count}` is of cases, `{matched}`, `{choices}`.
    pub search_show_near: String,
    /// What stands before the differences between a case and the choices.
    pub search_differs_label: String,
    /// What a case has in the place of a choice: `{has}`, `{asked}`.
    pub search_differs: String,
    /// The same for a case that has nothing there: `{asked}`.
    pub search_differs_none: String,
    /// The same for a case without the words: `{words}`.
    pub search_differs_words: String,
    /// Between choices of which either will do.
    pub search_or: String,
    /// The button that unfolds a long list of filters: `{count}` is a number.
    pub search_more: String,
    /// The name of the choice of their order.
    pub search_order: String,
    /// The order of the vocabulary.
    pub search_by_vocabulary: String,
    /// The order by number of cases.
    pub search_by_count: String,
    /// Said where the years are the wrong way round.
    pub search_years_wrong: String,
    /// The title of the page with a question: `{text}`, and `{count}` of cases.
    pub search_titled: String,
    /// The name of the list of suggestions.
    pub search_suggestions: String,
    /// What a suggestion is: an entry of the glossary.
    pub search_kind_glossary: String,
    /// What a suggestion is: a term of a vocabulary.
    pub search_kind_term: String,
    /// What a suggestion is: a place.
    pub search_kind_place: String,
    /// What a suggestion is: a case.
    pub search_kind_case: String,
    /// What a suggestion is: a page.
    pub search_kind_page: String,

    /// The acronyms and bodies.
    pub glossary: String,
    /// The box that leaves only the entries that hold some words.
    pub glossary_filter: String,
    /// How many are left: `{count}`, `{all}`.
    pub glossary_left: String,
    /// Before other entries of the glossary.
    pub see: String,

    /// The data dictionary.
    pub data: String,
    /// What the open data is: `{site}`.
    pub data_description: String,
    /// The heading over its files.
    pub data_file: String,
    /// What each file holds, by its name.
    pub data_files: BTreeMap<String, String>,
    /// Before the name of a table, in the heading over its columns.
    pub data_columns_of: String,
    /// The heading over the names of columns.
    pub data_column: String,
    /// The heading over their types.
    pub data_type: String,
    /// The heading over what they mean.
    pub data_meaning: String,
    /// What each column means, by its name; `vocabulary` describes the column of each vocabulary: `{vocabulary}`.
    pub data_columns: BTreeMap<String, String>,
    /// The link to the feed of all cases.
    pub feed: String,

    /// The title of the page for an address that is not there.
    pub not_found: String,
    /// What to do then.
    pub not_found_help: String,
    /// The title of an old address.
    pub moved: String,
    /// Before the link to the new one.
    pub moved_to: String,

    /// The months.
    pub months: [String; 12],
    /// A day: `{day}`, `{month}`, `{year}`.
    pub day: String,
    /// A month: `{month}`, `{year}`.
    pub month: String,
    /// Years, short: `{from}`, `{to}`; the end may be absent, which leaves its side empty.
    pub years_short: String,
    /// Years in words.
    pub years_between: String,
    /// Years in words, with no end recorded.
    pub years_from: String,
    /// Years in words, with no beginning recorded.
    pub years_to: String,
    /// Between thousands.
    pub thousands: String,
    /// Between the items of a list.
    pub comma: String,
    /// Between the last two items of a list.
    pub and: String,
}
}

/// A word with a number: `{count}`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plural {
    /// For one.
    pub one: String,
    /// For any other number.
    pub other: String,
}

/// A kind of source.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SourceKindWords {
    /// As a label.
    pub label: String,
    /// What it is good for.
    #[serde(default)]
    pub strength: String,
    /// One of them, in a sentence.
    pub one: String,
    /// Several, in a sentence.
    pub other: String,
}
