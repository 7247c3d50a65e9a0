//! The host names that the preview responds to.
//!
//! The domain of a page on the web can be made to point to this machine (DNS rebinding), and a browser would then let
//! the page read all responses, including drafts. So a request must name this machine (`localhost`, a loopback address,
//! the address given) or a name that was allowed. If the preview listens on a wildcard address, any IP address is
//! accepted, since no domain is one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The host names that are accepted.
#[derive(Clone, Debug)]
pub struct Hosts {
    /// The address that the preview listens on.
    pub address: IpAddr,
    /// Names that were allowed.
    pub allowed: Vec<String>,
}

impl Hosts {
    /// Is a request with this `Host` header accepted? It may have a port.
    pub fn accepts(&self, host: &str) -> bool {
        let Some(name) = name(host) else { return false };
        if let Some(address) = address(name) {
            return address.to_canonical().is_loopback() || address == self.address || self.address.is_unspecified();
        }
        let is = |known: &str| name.trim_end_matches('.').eq_ignore_ascii_case(known);
        is("localhost") || self.allowed.iter().any(|allowed| is(allowed))
    }
}

/// The IP address that a host is. Only one of version 6 stands in brackets.
fn address(name: &str) -> Option<IpAddr> {
    match name.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::from),
        None => name.parse::<Ipv4Addr>().ok().map(IpAddr::from),
    }
}

/// The host without its port.
fn name(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, port) = host.split_at(end);
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok();
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_number)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, host: &str, expected: bool) {
        let hosts = Hosts { address: address.parse().unwrap(), allowed: vec!["preview.example".to_owned()] };
        assert_eq!(hosts.accepts(host), expected, "{host} at {address}");
    }

    #[test]
    fn this_machine_and_allowed_names_are_accepted() {
        for host in [
            "localhost",
            "LOCALHOST:4000",
            "localhost.",
            "127.0.0.1",
            "127.0.0.1:4000",
            "127.9.9.9",
            "[::1]:4000",
            "[::1]",
            "preview.example",
            "Preview.Example:80",
            "[::ffff:127.0.0.1]",
        ] {
            check("127.0.0.1", host, true);
        }
        check("192.168.1.7", "192.168.1.7:4000", true);
        check("0.0.0.0", "192.168.1.7:4000", true);
        check("::", "[fe80::1]:4000", true);
    }

    #[test]
    fn other_names_are_refused() {
        for host in [
            "",
            "example.org",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "evil.localhost.org:4000",
            "192.168.1.7",
            "[::1",
            "[[::1]:80",
            "[127.0.0.1",
            "[127.0.0.1]",
            "localhost:x",
            "localhost:+80",
            "localhost:4000:1",
            "127.0.0.1@example.org",
            "0.0.0.0",
        ] {
            check("127.0.0.1", host, false);
        }
        check("0.0.0.0", "example.org:4000", false);
    }
}
