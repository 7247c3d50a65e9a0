//! Addresses that readers cannot use: tracking addresses of mail programs and search engines, and addresses that only
//! work on the author's computer or in the author's organisation.
//!
//! Takes a valid web address; gives a problem if it is one of these.

use url::{Host, Url};

use crate::problem::{Problem, Spot, message::doubtful as message};

/// Services that wrap other addresses, with the parameters that contain the other address.
const WRAPPERS: [(&str, &str, &[&str]); 5] = [
    ("safelinks.protection.outlook.com", "/", &["url"]),
    ("www.google.com", "/url", &["q", "url"]),
    ("www.google.co.uk", "/url", &["q", "url"]),
    ("l.facebook.com", "/l.php", &["u"]),
    ("linkprotect.cudasvc.com", "/url", &["a"]),
];

/// The problem of an address that readers cannot use. `written` is the address as it is in the file.
pub(super) fn problem(address: &Url, written: &str, spot: &Spot) -> Option<Problem> {
    let host = address.host_str()?;
    if let Some(inner) = inner(address, host) {
        return Some(message::wrapped_address(spot, written, &inner, host));
    }
    let is_private = match address.host()? {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified(),
        Host::Ipv6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified(),
    };
    if is_private {
        return Some(message::own_computer(spot, host));
    }
    host.ends_with(".sharepoint.com").then(|| message::behind_a_sign_in(spot, host))
}

/// The address within another.
fn inner(url: &Url, host: &str) -> Option<String> {
    if host.starts_with("urldefense.") {
        let (_, rest) = url.path().split_once("/v3/__")?;
        let inner = rest.split("__;").next()?;
        return Some(inner.replacen(":/", "://", usize::from(!inner.contains("://"))));
    }
    let (.., keys) = WRAPPERS.into_iter().find(|(end, path, _)| host.ends_with(end) && url.path().starts_with(path))?;
    let inner = url.query_pairs().find(|(key, _)| keys.contains(&&**key))?.1.into_owned();
    inner.starts_with("http").then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::FilePath;

    fn of(address: &str) -> Option<Problem> {
        problem(&Url::parse(address).unwrap(), address, &Spot::whole(&FilePath::new("a.md")))
    }

    #[track_caller]
    fn check(address: &str, now: Option<&str>) {
        let problem = of(address).unwrap();
        assert_eq!(problem.fixes.first().and_then(|(_, fix)| fix.now.text()), now, "{address}");
    }

    #[test]
    fn addresses_within_others_are_taken_out() {
        check(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fr%3Fa%3Db&data=05",
            Some("https://example.org/r?a=b"),
        );
        check("https://www.google.com/url?sa=t&q=https://example.org/r&usg=x", Some("https://example.org/r"));
        check("https://urldefense.com/v3/__https://example.org/r__;!!x", Some("https://example.org/r"));
        check("http://localhost:4000/cases/", None);
        for private in
            ["192.168.1.2", "172.16.0.5", "10.0.0.1", "169.254.1.1", "[::1]", "[fd00::1]", "intranet.localhost"]
        {
            check(&format!("http://{private}/a"), None);
        }
        check("https://council.sharepoint.com/sites/x", None);
        let usable = ["https://www.google.com/maps", "https://10.downing.uk/", "https://www.facebook.com/council"];
        for usable in usable.into_iter().chain(["http://172.32.0.1/", "http://[2001:db8::1]/"]) {
            assert!(of(usable).is_none(), "{usable}");
        }
    }
}
