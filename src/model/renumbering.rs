//! Renumbering: which numbers the listed cases have after some of them were edited.
//!
//! A case that is edited may move within the order of all, and those between give way; the others keep their order. So a list of
//! cases is brought up to date by taking out those that were edited, giving the rest their numbers, and putting each edited
//! case where it belongs now. What a list is of, and where a case belongs in it, is not known here.

/// The numbers of the same cases, before and after an edit.
#[derive(Debug)]
pub struct Renumbering {
    /// For each number now, the one before.
    before: Vec<usize>,
    /// For each number before, the one now, and whether the case was edited.
    now: Vec<(usize, bool)>,
    /// The numbers now of the cases that were edited, in no order.
    edited: Vec<usize>,
}

impl Renumbering {
    /// Of cases by their numbers before, in the order of now; some of them edited.
    pub fn new(before: Vec<usize>, edited: &[usize]) -> Renumbering {
        let mut now = vec![(0, false); before.len()];
        before.iter().enumerate().for_each(|(number, &before)| now[before].0 = number);
        edited.iter().for_each(|&before| now[before].1 = true);
        Renumbering { edited: edited.iter().map(|&before| now[before].0).collect(), before, now }
    }

    /// The numbers now of the cases that were edited.
    pub fn edited(&self) -> &[usize] {
        &self.edited
    }

    /// For each case now: its number before, unless it was edited.
    pub fn unedited(&self) -> impl Iterator<Item = Option<usize>> {
        self.before.iter().map(|&before| (!self.now[before].1).then_some(before))
    }

    /// The number that a case had before.
    pub fn before(&self, now: usize) -> usize {
        self.before[now]
    }

    /// The number that a case has now.
    pub fn now(&self, before: usize) -> usize {
        self.now[before].0
    }

    /// Has every case the number that it had?
    pub fn is_in_place(&self) -> bool {
        self.before.iter().enumerate().all(|(now, &before)| now == before)
    }

    /// The cases of a list that were not edited, by their numbers now, in the same order.
    pub fn kept(&self, list: &[usize]) -> Vec<usize> {
        list.iter().map(|&before| self.now[before]).filter(|&(_, is_edited)| !is_edited).map(|(now, _)| now).collect()
    }
}

/// Puts a case into an ascending list.
pub fn enter(list: &mut Vec<usize>, case: usize) {
    list.insert(list.partition_point(|&other| other < case), case);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_moves_leaves_the_others_in_order() {
        // Of five cases the second was edited, and is the fourth now.
        let renumbering = Renumbering::new(vec![0, 2, 3, 1, 4], &[1]);
        assert_eq!(renumbering.edited(), [3]);
        assert_eq!((0..5).map(|before| renumbering.now(before)).collect::<Vec<_>>(), [0, 3, 1, 2, 4]);
        assert_eq!(renumbering.unedited().collect::<Vec<_>>(), [Some(0), Some(2), Some(3), None, Some(4)]);
        assert!(!renumbering.is_in_place());
        let mut list = renumbering.kept(&[1, 2, 3, 4]);
        assert_eq!(list, [1, 2, 4]);
        enter(&mut list, 3);
        assert_eq!(list, [1, 2, 3, 4]);
    }
}
