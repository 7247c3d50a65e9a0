//! The reason why a command stopped, apart from mistakes in the content.

use super::ExitStatus;
use crate::failure::Failure;

/// The reason why a command stopped.
#[derive(Debug)]
pub enum CommandError {
    /// The arguments cannot be used. `message` is in lower case, without a full stop.
    Usage {
        /// The mistake.
        message: String,
        /// The help: what to do about it.
        help: String,
    },
    /// The disk or the system refused.
    Refused(Failure),
}

impl CommandError {
    /// Makes an error about the arguments.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> CommandError {
        CommandError::Usage { message: message.into(), help: help.into() }
    }

    /// The exit status of the command.
    pub fn exit_status(&self) -> ExitStatus {
        match self {
            CommandError::Usage { .. } => ExitStatus::Usage,
            CommandError::Refused(_) => ExitStatus::Refused,
        }
    }
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> CommandError {
        CommandError::Refused(failure)
    }
}
