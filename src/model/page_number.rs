//! The number of a page of a long list.

use std::{num::NonZeroUsize, ops::Range};

/// The number of a page of a list, or of a part of a sitemap, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageNumber(NonZeroUsize);

impl PageNumber {
    /// The first page.
    pub const FIRST: PageNumber = PageNumber(NonZeroUsize::MIN);

    /// The pages of a list with so many items, in order; at least one.
    pub fn all(items: usize, per_page: usize) -> impl Iterator<Item = PageNumber> {
        (1..=items.div_ceil(per_page).max(1)).filter_map(NonZeroUsize::new).map(PageNumber)
    }

    /// The last page of a list with so many items.
    pub fn last(items: usize, per_page: usize) -> PageNumber {
        PageNumber::all(items, per_page).last().unwrap_or(PageNumber::FIRST)
    }

    /// The number.
    pub fn get(self) -> usize {
        self.0.get()
    }

    /// The page after this one.
    #[must_use]
    pub fn next(self) -> PageNumber {
        PageNumber(self.0.saturating_add(1))
    }

    /// The page before this one.
    pub fn previous(self) -> Option<PageNumber> {
        NonZeroUsize::new(self.get() - 1).map(PageNumber)
    }

    /// The positions in the list of this page's items.
    pub fn items(self, count: usize, per_page: usize) -> Range<usize> {
        let from = ((self.get() - 1) * per_page).min(count);
        from..(from + per_page).min(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_a_list_have_each_item_once() {
        for items in [0, 1, 9, 10, 11, 25] {
            let pages: Vec<PageNumber> = PageNumber::all(items, 10).collect();
            let shown: Vec<usize> = pages.iter().flat_map(|page| page.items(items, 10)).collect();
            assert_eq!(shown, (0..items).collect::<Vec<_>>());
            assert_eq!((pages[0], pages.last()), (PageNumber::FIRST, Some(&PageNumber::last(items, 10))));
        }
        assert_eq!(PageNumber::FIRST.previous(), None);
        assert_eq!(PageNumber::FIRST.next().previous(), Some(PageNumber::FIRST));
        assert_eq!(PageNumber::FIRST.next().items(5, 10), 5..5);
    }
}
