//! The names of new files: such as a website can publish, and each given once.

use std::collections::HashMap;

use crate::{
    model::address::{cut, slug},
    problem::FilePath,
};

/// The name of a published file: of letters, digits and hyphens, in lower case, and not too long for a disk.
pub(super) fn file_name(file: &FilePath) -> String {
    let stem = cut(slug(file.stem()));
    let stem = if stem.is_empty() { "file".to_owned() } else { stem };
    format!("{stem}.{}", file.extension())
}

/// Names of files, each given once. Of names that many items share, each is numbered on from the last.
#[derive(Default)]
pub(super) struct FreeNames {
    numbers: HashMap<String, usize>,
}

impl FreeNames {
    /// The first of a name and its numbered forms that `take` accepts. What it refused once it must always refuse.
    pub(super) fn first(&mut self, name: &str, mut take: impl FnMut(&str) -> bool) -> String {
        let (stem, end) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
        let number = self.numbers.entry(name.to_owned()).or_default();
        loop {
            *number += 1;
            let name = if *number == 1 { name.to_owned() } else { format!("{stem}-{number}{end}") };
            if take(&name) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_number_of_a_name_that_many_share_is_found_at_once() {
        let (mut free, mut taken, mut tries) = (FreeNames::default(), HashSet::from(["same-3.md".to_owned()]), 0);
        let mut next = || {
            free.first("same.md", |name| {
                tries += 1;
                taken.insert(name.to_owned())
            })
        };
        assert_eq!([next(), next(), next(), next()], ["same.md", "same-2.md", "same-4.md", "same-5.md"]);
        (0..1000).for_each(|_| drop(next()));
        assert_eq!(tries, 1005);
    }
}
