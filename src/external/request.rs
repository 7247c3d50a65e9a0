//! One address → its status. HEAD first, which costs a server least; GET if HEAD is refused, and for a short time if it
//! has no answer.

use std::{collections::BTreeSet, io::ErrorKind, thread, time::Duration};

use jiff::fmt::rfc2822;
use ureq::{
    Agent, Body, Error, RequestBuilder,
    http::{HeaderMap, Response, StatusCode},
    tls::{Certificate, RootCerts, TlsConfig},
    typestate::WithoutBody,
};
use url::Url;

use super::{Elapsed, HostLocks, HostRecord, Limits};

/// The number of retries for a busy server.
const MAX_RETRIES: u32 = 2;

/// The most redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// The result of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressStatus {
    /// It works.
    Working,
    /// It has moved permanently to this address, which works.
    Moved(String),
    /// It responds that nothing is there, or in a way that nobody can use.
    Dead(String),
    /// Its server does not respond, or says that it has a fault. That may pass.
    Failing(String),
    /// It refuses programs, but may work for people.
    Uncertain(String),
    /// No connection was possible.
    Unreached(String),
    /// It was not requested, because its host was given up.
    NotAsked(String),
}

/// Sends requests, with one set of connections.
pub struct HttpClient<'a> {
    agent: Agent,
    limits: Limits,
    elapsed: Elapsed<'a>,
}

/// The response to one request.
enum Reply {
    Status(StatusCode, HeaderMap),
    /// None came in time.
    Silence,
    Failed(AddressStatus),
}

impl HttpClient<'_> {
    pub fn new(limits: Limits, elapsed: Elapsed<'_>) -> HttpClient<'_> {
        HttpClient { agent: agent(root_certificates()), limits, elapsed }
    }

    /// Requests an address, and follows its redirects.
    pub fn request(&self, address: &Url, host_locks: &HostLocks) -> AddressStatus {
        let mut at = address.clone();
        let mut seen = BTreeSet::new();
        let (mut moved, mut is_for_good) = (None, true);
        // Without the time spent waiting for a host's turn, which is no fault of the address.
        let mut left = self.limits.address;
        while seen.len() <= MAX_REDIRECTS {
            if !seen.insert(at.clone()) {
                return AddressStatus::Dead("is redirected in a circle".to_owned());
            }
            if left < self.limits.answer {
                return AddressStatus::Dead(format!(
                    "is still being redirected after {} seconds",
                    self.seconds_spent(left)
                ));
            }
            let (reply, took) = host_locks.take(&at, |host| self.request_in_turn(&at, left, host));
            left = left.saturating_sub(took);
            let (status, headers) = match reply {
                Reply::Status(status, headers) => (status, headers),
                Reply::Silence => return with_last_address(address, &at, self.silence()),
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

    /// Requests an address when it is its host's turn, unless the host is given up. Gives the time it took too.
    fn request_in_turn(&self, at: &Url, left: Duration, host: &mut HostRecord) -> (Reply, Duration) {
        if let Some(why) = reason_to_give_up(host, &self.limits) {
            return (Reply::Failed(AddressStatus::NotAsked(why)), Duration::ZERO);
        }
        let begun = (self.elapsed)();
        let reply = self.request_with_retries(at, left, host);
        let took = (self.elapsed)().saturating_sub(begun);
        host.spent += took;
        host.failures = match &reply {
            Reply::Silence | Reply::Failed(AddressStatus::Unreached(_)) => host.failures + 1,
            _ => 0,
        };
        (reply, took)
    }

    /// Requests an address, and again after a while if the server is busy and there is time left.
    fn request_with_retries(&self, at: &Url, left: Duration, host: &mut HostRecord) -> Reply {
        let end = (self.elapsed)() + left.saturating_sub(self.limits.answer);
        for attempt in 0..MAX_RETRIES {
            let reply = self.request_once(at, host);
            let Reply::Status(status, headers) = &reply else { return reply };
            let wait = retry_after(headers).unwrap_or(Duration::from_secs(1 << attempt));
            let is_busy = status.as_u16() == 429 || status.is_server_error();
            if !is_busy || wait > self.limits.retry || (self.elapsed)() + wait > end {
                return reply;
            }
            thread::sleep(wait);
        }
        self.request_once(at, host)
    }

    fn request_once(&self, at: &Url, host: &mut HostRecord) -> Reply {
        // The body of the response to GET is not read.
        let get = |time| reply(within(self.agent.get(at.as_str()), time).call());
        if host.ignores_head {
            return get(self.limits.answer);
        }
        let head = reply(within(self.agent.head(at.as_str()), self.limits.answer).call());
        match head {
            Reply::Status(status, _) if status.is_success() || status.is_redirection() || status.as_u16() == 429 => {
                head
            }
            Reply::Failed(AddressStatus::Unreached(_)) => head,
            Reply::Silence => {
                let answer = get(self.limits.answer_after_silence);
                host.ignores_head = matches!(answer, Reply::Status(..));
                answer
            }
            Reply::Status(..) | Reply::Failed(_) => get(self.limits.answer),
        }
    }

    fn silence(&self) -> AddressStatus {
        AddressStatus::Failing(format!("gave no answer in {} seconds", self.limits.answer.as_secs()))
    }

    fn seconds_spent(&self, left: Duration) -> u64 {
        self.limits.address.saturating_sub(left).as_secs()
    }
}

/// The issuers of certificates that this machine trusts, and those that browsers trust. A proxy that reads traffic, or
/// an organisation, has an issuer of its own, which only its machines know. A machine may know none at all, such as a
/// container with nothing but this program.
fn root_certificates() -> RootCerts {
    let known = rustls_native_certs::load_native_certs().certs;
    let certificates = known.iter().chain(webpki_root_certs::TLS_SERVER_ROOT_CERTS);
    RootCerts::from(certificates.map(|one| Certificate::from_der(one).to_owned()))
}

fn agent(roots: RootCerts) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .user_agent(concat!("casebook/", env!("CARGO_PKG_VERSION"), " (checks links)"));
    config.build().into()
}

fn within(request: RequestBuilder<WithoutBody>, time: Duration) -> RequestBuilder<WithoutBody> {
    request.config().timeout_global(Some(time)).build()
}

/// The reason why a host gets no more requests, in words that follow the address.
fn reason_to_give_up(host: &HostRecord, limits: &Limits) -> Option<String> {
    if host.failures >= limits.failures {
        let count = limits.failures;
        return Some(format!(
            "was not asked, because its server could not be reached, or gave no answer, {count} times in a row"
        ));
    }
    let minutes = limits.host.as_secs() / 60;
    let is_slow = host.spent >= limits.host;
    is_slow.then(|| format!("was not asked, because its server took {minutes} minutes for other addresses"))
}

fn reply(answered: Result<Response<Body>, Error>) -> Reply {
    match answered {
        Ok(response) => Reply::Status(response.status(), response.headers().clone()),
        Err(Error::Timeout(_)) => Reply::Silence,
        Err(Error::Io(error)) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => Reply::Silence,
        Err(error) => Reply::Failed(status_of_error(&error)),
    }
}

/// The reason why there was no response, in words that follow the address.
fn status_of_error(error: &Error) -> AddressStatus {
    let shown = error.to_string();
    let unreached = |why: &str| AddressStatus::Unreached(why.to_owned());
    match error {
        Error::HostNotFound => unreached(NO_HOST),
        _ if shown.to_lowercase().contains("certificate") => {
            AddressStatus::Dead(format!("has no valid certificate: {}", certificate_fault(&shown)))
        }
        Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => unreached("refuses the connection"),
            ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => {
                unreached("cannot be connected to")
            }
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => AddressStatus::Failing("closes the connection without an answer".to_owned()),
            ErrorKind::InvalidData => AddressStatus::Dead(NOT_SECURE.to_owned()),
            _ => name_fault(&shown).unwrap_or_else(|| AddressStatus::Dead(UNSOUND.to_owned())),
        },
        Error::ConnectionFailed => unreached("cannot be connected to"),
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
            unreached("cannot be connected to through the proxy of this machine")
        }
        Error::Tls(_) | Error::Rustls(_) => AddressStatus::Dead(NOT_SECURE.to_owned()),
        Error::Protocol(_) => AddressStatus::Dead(format!("{UNSOUND}: it is not that of a web server")),
        _ => AddressStatus::Dead(UNSOUND.to_owned()),
    }
}

