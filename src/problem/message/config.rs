//! Messages about settings, files of vocabularies, the glossary, places and synonyms.

use super::{case::meant_address, nearest_word, shown, yaml::bad_value};
use crate::problem::{Code, FilePath, Problem, Spot, Written};

/// A `base_url` that cannot be one. `why` is a clause about it: "it has a query".
pub fn bad_base_url(spot: &Spot, found: &str, why: &str) -> Problem {
    let meant = meant_address(found).map(|meant| format!("{}/", meant.trim_end_matches('/')));
    Problem::new(Code::BadValue, spot, format!("`base_url` cannot be \"{}\": {why}", shown(found)))
        .help("write a full address, such as https://example.org/casebook/, or only a path, such as /casebook/")
        .help_if_any(meant.as_deref().map(|meant| format!("write {}", shown(meant))))
        .fix_if_any(found, meant.as_deref())
}

/// A repository without the address of its host.
pub fn bare_repository(spot: &Spot, found: &str) -> Problem {
    let meant = format!("https://github.com/{found}");
    Problem::new(Code::BadValue, spot, format!("`repository` is not a web address: \"{}\"", shown(found)))
        .help(format!("write it in full: {}", shown(&meant)))
        .fix(found, &meant)
}

/// A `theme` that is not the name of a folder.
pub fn not_a_theme(spot: &Spot) -> Problem {
    bad_value(spot, "theme", "be the name of a folder in themes/")
        .help("put the theme into themes/, in a folder of its own, and write its name: `theme: mine` for themes/mine/")
}

/// A list of vocabularies that names one twice.
pub fn vocabulary_twice(spot: &Spot, key: &str, id: &str) -> Problem {
    bad_value(spot, key, &format!("name `{id}` only once"))
}

/// A map with the same vocabulary on both axes.
pub fn same_axis_twice(spot: &Spot) -> Problem {
    bad_value(spot, "columns", "be another facet than `rows`")
}

/// A number below 1 or over its limit.
pub fn number_not_within(spot: &Spot, key: &str, most: u16) -> Problem {
    bad_value(spot, key, &format!("be from 1 to {most}"))
}

/// A text that is not the path of a file of the content.
pub fn not_a_content_file(spot: &Spot, key: &str) -> Problem {
    bad_value(spot, key, "be the path of a file under content/")
}

/// A text that is not a colour.
/// `lacks_hash` says that the figures are those of a colour.
pub fn not_a_colour(spot: &Spot, key: &str, found: &str, lacks_hash: bool) -> Problem {
    let problem = bad_value(spot, key, "be a colour such as \"#0b5d5e\", in quotation marks");
    match lacks_hash {
        true => problem.help(format!("write \"#{found}\"")).fix(found, &format!("#{found}")),
        false => problem,
    }
}

/// A list with too many entries.
pub fn too_many_entries(spot: &Spot, key: &str, most: usize) -> Problem {
    bad_value(spot, key, &format!("have {most} entries at most"))
}

/// A sentence of the home page without a choice, or with too many.
pub fn wrong_number_of_choices(spot: &Spot) -> Problem {
    bad_value(spot, "sentence", "name one to four vocabularies in braces, such as {tier}")
}

/// A tile of a region with the name or the place of another.
pub fn region_twice(spot: &Spot, known: &str) -> Problem {
    bad_value(spot, "regions", &format!("not take the name or the place of `{known}`"))
}

/// An entry of the glossary whose `to` is before its `from`.
pub fn ends_before_it_begins(spot: &Spot, from: i16) -> Problem {
    bad_value(spot, "to", &format!("not come before `from` ({from})"))
}

/// A name under `checks` that is not the code of a problem.
pub fn unknown_check(spot: &Spot, found: &str) -> Problem {
    let codes = Code::ALL.iter().map(|code| code.as_str());
    Problem::new(Code::UnknownField, spot, format!("there is no check \"{}\"", shown(found)))
        .help("name a check by the code in its messages, such as review-due")
        .did_you_mean(nearest_word(found, codes))
}

/// A code whose level cannot be lowered, because the site would not be whole or safe.
pub fn check_not_lowered(spot: &Spot, code: Code) -> Problem {
    Problem::new(Code::BadValue, spot, format!("`{code}` must stay an error"))
        .help("delete the line: a site with this mistake in it would not be whole")
}

/// A `phrase` without `{term}`.
pub fn phrase_without_term(spot: &Spot) -> Problem {
    Problem::new(Code::BadValue, spot, "`phrase` must hold {term}, for the words of the term")
        .help("write, for example, `phrase: \"with {term}\"`")
}

/// A term's id that cannot be part of an address.
pub fn bad_term_id(id: &Written<String>, better: Option<&str>) -> Problem {
    let problem = Problem::new(Code::BadValue, &id.spot, format!("\"{}\" cannot be a term's id", shown(&id.value)));
    match better.filter(|better| better.is_ascii()) {
        Some(better) => {
            problem.help(format!("write `id: {better}`, and the full name in `label`")).fix(&id.value, better)
        }
        None => problem.help("use lower-case letters, digits and hyphens, and put the full name in `label`"),
    }
}

