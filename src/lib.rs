#![doc = include_str!("../ARCHITECTURE.md")]

pub mod pipeline;

pub mod preview;

pub mod source;

pub mod read;

pub mod model;

pub mod check;

pub mod export;

pub mod search;

pub mod site;

pub mod output;

pub mod problem;

pub mod failure;
