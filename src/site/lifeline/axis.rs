//! The years of a library from left to right: the same axis in every drawing, so that lifelines can be compared across
//! pages.

use super::Life;

/// The first and the last year of every drawing. The last is later than the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The first year.
    pub from: i16,
    /// The last year: the present, as far as the library knows it.
    pub to: i16,
}

impl Axis {
    /// The axis of some lives, which ends at `present` or with the latest of them. None if there is no life. The
    /// earliest hundredth of the lives do not lengthen it: they are drawn from its edge.
    pub fn of(lives: &[Life], present: Option<i16>) -> Option<Axis> {
        let mut starts: Vec<i16> = lives.iter().map(|life| life.from).collect();
        starts.sort_unstable();
        let early = starts.len().saturating_sub(1) / 100;
        let from = *starts.get(early)?;
        let last = lives.iter().map(|life| life.known_to).max()?;
        let to = present.map_or(last, |present| present.max(last.min(present.saturating_add(AHEAD))));
        Some(Axis { from, to: to.max(from.saturating_add(1)) })
    }

    /// The position of a year between two edges. A year outside the axis is on an edge.
    pub fn x(&self, year: i16, left: f64, right: f64) -> f64 {
        let part = f64::from(i32::from(year) - i32::from(self.from)) / f64::from(self.span());
        left + part.clamp(0.0, 1.0) * (right - left)
    }

    /// The round years between the ends, at most `most`.
    pub fn ticks(&self, most: usize) -> Vec<i16> {
        const STEPS: [i32; 11] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000];
        let (from, to) = (i32::from(self.from), i32::from(self.to));
        let multiples = |step: i32| ((from.div_euclid(step) + 1)..=(to - 1).div_euclid(step)).map(move |n| n * step);
        let step = STEPS.into_iter().find(|&step| multiples(step).count() <= most);
        step.into_iter().flat_map(multiples).filter_map(|year| i16::try_from(year).ok()).collect()
    }

    /// The number of years between the ends.
    pub fn span(&self) -> i32 {
        i32::from(self.to) - i32::from(self.from)
    }
}

/// The most years after the present that the axis may reach; a life that ends later is drawn to the edge.
const AHEAD: i16 = 10;
