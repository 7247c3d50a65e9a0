//! The texts of the interface, one file per language. `phrases` fills values into them.
//!
//! [`Words`] is both the form of a language's file, `strings/<language>.yaml`, and what templates see as `words`. This
//! file is long because it is one table: a row for each text.

use std::collections::BTreeMap;

use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, Error as _},
};
use serde_yaml::{Error, Mapping, Value};

/// Defines the texts, and reads each with a call that cannot fail. The function that serde derives can return early at
/// each of three hundred fields, and an optimising compiler spends ten minutes on it.
macro_rules! words {
    ($(#[$about:meta])* pub struct Words { $($(#[$doc:meta])* pub $word:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Serialize)]
        pub struct Words {
            $($(#[$doc])* pub $word: $kind,)*

            /// Texts that a theme adds for its own templates.
            #[serde(flatten)]
            pub others: BTreeMap<String, Value>,
        }

        impl Words {
            /// Reads the texts of a file, or gives the error.
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

/// A file of texts that is being read.
struct WordsFile {
    /// The texts that have not been read yet.
    rest: Mapping,
    /// The first error.
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
/// The texts of the interface, as every template sees them: `words`. `{…}` in a text is filled in.
pub struct Words {
    /// The first link of a page, for keyboards: skip to the content.
    pub skip: String,
    /// The name of the main menu, for screen readers.
    pub menu: String,
    /// The button that opens the menu items that a narrow screen hides.
    pub menu_more: String,
    /// The name of the menu in the foot of a page, for screen readers.
    pub menu_of_foot: String,
    /// The name of the breadcrumb trail, for screen readers.
    pub trail: String,
    /// The window's title: `{page}` and `{site}`.
    pub window_title: String,
    /// The start of a notice of a draft.
    pub draft: String,
    /// The notice on every page of a site built with drafts.
    pub drafts_shown: String,
    /// In an archive copy, on a page that works on the website alone; followed by its address there.
    pub archive_notice: String,
    /// The title of the list of drafts.
    pub drafts: String,
    /// The link to the list of drafts.
    pub see_drafts: String,
    /// On the list of drafts, if there are none.
    pub no_drafts: String,
    /// The heading over cases with a date in the future.
    pub dated_ahead: String,
    /// When a case with a date in the future will be published: `{day}`.
    pub appears_on: String,
    /// Before the parts that a draft lacks.
    pub still_lacks: String,
    /// Beside a draft that lacks no required part.
    pub lacks_nothing: String,
    /// Beside a draft with an error.
    pub has_errors: String,
    /// A missing part of a draft: the title.
    pub lacks_title: String,
    /// A missing part of a draft: the summary.
    pub lacks_summary: String,
    /// A missing part of a draft: the date.
    pub lacks_date: String,
    /// A missing part of a draft: the text.
    pub lacks_text: String,
    /// Before the publisher's name.
    pub published_by: String,
    /// Before a licence's name.
    pub licence: String,

    /// A number of cases: `{count}`.
    pub cases: Plural,
    /// The title of the list of all cases.
    pub all_cases: String,
    /// A link to the list of all cases, with their number: `{count}`.
    pub see_all_cases: Plural,
    /// The heading over the newest cases.
    pub newest_cases: String,
    /// The heading over the terms of a vocabulary on the home page: `{vocabulary}`.
    pub by_vocabulary: String,
    /// The description of the library, for search engines, if it has no tagline: `{count}`, `{site}`.
    pub library_described: Plural,
    /// The description of the list of all cases, for search engines: `{count}`, `{site}`.
    pub cases_described: Plural,
    /// The description of another list of cases, for search engines: `{title}`, `{count}`, `{site}`.
    pub list_described: Plural,
    /// In place of the number zero.
    pub none_yet: String,
    /// On a page of a library without cases.
    pub no_cases: String,
    /// On the page of a term without cases.
    pub gap: String,
    /// A link to the complete list: `{count}`.
    pub see_all: Plural,

    /// The order of a list of cases: newest first.
    pub newest_first: String,
    /// The link to the cases by first year.
    pub by_first_year: String,
    /// The link to the cases by place.
    pub by_place: String,
    /// After the first terms of many: `{count}`.
    pub more_terms: Plural,

    /// The title of the table of lifelines.
    pub lives: String,
    /// The description of the table of lifelines, for search engines: `{site}`.
    pub lives_described: String,
    /// The heading over the drawing of lifelines: `{count}`.
    pub lives_of: Plural,
    /// The link from the drawing to the table of lifelines.
    pub lives_table: String,
    /// The name of the drawing of lifelines, for screen readers: `{from}`, `{to}`.
    pub lives_from_to: String,
    /// A description of the rows of the drawing, for screen readers.
    pub lives_description: String,
    /// A description of the columns of the drawing, for screen readers.
    pub lives_columns: String,
    /// The description of columns without links, for screen readers.
    pub lives_columns_alone: String,
    /// The link from the columns of a term to the search, where years can be chosen.
    pub lives_in_search: String,
    /// The link from some lifelines to all: `{count}`.
    pub all_lives: Plural,
    /// The number of cases that ran in a year: `{count}`.
    pub running: Plural,
    /// The title of the list of cases that ran in a year: `{year}`.
    pub running_in: String,
    /// The years between which most cases began: `{from}`, `{to}`.
    pub most_began: String,
    /// Before the choice of a term in the drawing of lifelines.
    pub choose_lives: String,
    /// The choice of all cases in the drawing of lifelines.
    pub every_case: String,
    /// What the drawing of lifelines highlights: `{term}`, `{shown}`, `{count}`.
    pub lives_chosen: Plural,
    /// The meaning of the hairline of a lifeline.
    pub hairline: String,
    /// Before the events that the drawing marks with dotted lines.
    pub events: String,
    /// The heading of the column of first years.
    pub first_year: String,
    /// The heading of the column of last years.
    pub last_year: String,
    /// The heading of the column of years in which partnerships took another form.
    pub changed_year: String,
    /// The heading of the column of years until which sources report.
    pub reported_year: String,
    /// After an outcome, the year of the last report: `{year}`.
    pub last_reported: String,
    /// The same where there is room for a few words: `{year}`.
    pub in_year: String,
    /// The heading of the column of cases.
    pub case: String,

    /// What to do if no case is ticked.
    pub tray_none: String,
    /// One case is ticked: `{cases}`.
    pub tray_one: String,
    /// Several cases are ticked: `{count}`, `{cases}`.
    pub tray_many: String,
    /// Why no more cases can be ticked.
    pub tray_full: String,
    /// The button that unticks all cases.
    pub tray_clear: String,
    /// The link to the briefing.
    pub briefing: String,

    /// The name of the links to the pages of a list, for screen readers.
    pub pages_of_list: String,
    /// A page of a list, for screen readers: `{page}`.
    pub page_number: String,
    /// The title of a further page of a list, for the browser's window: `{title}`, `{page}`, `{last}`.
    pub page_of: String,
    /// The link to the previous page.
    pub previous: String,
    /// The link to the next page.
    pub next: String,
    /// The range of a list that is shown: `{from}`, `{to}`, `{count}`.
    pub part_of_list: String,
    /// The link from a list to the rest of it in the search: `{count}`, as in `431 cases`.
    pub all_in_search: String,

    /// The heading of the question on the home page.
    pub finder_title: String,
    /// The empty choice of the question: `{vocabulary}`.
    pub finder_any: String,
    /// A choice of the question: `{term}`, `{count}`.
    pub finder_option: String,
    /// The button that shows the cases.
    pub finder_button: String,
    /// The heading over the tiles of the regions.
    pub where_they_are: String,
    /// The note below the tiles of the regions.
    pub tiles_note: String,
    /// On the tile of a region without cases, where readers can send in a case.
    pub no_case_know: String,
    /// Before the meaning of the shades.
    pub shade: String,
    /// The link to all places: `{count}`.
    pub all_places: Plural,
    /// A number of places: `{count}`.
    pub places_counted: Plural,
    /// The places that cases come from: `{count}`.
    pub from_places: Plural,
    /// A number of regions: `{count}`.
    pub regions_counted: Plural,
    /// The number of places in the library: `{places}`.
    pub places_lead: String,
    /// The number of places and regions in the library: `{places}`, `{regions}`.
    pub places_lead_regions: String,
    /// The heading over the cases by region.
    pub by_region: String,
    /// The heading over the names of places.
    pub place_names: String,
    /// The heading over the theme pages.
    pub read_across: String,
    /// The link to all theme pages.
    pub all_themes: String,
    /// The number of cases that a theme page names: `{count}`.
    pub cases_named: Plural,
    /// A number of groups: `{count}`.
    pub groups: Plural,
    /// The heading over the theme pages that use a case.
    pub themes_of_case: String,
    /// The heading over the theme pages that link to cases of a term.
    pub themes_of_term: String,
    /// The heading over the ways to follow new cases.
    pub follow: String,
    /// The link to the feed.
    pub follow_feed: String,
    /// The link to the page of changes.
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
    /// The title of the page of places.
    pub places: String,
    /// The name of the links to the regions.
    pub regions: String,
    /// The heading over places without a region.
    pub no_region: String,
    /// The heading over cases that name no place.
    pub no_place: String,
    /// The number of places that are not shown: `{count}`.
    pub more_places: Plural,
    /// The link to the cases of a place that are not listed: `{count}`.
    pub more_cases: Plural,
    /// The title of the A to Z.
    pub a_to_z: String,
    /// What the A to Z holds, and how it is put in order.
    pub a_to_z_note: String,
    /// The description of the index, for search engines: `{site}`.
    pub a_to_z_described: String,
    /// The title of the page of a letter: `{letter}`.
    pub titles_under: String,
    /// The name of the links to the letters, for screen readers.
    pub letters: String,
    /// The heading over titles that begin with a digit.
    pub digits: String,
    /// The heading over titles that begin with neither a letter nor a digit.
    pub other_signs: String,

    /// Before other names of a term.
    pub also: String,
    /// Before the broader term.
    pub part_of: String,
    /// Before the narrower terms.
    pub includes: String,
    /// The heading over combinations with another vocabulary: `{vocabulary}`.
    pub combined_with: String,
    /// The title of a page of two terms: `{first}` and `{second}`.
    pub pair: String,
    /// The same title, made of the phrases of their vocabularies: `{first}` and `{second}`.
    pub pair_phrases: String,

    /// The number of sources of a case: `{count}`.
    pub sources_counted: Plural,
    /// Years with their number: `{years}`, `{length}`.
    pub years_and_length: String,
    /// A number of years: `{count}`.
    pub years_counted: Plural,
    /// Before the lesson of a case.
    pub one_lesson: String,
    /// A note that a lesson is the authors' interpretation.
    pub our_reading: String,
    /// The heading of the section on sharing, citing and correcting.
    pub share: String,
    /// The same heading where the library has no address for corrections.
    pub share_and_cite: String,
    /// The button that copies the address of the page.
    pub copy_link: String,
    /// The text of that button after copying.
    pub link_copied: String,
    /// The link that sends the page by e-mail.
    pub email_case: String,
    /// The reason why two cases are related: `{terms}`.
    pub shares_sentence: String,
    /// The heading of the facts.
    pub facts: String,
    /// The label of the places, by their number.
    pub place: Plural,
    /// The label of the years of the partnership.
    pub years: String,
    /// The label of the partners, by their number.
    pub partners: Plural,
    /// The label of the authors, by their number.
    pub authors: Plural,
    /// The label of the day of first publication.
    pub first_published: String,
    /// The label of the day of the last change.
    pub updated: String,
    /// The label of the day on which the facts were checked.
    pub checked: String,
    /// The label of the day by which the facts should be checked again.
    pub next_review: String,
    /// The label of the contact.
    pub contact: String,
    /// The heading of the list of contents.
    pub contents: String,
    /// The labels of alerts, by their names in Markdown.
    pub alerts: BTreeMap<String, String>,
    /// The heading of the footnotes.
    pub notes: String,
    /// Before the credit of a picture.
    pub picture_credit: String,
    /// The heading of the table of barriers.
    pub barriers: String,
    /// The heading of its first column: barriers.
    pub barrier: String,
    /// The heading of its second column: responses.
    pub response: String,
    /// In place of a barrier or a response that was not recorded.
    pub not_recorded: String,
    /// The heading of the sources.
    pub sources: String,
    /// The number of sources by kind: `{count}`, `{kinds}`.
    pub sources_by_kind: Plural,
    /// The number of sources, as a sentence, if the kind of none is stated: `{count}`.
    pub sources_without_kinds: Plural,
    /// The number of sources whose kind is not stated, after the kinds: `{count}`.
    pub sources_kind_not_stated: Plural,
    /// The kinds of sources, by their names in front matter.
    pub source_kinds: BTreeMap<String, SourceKindWords>,
    /// A source by its number, for screen readers: `{number}`.
    pub source_number: String,
    /// Beside a source that the text does not cite, among others that it does.
    pub sources_uncited: String,
    /// The link from a source to its first citation: `{count}` citations.
    pub source_uses: Plural,
    /// The link to an archived copy of a source.
    pub archived_copy: String,
    /// The day on which a source was read: `{date}`.
    pub accessed: String,
    /// The title of the page of changes.
    pub changes: String,
    /// The introduction of the page of changes.
    pub changes_lead: String,
    /// The link to the feed of changes.
    pub changes_feed: String,
    /// Before the link to all cases, if the page does not list every change.
    pub changes_older: String,
    /// A kind of change: a case was published.
    pub change_published: String,
    /// A kind of change: the substance of a case changed.
    pub change_changed: String,
    /// A kind of change: a case was corrected.
    pub change_corrected: String,
    /// The heading over the corrections of a case.
    pub corrections: Plural,
    /// The heading of a correction: `{date}`.
    pub corrected_on: String,
    /// The link to the list of corrections.
    pub see_corrections: String,
    /// The heading over adoptions of a case elsewhere.
    pub adopted: String,
    /// In lists, beside a case that was adopted elsewhere.
    pub used_elsewhere: String,
    /// In place of the date of a source that has none.
    pub date_not_stated: String,
    /// The heading over related cases.
    pub related: String,
    /// The heading over the citation of a case.
    pub cite: String,
    /// The name of the citation style: `{style}`.
    pub cite_style: String,
    /// The button that copies the citation.
    pub cite_copy: String,
    /// The text of that button after copying.
    pub cite_copied: String,
    /// Before the files for reference managers.
    pub cite_download: String,
    /// The kind of work that a case is, in a citation.
    pub case_study: String,
    /// The notice on a withdrawn case.
    pub withdrawn: String,
    /// The day of the withdrawal: `{date}`.
    pub withdrawn_on: String,
    /// Before the terms of a withdrawn case.
    pub withdrawn_next: String,

    /// Before the reason why a case is related.
    pub why: String,
    /// A reason why two cases are related, shared words: `{words}`.
    pub shares_words: String,
    /// The separator of reasons.
    pub semicolon: String,
    /// The reason for a related case that shares no term or word.
    pub named_by_hand: String,
    /// The link to the page on weighing sources.
    pub weigh_sources: String,
    /// The link that reports an error by e-mail.
    pub report_error: String,
    /// The subject of that e-mail: `{title}`.
    pub report_subject: String,
    /// Before the page's own address, on paper.
    pub own_address: String,

    /// The title of the evidence map.
    pub map: String,
    /// What the map counts: `{row}`, `{column}`.
    pub map_lead: String,
    /// Two vocabularies as the axes of a map: `{row}`, `{column}`.
    pub map_axes: String,
    /// The heading of the totals.
    pub map_all: String,
    /// The totals of the columns: `{vocabulary}`.
    pub map_all_of: String,
    /// A cell, for screen readers: `{row}`, `{column}`, `{count}`.
    pub map_cell: Plural,
    /// A cell without cases, for screen readers: `{row}`, `{column}`.
    pub map_cell_gap: String,
    /// Why the sums do not add up: `{row}`, `{column}`, `{count}`.
    pub map_sums: Plural,
    /// Said if a map does not show all terms.
    pub map_most_used: String,
    /// The meaning of a gap, in the key of the map.
    pub map_key_gap: String,
    /// The meaning of a shade with a range of counts: `{from}`, `{to}`.
    pub map_key_range: String,
    /// The meaning of the darkest shade: `{from}`.
    pub map_key_from: String,
    /// A link to the map as a table for spreadsheets.
    pub map_csv: String,
    /// The heading over the maps of other vocabularies.
    pub map_others: String,
    /// The heading of the map on the home page.
    pub map_on_home: String,
    /// The link from the home page to the whole map.
    pub map_whole: String,
    /// Before the link to the page on contributing.
    pub contribute: String,

    /// The title of the form.
    pub contribute_title: String,
    /// What the form is for.
    pub contribute_lead: String,
    /// In place of the form, if scripts are off.
    pub contribute_scripts: String,
    /// Before the templates, where the form is not shown.
    pub contribute_instead: String,
    /// Before the address to write to.
    pub contribute_write: String,
    /// The list of the form's parts.
    pub contribute_parts: String,
    /// A note that answers are kept on the device.
    pub contribute_device: String,
    /// The link to the first part.
    pub contribute_begin: String,
    /// Before the field that opens a saved file.
    pub contribute_open: String,
    /// Before the templates.
    pub contribute_templates: String,
    /// Beside the tick for keeping.
    pub contribute_keep: String,
    /// The button that clears the form.
    pub contribute_clear: String,
    /// Before the address for questions.
    pub contribute_stuck: String,
    /// The heading over the preview of the case's entry.
    pub contribute_so_far: String,
    /// What makes a case one for the library, line by line.
    pub contribute_accepted: [String; 4],
    /// A question that may stay open: `{question}`.
    pub contribute_if_known: String,
    /// The titles of the form's parts, by their ids.
    pub contribute_titles: BTreeMap<String, String>,
    /// The introductions of some parts, by their ids.
    pub contribute_intros: BTreeMap<String, String>,
    /// The questions, by what they answer: each with its `label` and `hint`, and what else is said of it.
    pub contribute_questions: BTreeMap<String, BTreeMap<String, String>>,
    /// What the script of the form says.
    pub contribute_form: Value,

    /// The title of the page that compares cases.
    pub compare: String,
    /// The introduction of the page that compares cases.
    pub compare_lead: String,
    /// Said if scripts are off.
    pub compare_scripts: String,
    /// The heading over the lists to choose cases from.
    pub compare_choose: String,
    /// The button that adds a case.
    pub compare_add: String,
    /// Said if no case is chosen yet.
    pub compare_pick: String,
    /// The label of the list of cases.
    pub compare_case: String,
    /// The link to a case that is named by its title already.
    pub compare_read: String,
    /// Before links to lists that cases can be chosen from.
    pub compare_ways: String,
    /// Before cases that are related to those chosen.
    pub compare_related: String,
    /// The button that removes a case.
    pub compare_remove: String,
    /// Said if a case does not exist: `{case}`.
    pub compare_missing: String,
    /// Said if there is no room for a case: `{case}`.
    pub compare_too_many: String,

    /// The title of a comparison: `{cases}`.
    pub beside_title: String,
    /// The title of a briefing: `{cases}`.
    pub briefing_of: String,
    /// After a value that all cases share.
    pub beside_same: String,
    /// The button that hides rows in which all cases are the same.
    pub beside_differs: String,
    /// The heading of the row of lifelines.
    pub beside_lifeline: String,
    /// Where the responses are shown.
    pub beside_pairs_note: String,
    /// The number of barriers that are not shown: `{count}`.
    pub beside_more_pairs: String,
    /// The link to the printed pages.
    pub briefing_print: String,
    /// The name of the briefing within a sentence.
    pub briefing_lower: String,
    /// The introduction of the briefing.
    pub briefing_lead: String,
    /// What the first page of the briefing contains.
    pub briefing_about: String,
    /// The heading over the questions.
    pub briefing_questions: String,
    /// Which cases raise a question: `{cases}`.
    pub briefing_raised: String,
    /// The heading over the lessons.
    pub briefing_lessons: String,
    /// The heading over the citations.
    pub briefing_from: String,
    /// A warning that one case does not prove a rule.
    pub briefing_warning: String,
    /// The button that prints the page.
    pub print: String,
    /// What an acronym stands for, with the years of the body: `{full}`, `{years}`.
    pub abbreviation: String,
    /// The title of the search page.
    pub search: String,
    /// The description of the search page, for search engines: `{site}`.
    pub search_described: String,
    /// The label of the search box.
    pub search_label: String,
    /// The help below the search box.
    pub search_help: String,
    /// The heading of the filters.
    pub search_filters: String,
    /// The choice that a case may carry any of the chosen terms.
    pub search_any: String,
    /// The choice that a case must carry all chosen terms.
    pub search_all: String,
    /// The heading of the filter by years.
    pub search_years: String,
    /// What the filter of years compares.
    pub search_years_help: String,
    /// The label of the first year.
    pub search_from: String,
    /// The label of the last year.
    pub search_to: String,
    /// The label of the order of results.
    pub search_sort: String,
    /// The order by relevance.
    pub search_relevance: String,
    /// The order by date, newest first.
    pub search_newest: String,
    /// The order by title.
    pub search_title: String,
    /// The button that clears all filters.
    pub search_clear: String,
    /// The name of the chosen filters, for screen readers.
    pub search_chosen: String,
    /// The button that clears one filter: `{term}`.
    pub search_remove: String,
    /// In place of the number zero.
    pub search_none: String,
    /// Said if there are no results.
    pub search_nothing: String,
    /// What to do if there are no results.
    pub search_nothing_help: String,
    /// Above terms whose names resemble words with no result.
    pub search_like: String,
    /// Before the number of cases that would be found without filters.
    pub search_nearest: String,
    /// Above words that resemble words with no result.
    pub search_near: String,
    /// The link to the page on contributing, if there are no results.
    pub search_call: String,
    /// Said if a corrected query was searched: `{text}`.
    pub search_corrected: String,
    /// Said if the address names terms that the library no longer has: `{terms}`.
    pub search_ignored: String,
    /// Said if a part of the index could not be loaded: `{why}`.
    pub search_failed: String,
    /// Said if scripts do not run.
    pub search_off: String,
    /// The heading over the links into the library.
    pub search_browse: String,
    /// The heading over the pairs of terms.
    pub search_both: String,
    /// The cause of a failure: unknown.
    pub search_unknown: String,
    /// The cause of a failure: a file of the search is missing.
    pub search_missing: String,
    /// Said while a search takes long.
    pub search_slow: String,
    /// How many cases could not be loaded: `{count}`.
    pub search_lost: Plural,
    /// The number of a page of results: `{page}`.
    pub search_page: String,
    /// The number of cases with every word of the query: `{count}`.
    pub search_all_words: Plural,
    /// Said if no case has every word of the query.
    pub search_incomplete: String,
    /// The number of cases that lack words of the query, after that of the others: `{count}`.
    pub search_some_words: Plural,
    /// The number of cases that have a broader or related term, and lack the only word of the query: `{count}`.
    pub search_related: Plural,
    /// Said if a query has only marks, such as `???`: `{text}`.
    pub search_wordless: String,
    /// The number of cases with one word: `{count}`, `{word}`.
    pub search_has: String,
    /// Said if no case has a word: `{word}`.
    pub search_absent: String,
    /// The heading over results that lack words of the query: `{count}`.
    pub search_rest: Plural,
    /// The words that a result lacks: `{words}`.
    pub search_lacks: String,
    /// A suggested query: `{text}`.
    pub search_suggestion: String,
    /// The link that searches the query as typed: `{text}`.
    pub search_instead: String,
    /// Synonyms that were searched too: `{word}`, `{names}`.
    pub search_means: String,
    /// The heading over plain pages and glossary entries that match.
    pub search_pages: String,
    /// The link that skips the filters.
    pub search_skip: String,
    /// The button that closes the filters: `{count}` of cases.
    pub search_show: String,
    /// The heading over cases that match some of the choices: `{matched}`, `{choices}`.
    pub search_matches: String,
    /// The number of cases that match every choice: `{count}`, and the `{names}` of the choices.
    pub search_matching: Plural,
    /// Said if no case matches every choice: `{names}`.
    pub search_none_matching: String,
    /// The number of cases that match all choices but some: `{count}`, `{matched}`, `{choices}`.
    pub search_also_matching: Plural,
    /// The button that shows cases that match some choices: `{count}` of cases, `{matched}`, `{choices}`.
    pub search_show_near: String,
    /// Before the differences between a case and the choices.
    pub search_differs_label: String,
    /// A difference: the case has another term than the one chosen: `{has}`, `{asked}`.
    pub search_differs: String,
    /// A difference: the case has no term of that vocabulary: `{asked}`.
    pub search_differs_none: String,
    /// A difference: the case lacks words of the query: `{words}`.
    pub search_differs_words: String,
    /// Between two choices, either of which is enough.
    pub search_or: String,
    /// Before the last of several choices.
    pub search_and: String,
    /// The button that shows all filters of a long list: `{count}` is a number.
    pub search_more: String,
    /// The label of the order of a long list of filters.
    pub search_order: String,
    /// The order of the vocabulary.
    pub search_by_vocabulary: String,
    /// The order by number of cases.
    pub search_by_count: String,
    /// Said if the last year is before the first.
    pub search_years_wrong: String,
    /// The window title of a search: `{text}`, and `{count}` of cases.
    pub search_titled: String,
    /// The name of the list of suggestions, for screen readers.
    pub search_suggestions: String,
    /// The kind of a suggestion: an entry of the glossary.
    pub search_kind_glossary: String,
    /// The kind of a suggestion: a term of a vocabulary.
    pub search_kind_term: String,
    /// The kind of a suggestion: a place.
    pub search_kind_place: String,
    /// The kind of a suggestion: a case.
    pub search_kind_case: String,
    /// The kind of a suggestion: a page.
    pub search_kind_page: String,

    /// The title of the glossary.
    pub glossary: String,
    /// The description of the glossary, for search engines: `{site}`.
    pub glossary_described: String,
    /// The label of the box that filters the entries of the glossary.
    pub glossary_filter: String,
    /// The number of entries shown: `{count}`, `{all}`.
    pub glossary_left: String,
    /// Before related entries of the glossary.
    pub see: String,

    /// The title of the data dictionary.
    pub data: String,
    /// A description of the open data: `{site}`.
    pub data_description: String,
    /// The heading over the files of the open data.
    pub data_file: String,
    /// A description of each file, by its name.
    pub data_files: BTreeMap<String, String>,
    /// How to open the tables in a spreadsheet.
    pub data_spreadsheet: String,
    /// Before the name of a table, in the heading over its columns.
    pub data_columns_of: String,
    /// The heading over the names of the columns.
    pub data_column: String,
    /// The heading over the types of the columns.
    pub data_type: String,
    /// The heading over the meanings of the columns.
    pub data_meaning: String,
    /// The meaning of each column, by its name; `vocabulary` is for the column of each vocabulary: `{vocabulary}`.
    pub data_columns: BTreeMap<String, String>,
    /// The link to the feed of all cases.
    pub feed: String,

    /// The title of the page for an unknown address.
    pub not_found: String,
    /// What to do at an unknown address.
    pub not_found_help: String,
    /// The title of a redirect.
    pub moved: String,
    /// Before the link to the new address.
    pub moved_to: String,

    /// The names of the months.
    pub months: [String; 12],
    /// The form of a day: `{day}`, `{month}`, `{year}`.
    pub day: String,
    /// The form of a month: `{month}`, `{year}`.
    pub month: String,
    /// The short form of years: `{from}`, `{to}`; either may be absent, and its side is empty.
    pub years_short: String,
    /// A period with both years, in words.
    pub years_between: String,
    /// A period without an end, in words.
    pub years_from: String,
    /// A period without a beginning, in words.
    pub years_to: String,
    /// The mark between thousands.
    pub thousands: String,
    /// The separator of a list.
    pub comma: String,
    /// The separator of the last two items of a list.
    pub and: String,
}
}

/// A text with a number, in the singular and the plural: `{count}`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plural {
    /// The form for one.
    pub one: String,
    /// The form for all other numbers.
    pub other: String,
}

/// The texts for a kind of source.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SourceKindWords {
    /// The name of the kind, as a label.
    pub label: String,
    /// What it is good for.
    #[serde(default)]
    pub strength: String,
    /// One source of this kind, in a sentence.
    pub one: String,
    /// Several sources of this kind, in a sentence.
    pub other: String,
}