const NO_HOST: &str = "names a host that does not exist";
const NOT_SECURE: &str = "makes no secure connection";
const UNSOUND: &str = "gives no sound answer";

/// The status of an address whose host's name could not be looked up. Each system has an error of its own, which only
/// its words tell from others.
fn name_fault(shown: &str) -> Option<AddressStatus> {
    let later = ["Temporary failure in name resolution", "Try again", "os error 11002"];
    let never = ["failed to lookup address", "Name or service not known", "nodename nor servname", "os error 11001"];
    let has = |parts: &[&str]| parts.iter().any(|part| shown.contains(part));
    if has(&later) {
        return Some(AddressStatus::Unreached("has a host whose name cannot be looked up at present".to_owned()));
    }
    has(&never).then(|| AddressStatus::Unreached(NO_HOST.to_owned()))
}

/// What is wrong with a certificate, in plain words.
fn certificate_fault(shown: &str) -> &'static str {
    let known = [
        ("certificate expired", "it has expired"),
        ("not valid yet", "it is not valid yet"),
        ("not valid for name", "it is for another host"),
        ("Revoked", "it was revoked"),
        ("UnknownIssuer", "its issuer is not known"),
    ];
    known.iter().find(|(part, _)| shown.contains(part)).map_or("it cannot be trusted", |(_, words)| words)
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
        // Any answer is accepted, so a 406 refuses the program.
        401 | 403 | 406 | 407 | 429 | 999 => AddressStatus::Uncertain(shown()),
        500..=599 => AddressStatus::Failing(shown()),
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
        AddressStatus::Failing(why) if at != address => AddressStatus::Failing(format!("leads to {at}, which {why}")),
        AddressStatus::Unreached(why) if at != address => AddressStatus::Dead(format!("leads to {at}, which {why}")),
        AddressStatus::NotAsked(why) if at != address => AddressStatus::NotAsked(format!("leads to {at}, which {why}")),
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
mod tests;
