//! Messages about values that are valid but probably mistakes.

use jiff::civil::Date;

use super::shown;
use crate::problem::{Code, Problem, Spot};

fn doubtful(spot: &Spot, message: impl Into<String>) -> Problem {
    Problem::new(Code::DoubtfulValue, spot, message)
}

/// A year long ago, or far in the future. `last` is the latest year that is accepted.
pub fn far_year(spot: &Spot, year: i16, last: i16) -> Problem {
    let message = match year > last {
        true => format!("the year {year} is more than ten years ahead"),
        false => format!("the year {year} is before 1800"),
    };
    doubtful(spot, message).help("compare the figures: one wrong digit can be a hundred years")
}

/// An end or a change of form (`key`) in a year to which the sources do not follow the partnership.
pub fn unreported_year(spot: &Spot, key: &str, year: i16, reported: i16) -> Problem {
    doubtful(spot, format!("`{key}` is {year}, but `reported` says that the sources end in {reported}"))
        .help("leave out what was only planned; where a source reports it, write its year for `reported`")
}

/// A case with a date in the future, which will be published on that day. `is_far` says that the day is so far away
/// that it was probably mistyped.
pub fn future_date(spot: &Spot, title: &str, date: Date, is_far: bool) -> Problem {
    doubtful(spot, format!("\"{}\" is not published yet: it appears on {date}", shown(title))).help(match is_far {
        true => "that is more than ten years ahead: write the day on which the case is first published",
        false => "that is right if you mean it to wait; otherwise write the day on which it is first published",
    })
}

/// A day in the future on which something is said to have been done.
pub fn not_yet(spot: &Spot, key: &str, day: Date) -> Problem {
    doubtful(spot, format!("`{key}` is {day}, and that day has not come yet"))
        .help("write the day on which it was done")
}

/// A case that names itself as related.
pub fn related_to_itself(spot: &Spot) -> Problem {
    doubtful(spot, "this case names itself as related").help("delete it, or name another case")
}

/// A related case for which a page has no room.
pub fn related_not_shown(spot: &Spot, most: usize) -> Problem {
    doubtful(spot, format!("a page shows {most} related cases, so readers see neither this one nor those after it"))
        .help("put those that matter most first, and link to the others in the text")
}

/// A related case that is in the list twice.
pub fn related_twice(spot: &Spot, name: &str) -> Problem {
    doubtful(spot, format!("the related case \"{}\" is listed twice", shown(name)))
        .help("delete one of the two")
        .fix_by_removal(name)
}

/// A place that is in the list twice.
pub fn place_twice(spot: &Spot, name: &str) -> Problem {
    doubtful(spot, format!("the place \"{}\" is listed twice", shown(name))).help("delete one of the two")
}

/// A partner that is in the list twice.
pub fn partner_twice(spot: &Spot, name: &str) -> Problem {
    doubtful(spot, format!("the partner \"{}\" is listed twice", shown(name)))
        .help("delete one of the two")
        .fix_by_removal(name)
}

/// A case with the title of another case.
pub fn title_twice(spot: &Spot, first: &Spot, name: &str) -> Problem {
    doubtful(spot, format!("{} has the same title, so readers cannot tell the two apart", shown(name)))
        .help("say in the title what sets this case apart; if it is a copy, delete one of the two files")
        .related(first, "the other case of this title")
}

/// A file with the name of a copy, and the title of another case.
pub fn copy_of_case(spot: &Spot, first: &Spot, name: &str) -> Problem {
    doubtful(spot, format!("this file looks like a copy of {} that another program made", shown(name)))
        .help("keep the better one of the two and delete the other: both are published")
        .related(first, "the case that it looks like")
}

/// A name that most cases spell in another way.
pub fn two_spellings(spot: &Spot, text: &str, usual: &str) -> Problem {
    doubtful(
        spot,
        format!(
            "\"{}\" is written \"{}\" elsewhere, so a search or list shows them separately",
            shown(text),
            shown(usual)
        ),
    )
    .help(format!("write {}", shown(usual)))
    .fix(text, usual)
}

