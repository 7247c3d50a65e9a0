//! Lifelines: the life of a partnership as a small drawing, the same everywhere on the site and on share cards.
//!
//! Takes the years of cases, the strength of their evidence and their outcome, and gives SVG: attributes and classes
//! only, no styles and no scripts. Colours come from the style sheet by `currentColor`. The views place a drawing on
//! its page and write the text beside it.
//!
//! Modules in reading order: [`life`] is the data of a drawing; [`axis`] is the years of a library from left to right;
//! [`stroke`] draws one life; [`strip`], [`rows`], [`bundle`] and [`columns`] draw one case, up to sixty, a few
//! hundred, and thousands.

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
