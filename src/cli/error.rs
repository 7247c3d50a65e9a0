//! The reason why a command stopped, apart from mistakes in the content.

use super::Ending;
use crate::failure::Failure;

/// The reason why a command stopped.
#[derive(Debug)]
pub enum CommandError {
    /// The arguments cannot be used. `message` is in lower case, without a full stop.
    WrongUse {
        /// The mistake.
        message: String,
        /// The way out.
        help: String,
    },
    /// The disk or the system refused.
    Refused(Failure),
}

impl CommandError {
    /// Makes an error about the arguments.
    pub fn wrong_use(message: impl Into<String>, help: impl Into<String>) -> CommandError {
        CommandError::WrongUse { message: message.into(), help: help.into() }
    }

    /// The exit status of the command.
    pub fn ending(&self) -> Ending {
        match self {
            CommandError::WrongUse { .. } => Ending::WrongUse,
            CommandError::Refused(_) => Ending::Refused,
        }
    }
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> CommandError {
        CommandError::Refused(failure)
    }
}