/// A name of which as many cases have one spelling as the other.
pub fn two_spellings_as_often(spot: &Spot, text: &str, other: &str) -> Problem {
    doubtful(
        spot,
        format!(
            "\"{}\" is written \"{}\" elsewhere, so a search or list shows them separately",
            shown(text),
            shown(other)
        ),
    )
    .help(format!("look up which is right, {} or {}, and write it everywhere", shown(text), shown(other)))
}

/// A name that `content/places.yaml` spells in another way.
pub fn spelt_otherwise_in_list(spot: &Spot, text: &str, listed: &str) -> Problem {
    let message = format!(
        "\"{}\" is written \"{}\" in content/places.yaml, so a search or list shows them separately",
        shown(text),
        shown(listed)
    );
    doubtful(spot, message).help(format!("write {}", shown(listed))).fix(text, listed)
}

/// A region that `content/places.yaml` or the map of regions spells in another way.
pub fn region_spelt_otherwise(spot: &Spot, text: &str, known: &str) -> Problem {
    let message = format!(
        "\"{}\" is usually written \"{}\", so a search or list shows them separately",
        shown(text),
        shown(known)
    );
    doubtful(spot, message).help(format!("write {}", shown(known))).fix(text, known)
}

/// A region or code of a place that differs from `content/places.yaml`.
pub fn other_in_list(spot: &Spot, key: &str, text: &str, listed: &str) -> Problem {
    let message = format!("content/places.yaml has the {key} {} for this place", shown(listed));
    doubtful(spot, message).help(format!(
        "look up which is right, {} or {}, and correct the other",
        shown(text),
        shown(listed)
    ))
}

/// A code of a place for which most cases have another.
pub fn two_codes(spot: &Spot, text: &str, usual: &str) -> Problem {
    doubtful(spot, format!("the same place has the code {} elsewhere", shown(usual))).help(format!(
        "look up which is right, {} or {}; a place has one",
        shown(text),
        shown(usual)
    ))
}

/// A list written as one text. `between` separates its items.
pub fn list_in_one_text(spot: &Spot, key: &str, text: &str, between: char) -> Problem {
    let bare = |item: &'_ str| item.trim().trim_matches(['“', '”']).trim().to_owned();
    let items: Vec<String> = text.split(between).map(bare).filter(|item| !item.is_empty()).collect();
    let list = items.join(", ");
    // Tables put a semicolon between names, so one within a name is best avoided.
    let (marks, otherwise) = match between {
        ';' => ("semicolons", "if it is one name, write it without semicolons".to_owned()),
        _ => ("commas", format!("for one name with such a mark, a list of one: [\"{}\"]", shown(text))),
    };
    doubtful(spot, format!("`{key}` is one text, with {marks} in it, and is read as one name"))
        .help(format!("write a list: {key}: [{}]; {otherwise}", shown(&list)))
}

/// A list whose lines have no hyphens, so that YAML makes one text of them.
pub fn lines_in_one_text(spot: &Spot, key: &str) -> Problem {
    doubtful(spot, format!("all lines of `{key}` are read as one text")).help(
        "for several entries write a hyphen and a space before each; for one, put it on one line or in quotation marks",
    )
}

/// An item of a list without a value.
pub fn empty_item(spot: &Spot, key: &str) -> Problem {
    let list = if key.is_empty() { "this file".to_owned() } else { format!("`{key}`") };
    doubtful(spot, format!("an entry of {list} is empty")).help("write it, or delete its hyphen or comma")
}