/// A vocabulary with a reserved name, or a name that is not in the form of an address. `better` is the same name in
/// that form.
pub fn reserved_vocabulary(spot: &Spot, name: &str, better: &str) -> Problem {
    let is_other = better != name && better.is_ascii() && !better.is_empty();
    Problem::new(Code::BadValue, spot, format!("a vocabulary cannot be called \"{}\"", shown(name)))
        .help("give the file another name, of lower-case letters, digits and hyphens: the name is kept for something else, or cannot be part of an address")
        .help_if_any(is_other.then(|| format!("call the file {better}.yaml: lower-case letters, digits and hyphens")))
}

/// A vocabulary with a name as programs give it to a copy.
pub fn copy_of_vocabulary(spot: &Spot, name: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("\"{}\" is a name as programs give it to a copy", shown(name)))
        .help("take over what the original lacks, then delete this file")
}

/// One of the library's own keys with a name that is not allowed. `is_kept` says that the name has a meaning already.
pub fn bad_own_field(spot: &Spot, key: &str, is_kept: bool) -> Problem {
    let key = shown(key);
    match is_kept {
        true => Problem::new(Code::BadValue, spot, format!("`{key}` has a meaning of its own already"))
            .help("give the field another name"),
        false => Problem::new(Code::BadValue, spot, format!("\"{key}\" cannot be the key of a field"))
            .help("use lower-case letters, digits, hyphens and underscores, and put the full name in `label`"),
    }
}

/// One of the library's own keys with the name of a vocabulary.
pub fn field_is_vocabulary(id: &Written<String>, vocabulary: &Spot) -> Problem {
    Problem::new(Code::BadValue, &id.spot, format!("`{}` is a vocabulary already", shown(&id.value)))
        .help("give the field another name")
        .related(vocabulary, "the vocabulary")
}

/// A facet or an axis that is not a vocabulary.
pub fn unknown_vocabulary<'a>(name: &Written<String>, ids: impl Iterator<Item = &'a str>) -> Problem {
    Problem::new(Code::BadValue, &name.spot, format!("there is no vocabulary \"{}\"", shown(&name.value)))
        .help(format!("add the file content/vocabularies/{}.yaml, or name another", shown(&name.value)))
        .did_you_mean(nearest_word(&name.value, ids))
        .help_if_any(
            name.value.contains(',').then(|| format!("write several in square brackets: [{}]", shown(&name.value))),
        )
}

/// An axis of the map that is a vocabulary but not a facet.
pub fn axis_no_facet(name: &Written<String>) -> Problem {
    Problem::new(
        Code::BadValue,
        &name.spot,
        format!("the map cannot be drawn by \"{}\": it is not in `facets`", shown(&name.value)),
    )
    .help(format!("add {} to `facets`, or name another", shown(&name.value)))
}

/// Two files for one vocabulary: `sector.yaml` and `sector.yml`.
pub fn two_vocabularies(spot: &Spot, id: &str, first: &Spot) -> Problem {
    Problem::new(Code::DuplicateAddress, spot, format!("this is a second file for the vocabulary \"{}\"", shown(id)))
        .help("keep one of the two files")
        .related(first, "the first one")
}

/// Two files of a kind of which a library has one: `glossary.yaml` and `glossary.yml`.
pub fn second_file(what: &str, second: &FilePath, first: &FilePath) -> Problem {
    let message = format!("this is a second {what}, and only one can be read");
    Problem::new(Code::DuplicateAddress, &Spot::whole(second), message)
        .help("put the content of both into one file, and delete the other")
        .related(&Spot::whole(first), "the first one")
}

/// A second glossary entry of the same name.
pub fn duplicate_entry(term: &Written<String>, first: &Spot) -> Problem {
    Problem::new(Code::DuplicateTerm, &term.spot, format!("\"{}\" is in the glossary already", shown(&term.value)))
        .help("put both into one entry")
        .related(first, "the first entry")
}

/// A set of synonyms of fewer than two words.
pub fn single_synonym(spot: &Spot) -> Problem {
    Problem::new(Code::BadValue, spot, "a set of synonyms needs at least two words")
        .help("write a list of words that mean the same: [covid, pandemic]")
}

/// A place, or another name of one, that is in the list already.
pub fn duplicate_place(name: &Written<String>, first: &Spot) -> Problem {
    Problem::new(
        Code::DuplicateTerm,
        &name.spot,
        format!("\"{}\" is in the list of places already", shown(&name.value)),
    )
    .help("keep each name once: put other names of a place under its `also`")
    .related(first, "the first one")
}

/// A place whose `within` names a place that is not in the list.
pub fn unknown_place(within: &Written<String>, nearest: Option<&str>) -> Problem {
    Problem::new(Code::BadValue, &within.spot, format!("\"{}\" is not in the list of places", shown(&within.value)))
        .help("give the `name` of another place, or add it")
        .did_you_mean(nearest)
}

/// A glossary entry whose `see` names an entry that does not exist.
pub fn unknown_entry(see: &Written<String>, nearest: Option<&str>) -> Problem {
    Problem::new(Code::BadValue, &see.spot, format!("\"{}\" is not in the glossary", shown(&see.value)))
        .help("name the `term` of another entry")
        .did_you_mean(nearest)
}
