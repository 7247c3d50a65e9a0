//! The path to a value in YAML: the keys and list items that lead to it from the top.
//!
//! A trail lives on the stack and borrows the one above it, so that reading a file without mistakes allocates nothing.
//! It becomes a [`Spot`] only when a problem, or a value that is checked later, needs one.

use crate::{
    model::keys::{self, Key},
    problem::{FilePath, Side, Span, Spot, SpotPart, Step},
};

/// The path of keys to a value.
#[derive(Clone, Copy)]
pub enum Trail<'t> {
    /// The top of the YAML at these bytes of a file with this text, and the keys that it may have.
    Top(&'t FilePath, &'t str, &'t Span, &'static [Key]),
    /// The value of a key.
    Key(&'t Trail<'t>, &'t str),
    /// An item of a list.
    Item(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    /// The spot at the end of the trail.
    pub fn spot(&self, side: Side) -> Spot {
        let mut path = Vec::new();
        let mut trail = self;
        loop {
            match trail {
                Trail::Key(up, key) => {
                    path.push(Step::Key((*key).to_owned()));
                    trail = up;
                }
                Trail::Item(up, n) => {
                    path.push(Step::Item(*n));
                    trail = up;
                }
                Trail::Top(file, _, block, _) => {
                    path.reverse();
                    return Spot {
                        file: (*file).clone(),
                        part: SpotPart::Yaml { block: (*block).clone(), path, side },
                    };
                }
            }
        }
    }

    /// The text of the file.
    pub(super) fn text(&self) -> &str {
        match self {
            Trail::Top(_, text, ..) => text,
            Trail::Key(up, _) | Trail::Item(up, _) => up.text(),
        }
    }

    /// The row of the nearest key above in the table of keys; none at the top, and for the id of a vocabulary.
    fn key(&self) -> Option<&'static Key> {
        match self {
            Trail::Key(up, name) => keys::named(up.keys(), name),
            Trail::Item(up, _) => up.key(),
            Trail::Top(..) => None,
        }
    }

    /// The keys that a mapping here may have.
    pub(super) fn keys(&self) -> &'static [Key] {
        match self {
            Trail::Top(.., keys) => keys,
            Trail::Item(up, _) => up.keys(),
            Trail::Key(..) => self.key().map_or(&[], |key| key.kind.keys()),
        }
    }

    /// How the value of the nearest key above is written, or an entry of a file that is a list.
    pub(super) fn form(&self) -> Option<String> {
        match self {
            Trail::Item(Trail::Top(.., keys), _) | Trail::Top(.., keys) => Some(keys::entry(keys)),
            _ => self.key().and_then(Key::form),
        }
    }

    /// The nearest key above, for messages: an item of `sector` is called `sector`.
    pub(super) fn name(&self) -> &str {
        match self {
            Trail::Key(_, key) => key,
            Trail::Item(up, _) => up.name(),
            Trail::Top(..) => "",
        }
    }
}