/// The name of a place with a comma and more text.
pub fn place_with_comma(spot: &Spot, text: &str) -> Problem {
    let (name, region) = text.split_once(',').unwrap_or((text, ""));
    let problem = doubtful(spot, format!("\"{}\" is read as the name of one place", shown(text)));
    let one = format!("{{ name: \"{}\" }}", shown(text));
    // Councils of several towns have such names: Bournemouth, Christchurch and Poole.
    let may_be_several = region.contains(',') || region.contains(" and ") || region.contains(" & ");
    problem.help(match may_be_several {
        true => format!("if it is one place, write {one}; for several places write a list: [{}]", shown(text)),
        false => format!(
            "write {{ name: {}, region: {} }}, for two places a list: [{}], or for one place {one}",
            shown(name.trim()),
            shown(region.trim()),
            shown(text)
        ),
    })
}

/// Invisible characters in a value, which were removed. `first` is the first of them.
pub fn invisible(spot: &Spot, key: &str, text: &str, without: &str, first: char) -> Problem {
    let code = u32::from(first);
    let is_space = matches!(first, '\u{2028}' | '\u{2029}') && without.contains(' ');
    let became = if is_space { "read as a space" } else { "left out" };
    let message = format!("`{}` holds a character that cannot be seen (U+{code:04X}), which was {became}", shown(key));
    let problem = doubtful(spot, message)
        .help("type the value again; text pasted from web pages and word processors holds such characters");
    if without.is_empty() { problem.fix_by_removal(text) } else { problem.fix(text, without) }
}

/// An address of a mail program or a search engine, with the intended address inside.
pub fn wrapped_address(spot: &Spot, address: &str, inner: &str, host: &str) -> Problem {
    doubtful(
        spot,
        format!("this address leads through {}, which may ask readers to sign in or stop working", shown(host)),
    )
    .help(format!("write the address itself: {}", shown(inner)))
    .fix(address, inner)
}

/// An address of the author's own computer or network.
pub fn own_computer(spot: &Spot, host: &str) -> Problem {
    doubtful(spot, format!("nobody else can open an address of {}: it is on your own computer or network", shown(host)))
        .help("link to the page at its public address")
}

/// An address that can be opened only with an account of an organisation.
pub fn behind_a_sign_in(spot: &Spot, host: &str) -> Problem {
    doubtful(spot, format!("only people who may sign in to {} can open this", shown(host)))
        .help("put the file beside this one and name it here, or link to where it was published")
}

/// A web address with the punctuation of a sentence at its end.
pub fn address_with_stop(spot: &Spot, address: &str, now: &str) -> Problem {
    doubtful(spot, "this address ends with a full stop, a comma or a semicolon")
        .help(format!("write {}", shown(now)))
        .fix(address, now)
}

/// The name of a place with its code.
pub fn code_in_name(spot: &Spot, text: &str, name: &str, code: &str) -> Problem {
    let now = format!("{{ name: {name}, code: {code} }}");
    doubtful(spot, format!("\"{}\" is read as the name of a place, with its code", shown(text)))
        .help(format!("write {}", shown(&now)))
        .fix_with_yaml(text, &now)
}

/// A region in a list of places.
pub fn region_among_places(spot: &Spot, name: &str, region: &str) -> Problem {
    doubtful(spot, format!("\"{}\" is a region, but is listed here as a second place", shown(region))).help(format!(
        "write place: {{ name: {}, region: {} }}",
        shown(name),
        shown(region)
    ))
}

/// A file name in the form that other programs give to copies. It becomes part of the address.
pub fn named_like_copy(spot: &Spot, name: &str) -> Problem {
    doubtful(
        spot,
        format!("\"{}\" is a name as programs give it to a copy, and readers see it in the address", shown(name)),
    )
    .help("give the file a name that says what it is about, or set `slug`; if it is a copy, delete it")
}

/// A placeholder in a value, such as TBC.
pub fn left_in_value(spot: &Spot, key: &str, word: &str) -> Problem {
    doubtful(spot, format!("`{key}` says \"{}\", and readers see it", shown(word)))
        .help("write the words that belong here")
}
