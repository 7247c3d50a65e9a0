//! One address → its status. HEAD first, which costs a server least; GET if HEAD is refused.

use std::{collections::BTreeSet, io, thread, time::Duration};

use jiff::fmt::rfc2822;
use ureq::{
    Agent, Body, Error,
    http::{HeaderMap, Response, StatusCode},
};
use url::Url;

use super::HostLocks;

/// The time limit of a request.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The number of retries for a busy server.
const MAX_RETRIES: u32 = 2;

/// The longest wait for a busy server. If it asks for more, the address is not requested again.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// The most redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressStatus {
    /// It works.
    Working,
    /// It has moved permanently to this address, which works.
    Moved(String),
    /// It does not respond, or responds that nothing is there.
    Dead(String),
    /// It refuses programs, but may work for people.
    Uncertain(String),
    /// No connection was possible.
    Unreached(String),
}

/// Sends requests, with one set of connections.
#[derive(Debug)]
pub struct HttpClient {
    agent: Agent,
}

/// The response to one request.
enum Reply {
    Status(StatusCode, HeaderMap),
    Failed(AddressStatus),
}

impl HttpClient {
    pub fn new() -> HttpClient {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("casebook/", env!("CARGO_PKG_VERSION"), " (checks links)"))
            .build();
        HttpClient { agent: config.into() }
    }

    /// Requests an address, and follows its redirects.
    pub fn request(&self, address: &Url, host_locks: &HostLocks) -> AddressStatus {
        let mut at = address.clone();
        let mut seen = BTreeSet::new();
        let (mut moved, mut is_for_good) = (None, true);
        while seen.len() <= MAX_REDIRECTS {
            if !seen.insert(at.clone()) {
                return AddressStatus::Dead("is redirected in a circle".to_owned());
            }
            let (status, headers) = match host_locks.take(&at, || self.request_with_retries(&at)) {
                Reply::Status(status, headers) => (status, headers),
                Reply::Failed(answer) => return with_last_address(address, &at, answer),
            };
            let Some(to) = target(&at, status, &headers) else {
                return with_last_address(address, &at, status_of(status, moved));
            };
            // The new address is where the permanent part of the chain ends, since temporary redirects may change.
            is_for_good &= matches!(status.as_u16(), 301 | 308);
            if is_for_good {
                moved = Some(to.to_string());
            }
            at = to;
        }
        AddressStatus::Dead(format!("is redirected more than {MAX_REDIRECTS} times"))
    }

    /// Requests an address, and again after a while if the server is busy.
    fn request_with_retries(&self, at: &Url) -> Reply {
        for attempt in 0..MAX_RETRIES {
            let reply = self.request_once(at);
            let Reply::Status(status, headers) = &reply else { return reply };
            let wait = retry_after(headers).unwrap_or(Duration::from_secs(1 << attempt));
            if !(status.as_u16() == 429 || status.is_server_error()) || wait > MAX_WAIT {
                return reply;
            }
            thread::sleep(wait);
        }
        self.request_once(at)
    }

    fn request_once(&self, at: &Url) -> Reply {
        let head = reply(self.agent.head(at.as_str()).call());
        match head {
            Reply::Status(status, _) if status.is_success() || status.is_redirection() || status.as_u16() == 429 => {
                head
            }
            Reply::Failed(AddressStatus::Unreached(_)) => head,
            // The body of the response is not read.
            _ => reply(self.agent.get(at.as_str()).call()),
        }
    }
}

fn reply(answered: Result<Response<Body>, Error>) -> Reply {
    match answered {
        Ok(response) => Reply::Status(response.status(), response.headers().clone()),
        Err(error) => Reply::Failed(status_of_error(&error)),
    }
}

/// The reason why there was no response, in words that follow the address.
fn status_of_error(error: &Error) -> AddressStatus {
    let shown = error.to_string();
    match error {
        Error::Timeout(_) => AddressStatus::Dead(format!("gave no answer in {} seconds", TIMEOUT.as_secs())),
        Error::HostNotFound => AddressStatus::Unreached("names a host that does not exist".to_owned()),
        Error::Io(error) if matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock) => {
            AddressStatus::Dead(format!("gave no answer in {} seconds", TIMEOUT.as_secs()))
        }
        _ if shown.to_lowercase().contains("certificate") => {
            AddressStatus::Dead(format!("has no valid certificate ({shown})"))
        }
        Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            AddressStatus::Unreached("refuses the connection".to_owned())
        }
        Error::ConnectionFailed => AddressStatus::Unreached("cannot be connected to".to_owned()),
        _ => AddressStatus::Dead(format!("gives no sound answer ({shown})")),
    }
}

/// The target of a redirect; none if it is no redirect, or its target is not a web address.
fn target(at: &Url, status: StatusCode, headers: &HeaderMap) -> Option<Url> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = headers.get("location")?.to_str().ok()?;
    let mut to = at.join(location).ok().filter(|to| matches!(to.scheme(), "http" | "https"))?;
    to.set_fragment(None);
    Some(to)
}

fn status_of(status: StatusCode, moved: Option<String>) -> AddressStatus {
    let shown = || format!("answers with status {}", shown(status));
    match status.as_u16() {
        200..300 => moved.map_or(AddressStatus::Working, AddressStatus::Moved),
        300..=399 => AddressStatus::Dead(format!("{} and leads nowhere", shown())),
        401 | 403 | 407 | 429 | 999 => AddressStatus::Uncertain(shown()),
        _ => AddressStatus::Dead(shown()),
    }
}

fn shown(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} ({reason})", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// Names the last address of a chain of redirects, if it is another.
fn with_last_address(address: &Url, at: &Url, answer: AddressStatus) -> AddressStatus {
    match answer {
        AddressStatus::Dead(why) if at != address => AddressStatus::Dead(format!("leads to {at}, which {why}")),
        AddressStatus::Unreached(why) if at != address => AddressStatus::Dead(format!("leads to {at}, which {why}")),
        answer => answer,
    }
}

/// The wait that a busy server asks for: seconds, or a time, compared with the server's own clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let wait = text("retry-after")?.trim();
    if let Ok(seconds) = wait.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let (until, now) = (rfc2822::parse(wait).ok()?, rfc2822::parse(text("date")?).ok()?);
    Some(Duration::try_from(until.timestamp() - now.timestamp()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_server_says_how_long_to_wait() {
        let headers = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
        };
        let date = ("date", "Sat, 28 Nov 2026 21:00:00 GMT");
        for (pairs, expected) in [
            (vec![], None),
            (vec![("retry-after", "3")], Some(3)),
            (vec![("retry-after", "soon")], None),
            (vec![("retry-after", "Sat, 28 Nov 2026 21:00:07 GMT"), date], Some(7)),
            (vec![("retry-after", "Sat, 28 Nov 2026 20:00:07 GMT"), date], Some(0)),
            (vec![("retry-after", "Sat, 28 Nov 2026 21:00:07 GMT")], None),
        ] {
            assert_eq!(retry_after(&headers(&pairs)), expected.map(Duration::from_secs), "{pairs:?}");
        }
    }
}
