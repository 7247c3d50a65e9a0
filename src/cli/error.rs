//! Why a command stopped before it had done what was asked, apart from mistakes in the content.

use super::Ending;
use crate::failure::Failure;

/// Why a command stopped.
#[derive(Debug)]
pub enum CommandError {
    /// What was typed cannot be done. `message` is lower-case, without a full stop.
    WrongUse {
        /// What is wrong.
        message: String,
        /// The way out.
        help: String,
    },
    /// The disk or the system refused.
    Refused(Failure),
}

impl CommandError {
    /// What was typed cannot be done.
    pub fn wrong_use(message: impl Into<String>, help: impl Into<String>) -> CommandError {
        CommandError::WrongUse { message: message.into(), help: help.into() }
    }

    /// How the command ends.
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
