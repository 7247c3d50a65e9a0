//! YAML values → typed values, with every mistake at once.
//!
//! Takes the tree of `yaml_tree`. A reader asks a [`Map`] for each key with the expected type. An absent key
//! gives `None`; a value of another type gives `None` and a problem, and reading goes on. Spots are paths of keys,
//! which the report turns into lines and columns.

mod map;
mod node;
#[cfg(test)]
mod tests;
mod trail;
mod unknown;

pub use self::{
    map::Map,
    node::Node,
    trail::{Trail, YamlBlock},
};
