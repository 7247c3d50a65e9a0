//! Messages about addresses of the site.

use crate::problem::{Code, Problem, Spot};

/// An address that is taken already. `first` is the place that took it.
pub fn taken(spot: &Spot, address: &str, first: &Spot) -> Problem {
    Problem::new(Code::DuplicateAddress, spot, format!("the address {address} is taken"))
        .help("give one of the two another file name, or set `slug`")
        .related(first, "it belongs to this")
}

/// A page with the address of one of Casebook's own pages.
pub fn own_page(spot: &Spot, address: &str) -> Problem {
    Problem::new(Code::BadValue, spot, format!("the address `{address}` is kept for Casebook's own page"))
        .help("give the file another name, or set `slug`")
}

/// An address that is too long, in one part or as a whole.
pub fn too_long(spot: &Spot) -> Problem {
    let message = "this makes an address that is too long to publish: each part of it may have at most 255 bytes";
    Problem::new(Code::TooLong, spot, message).help("give it a shorter name, or set a shorter `slug`")
}

/// An old address that another page, or a retired term, claims too.
pub fn alias_taken(spot: &Spot, address: &str, first: &Spot) -> Problem {
    Problem::new(Code::DuplicateAddress, spot, format!("the old address {address} is claimed twice"))
        .help("delete one of the two aliases: an address can lead to one place only")
        .related(first, "the first claim")
}

/// An old address that differs from another only in letter case or in its last slash, so that the two are one.
pub fn alias_taken_in_other_form(spot: &Spot, address: &str, first: &Spot) -> Problem {
    let message =
        format!("the old address {address} is claimed twice: capitals and a `/` at the end make no difference");
    Problem::new(Code::DuplicateAddress, spot, message)
        .help("delete one of the two aliases: an address can lead to one place only")
        .related(first, "the first claim")
}

/// An old address that no page can redirect, since its ending is that of another kind of file.
pub fn alias_needs_host(spot: &Spot, address: &str) -> Problem {
    let message = format!("the old address {address} leads on only where the host or server reads `_redirects`");
    Problem::new(Code::HostRedirect, spot, message).help(
        "if it is Netlify, Cloudflare Pages or a server of yours with that setting, write `checks: { host-redirect: off }` \
         in casebook.yaml; elsewhere, such as on GitHub Pages, delete the alias",
    )
}

/// An old address that begins with the base path, which is added to it once more. `meant` is the address without it.
pub fn alias_with_base(spot: &Spot, address: &str, base: &str, meant: &str) -> Problem {
    let message = format!("the old address {address} begins with {base}, the path of `base_url`, which is added to it");
    Problem::new(Code::DoubtfulValue, spot, message).help(format!("write {meant}"))
}

/// An old address at which the site has a page of its own.
pub fn alias_in_use(spot: &Spot, address: &str) -> Problem {
    Problem::new(
        Code::DuplicateAddress,
        spot,
        format!("the old address {address} is in use: the site has a page there"),
    )
    .help("delete the alias")
}

/// An old address that Casebook keeps for a page of its own, which this site may lack.
pub fn alias_kept(spot: &Spot, address: &str) -> Problem {
    Problem::new(Code::DuplicateAddress, spot, format!("the old address {address} is kept for Casebook's own page"))
        .help("delete the alias")
}

/// An address of the last published site that this site would lose.
pub fn gone(spot: &Spot, address: &str) -> Problem {
    Problem::new(Code::AddressGone, spot, format!("{address} was published, and would be gone")).help(way_back(address))
}

/// An address that the settings let go, and that is published.
pub fn not_gone(spot: &Spot, address: &str) -> Problem {
    Problem::new(Code::DoubtfulValue, spot, format!("`gone` names {address}, which is still published"))
        .help("delete it from `gone`, so that you are told if the address is lost one day")
}

fn way_back(address: &str) -> String {
    // Only the address is known; most cases have that of their file's name.
    let case = address.strip_prefix("/cases/").map(|name| name.trim_end_matches('/'));
    let (back, kept) = match case {
        Some(name) => (
            format!("if the case went by mistake, put its file back, probably content/cases/{name}.md"),
            "the case that has taken its place, or keep the case with `status: withdrawn`",
        ),
        None => (
            "if it went by mistake, put back the file or the term".to_owned(),
            "the page that has taken its place, or for a term `replaced_by`",
        ),
    };
    format!(
        "{back}; otherwise add `aliases: [{address}]` to {kept}; to let it go, add `gone: [{address}]` to casebook.yaml, \
         where the list takes several"
    )
}
