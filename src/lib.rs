#![doc = include_str!("../ARCHITECTURE.md")]

pub mod cli;

pub mod pipeline;
pub mod source;

pub mod read;

pub mod html;

pub mod javascript;

pub mod yaml_text;

pub mod model;

pub mod check;

pub mod edit;

pub mod export;

pub mod import;

pub mod search;

pub mod site;

pub mod output;

pub mod preview;

pub mod lsp;

pub mod problem;

pub mod failure;

pub mod disk;

pub mod external;
