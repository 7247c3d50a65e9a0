//! Lifelines: the life of a partnership as a small drawing, the same everywhere on the site and on share cards.
//!
//! Takes the years of cases, how sure their results are and what happened next, and gives SVG: attributes and classes only,
//! no styles and no scripts. Colours come from the style sheet by `currentColor`. The text beside a drawing, and
//! its place on the page, are made by the views.
//!
//! Modules in reading order. [`life`] is what a drawing says; [`axis`] is the years of a library from left to right;
//! [`stroke`] draws one life; [`strip`], [`rows`], [`bundle`] and [`columns`] are the drawings of one case, of up to sixty, of
//! a few hundred and of thousands.

pub mod life;

pub mod axis;

pub mod stroke;

pub mod bundle;
pub mod columns;
pub mod rows;
pub mod strip;

pub mod label;

pub use axis::Axis;
pub use life::Life;

#[cfg(test)]
mod tests;
