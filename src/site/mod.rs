//! Library → Site: a list of routes, and one pure function from a route to its bytes.
//!
//! Modules in reading order. [`route`] lists the kinds of page and file; [`plan`](mod@plan) gives each route its
//! address; [`links`] resolves the links of the content; [`theme`] loads templates, styles and texts; a [`Site`] puts
//! them together. [`render`] makes the bytes of a route from a [`view`], which is all that a template sees.
//! Nothing here reads a disk or a clock.

pub mod route;
pub mod routes;

pub mod abbreviations;
pub mod alphabet;
pub mod combinations;
pub mod gazetteer;
pub mod highlight;
pub mod lifeline;
pub mod links;
pub mod lives;
pub mod plan;
pub mod retired;

pub mod card;
pub mod theme;
pub mod theme_pages;
pub mod unused_files;
pub mod view;

pub mod exports;
pub mod fault;
pub mod frame;
pub mod gone;
pub mod machine;
pub mod render;

pub use fault::{FaultyPage, TemplateFault};
pub use render::{Content, Site};

#[cfg(test)]
mod tests;
