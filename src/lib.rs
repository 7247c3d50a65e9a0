#![doc = include_str!("../ARCHITECTURE.md")]

pub mod problem;

pub mod failure;
