//! `check --external` against a local server that gives every kind of bad response.

mod server;

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use casebook::{
    external::{self, Elapsed, Limits, addresses::ExternalAddress},
    problem::{Code, FilePath, Spot},
};

use self::server::Server;
use crate::{
    commands::{casebook, library},
    library::case,
};

/// The messages of `check --external` about these addresses, without the address, in the order of the text.
fn said(addresses: &[String], words: &[&str]) -> (BTreeMap<String, String>, String) {
    let text: String = addresses.iter().map(|address| format!("[A link]({address})\n\n")).collect();
    let folder = library(&[("content/cases/a.md", &case(&text))]);
    let ran = casebook(folder.path(), &[&["check", "--external", "--format", "json"], words].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    let problems: Vec<serde_json::Value> = serde_json::from_str(&ran.out).unwrap();
    let said = problems.iter().filter(|problem| problem["code"] == "dead-link").map(|problem| {
        let message = problem["message"].as_str().unwrap();
        let (address, rest) = message.split_once(' ').unwrap();
        let line = usize::try_from(problem["line"].as_u64().unwrap()).unwrap();
        assert!(text.lines().nth(line - case("").lines().count() - 1).unwrap().contains(address), "{problem}");
        let help = problem["help"].as_str().unwrap();
        (address.to_owned(), format!("{rest}; {help}"))
    });
    (said.collect(), ran.err)
}

#[test]
fn every_response_is_reported_at_the_place_of_the_link() {
    let [server, slow, drip, huge] = [(); 4].map(|()| Server::start());
    let expected = [
        ("/well", ""),
        ("/no-head", ""),
        ("/head-is-404", ""),
        ("/for-now", ""),
        ("/busy", ""),
        ("/robots", ""),
        ("/long-busy", ""),
        ("/nothing", "answers with status 404 (Not Found)"),
        ("/moved", "has moved for good; write SERVER/well in its place"),
        ("/moved-twice", "has moved for good; write SERVER/well in its place"),
        ("/moved-then-for-now", "has moved for good; write SERVER/for-now in its place"),
        ("/to-nothing", "leads to SERVER/nothing, which answers with status 404 (Not Found)"),
        ("/circle", "is redirected in a circle"),
        ("/deep/1", "is redirected more than 10 times"),
        ("/to-file", "answers with status 302 (Found) and leads nowhere"),
        ("/broken", "answers with status 503 (Service Unavailable); this may pass: open it yourself"),
        ("/nonsense", "gives no sound answer: it is not that of a web server; put"),
        ("/picky", ""),
    ];
    let mut addresses: Vec<String> = expected.iter().map(|(path, _)| server.at(path)).collect();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nowhere = "http://nowhere.invalid/".to_owned();
    addresses.extend([slow.at("/slow"), drip.at("/drip"), huge.at("/huge"), format!("http://{closed}/")]);
    addresses.push(nowhere.clone());
    let (said, notes) = said(&addresses, &[]);
    for (path, words) in expected {
        let found = said.get(&server.at(path)).map_or("", String::as_str);
        let words = words.replace("SERVER", &server.at(""));
        assert!(found.starts_with(&words) && (found.is_empty() == words.is_empty()), "{path}: {found}");
    }
    for address in [slow.at("/slow"), drip.at("/drip")] {
        assert!(said[&address].starts_with("gave no answer in 10 seconds"), "{said:#?}");
    }
    assert!(!said.contains_key(&huge.at("/huge")), "{said:#?}");
    assert!(said[&format!("http://{closed}/")].starts_with("refuses the connection"), "{said:#?}");
    let is_no_host =
        |words: &str| words.starts_with("names a host that does not exist") || words.contains("at present");
    assert!(is_no_host(&said[&nowhere]), "{said:#?}");
    assert!(notes.contains("3 addresses may be well") && notes.contains("/picky answers with status 406"), "{notes}");
    let robots = format!("  content/cases/a.md:17:10 {} answers with status 403", server.at("/robots"));
    assert!(notes.contains(&robots), "{notes}");
    assert_eq!(server.asked.lock().unwrap().most, 1, "one host was asked two things at once");
    assert_eq!((server.count("HEAD /well"), server.count("GET /well")), (5, 0), "where it is led to, it asks too");
    assert_eq!((server.count("HEAD /busy"), server.count("HEAD /long-busy"), server.count("GET /broken")), (2, 1, 3));
}

/// A terminal is made by `script`, which every Debian has; that of other systems takes other options.
#[cfg(target_os = "linux")]
#[test]
fn progress_is_shown_at_a_terminal_only() {
    let server = Server::start();
    let folder = library(&[("content/cases/a.md", &case(&format!("[A link]({})\n", server.at("/late"))))]);
    let program = assert_cmd::cargo::cargo_bin("casebook");
    let command = format!("'{}' --root '{}' check --external", program.display(), folder.path().display());
    let ran = std::process::Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let seen = String::from_utf8(ran.stdout).unwrap();
    assert!(seen.contains("asking other sites") && seen.contains("0 of 1"), "{seen:?}");
    let piped = casebook(folder.path(), &["check", "--external"]);
    assert!(!piped.err.contains("asking") && !piped.out.contains("asking"), "{}{}", piped.out, piped.err);
}

/// Starts a server with this certificate that answers with status 200, and gives its address.
fn serve_securely(certificate: rustls::pki_types::CertificateDer<'static>, key: &rcgen::KeyPair) -> String {
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut tls = rustls::StreamOwned::new(connection, stream);
            if tls.read(&mut [0; 1024]).is_ok() {
                tls.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap_or_default();
            }
        }
    });
    address
}

#[test]
fn an_untrusted_certificate_is_reported() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let address = serve_securely(made.cert.der().clone(), &made.signing_key);
    let (said, _) = said(std::slice::from_ref(&address), &[]);
    assert!(said[&address].starts_with("has no valid certificate"), "{said:#?}");
}

/// A certificate as a file holds it.
fn pem(der: &[u8]) -> String {
    let text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, der);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

/// A server at `localhost` with a certificate of an issuer that only this machine knows.
#[test]
fn issuers_that_this_machine_trusts_are_trusted() {
    let (issuer_key, key) = (rcgen::KeyPair::generate().unwrap(), rcgen::KeyPair::generate().unwrap());
    let mut of_issuer = rcgen::CertificateParams::new([]).unwrap();
    of_issuer.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root = of_issuer.self_signed(&issuer_key).unwrap();
    let issuer = rcgen::Issuer::new(of_issuer, issuer_key);
    let params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap();
    let address = serve_securely(certificate.der().clone(), &key);
    let folder =
        library(&[("content/cases/a.md", &case(&format!("[A link]({address})\n"))), ("issuers.pem", &pem(root.der()))]);
    let check = |issuers: &[(&str, &str)]| {
        let mut command = assert_cmd::Command::cargo_bin("casebook").unwrap();
        command.current_dir(folder.path()).envs(issuers.iter().copied()).args(["check", "--external"]);
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    let refused = check(&[]);
    assert!(refused.contains("has no valid certificate: its issuer is not known"), "{refused}");
    let trusted = check(&[("SSL_CERT_FILE", "issuers.pem")]);
    assert!(!trusted.contains("dead-link"), "{trusted}");
}

#[test]
fn problems_of_the_content_are_reported_where_no_address_can_be_reached() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let text: String = (1..5).map(|n| format!("[A link](http://{closed}/{n})\n\n")).collect();
    let folder = library(&[("content/cases/a.md", &case(&text).replace("sector: health", "sector: helth"))]);
    for format in ["human", "json", "github", "sarif"] {
        let ran = casebook(folder.path(), &["check", "--external", "--format", format]);
        assert_eq!(ran.status, 3, "{}", ran.err);
        let report = if format == "human" { &ran.err } else { &ran.out };
        assert!(report.contains("unknown-term") && !report.contains("refuses the connection"), "{format}: {report}");
        assert!(ran.err.contains("cannot reach other sites"), "{}", ran.err);
    }
}

#[test]
fn only_addresses_of_the_files_that_are_named_are_asked() {
    let server = Server::start();
    let [one, both, other] = ["/gone-1", "/gone-2", "/gone-3"].map(|path| server.at(path));
    let folder = library(&[
        ("content/cases/a.md", &case(&format!("[A link]({one})\n\n[Another]({both})\n"))),
        ("content/cases/b.md", &case(&format!("[A link]({both})\n\n[Another]({other})\n"))),
    ]);
    let ran = casebook(folder.path(), &["check", "--external", "content/cases/b.md"]);
    for (address, is_reported) in [(one, false), (both, true), (other, true)] {
        assert_eq!(ran.err.contains(&format!("warning[dead-link]: {address} ")), is_reported, "{}", ran.err);
    }
    let counts = ["GET /gone-1", "GET /gone-2", "GET /gone-3"].map(|line| server.count(line));
    assert_eq!(counts, [0, 1, 1]);
}

#[test]
fn addresses_of_the_settings_are_asked() {
    let server = Server::start();
    let folder = library(&[("content/cases/a.md", &case("Words.\n"))]);
    let [event, repository] = ["/event", "/repository"].map(|path| server.at(path));
    let settings = format!(
        "title: Test\nevents: [{{ year: 1650, label: A, url: '{event}' }}]\ncontribute: {{ repository: '{repository}' }}\n"
    );
    crate::commands::write(folder.path(), "casebook.yaml", &settings);
    let ran = casebook(folder.path(), &["check", "--external"]);
    for address in [event, repository] {
        assert!(ran.err.contains(&format!("warning[dead-link]: {address} answers with status 404")), "{}", ran.err);
    }
}

#[test]
fn an_address_is_requested_once_and_not_again_while_the_cache_is_fresh() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("links.json");
    let words = |day: &'static str| ["--date", day, "--cache", cache.to_str().unwrap()].map(str::to_owned);
    let addresses = [server.at("/well"), server.at("/well#part"), server.at("/nothing")];
    for (day, well, nothing) in [("2026-11-20", 1, 1), ("2026-11-22", 1, 2), ("2026-11-30", 2, 3)] {
        let words = words(day);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (said, _) = said(&addresses, &words);
        assert_eq!(said.keys().collect::<Vec<_>>(), [&server.at("/nothing")]);
        assert_eq!((server.count("HEAD /well"), server.count("HEAD /nothing")), (well, nothing), "{day}");
    }
}

#[test]
fn nothing_is_requested_without_the_option() {
    let server = Server::start();
    let text = format!("---\ntitle: About\n---\n[A link]({})\n", server.at("/well"));
    let off = "title: Test\nchecks: { dead-link: off }\n";
    let folder = library(&[("content/pages/about.md", text.as_str())]);
    for words in [&["check"][..], &["check", "--fix"], &["build"], &["build", "--archive", "a.zip"]] {
        assert_eq!(casebook(folder.path(), words).status, 0);
    }
    crate::commands::write(folder.path(), "casebook.yaml", off);
    assert_eq!(casebook(folder.path(), &["check", "--external"]).status, 0);
    assert_eq!(server.asked.lock().unwrap().lines, Vec::<String>::new());
}

#[test]
fn a_dead_source_is_reported_with_its_archived_copy() {
    let server = Server::start();
    let (gone, kept, lost) = (server.at("/gone"), server.at("/well"), server.at("/lost"));
    let sources = format!(
        "sources:\n  - {{ title: A, url: '{gone}#top', archived: '{kept}' }}\n  - {{ title: B, url: '{lost}' }}\n---\n"
    );
    let text = case("Words.\n").replacen("\n---\n", &format!("\n{sources}"), 1);
    let folder = library(&[("content/cases/a.md", &text)]);
    let ran = casebook(folder.path(), &["check", "--external"]);
    let help = format!("help: write the new address; if there is none, make the archived copy the `url`: {kept}");
    assert!(ran.err.contains(&help), "{}", ran.err);
    assert!(ran.err.contains("for a source, name a kept copy of it with `archived`"), "{}", ran.err);
}

#[test]
fn a_cache_replaces_no_file_that_casebook_did_not_write() {
    let server = Server::start();
    let text = case(&format!("[A link]({})\n", server.at("/well")));
    let notes = r#"{"answered": {"Is it well?": "2026-11-20"}}"#;
    let folder = library(&[("content/cases/a.md", text.as_str()), ("notes.json", notes)]);
    let at = |path: &str| folder.path().join(path);
    let cached = |path: &str| casebook(folder.path(), &["check", "--external", "--cache", at(path).to_str().unwrap()]);
    for path in ["content/vocabularies/sector.yaml", "casebook.yaml", "notes.json", "content/cases/a.md"] {
        let before = std::fs::read(at(path)).unwrap();
        let ran = cached(path);
        assert_eq!(ran.status, 2, "{path}: {}", ran.err);
        assert!(
            ran.err.contains(&format!("{path} is not a cache")) && ran.err.contains("or delete this one"),
            "{}",
            ran.err
        );
        assert_eq!(std::fs::read(at(path)).unwrap(), before, "{path}");
    }
    assert_eq!(server.asked.lock().unwrap().lines, Vec::<String>::new(), "asked before the cache was looked at");
    let missing = cached("none/links.json");
    assert!(missing.status == 2 && missing.err.contains("make the folder"), "{}", missing.err);
    std::fs::write(at("empty.json"), "").unwrap();
    for path in ["empty.json", "empty.json", "new.json"] {
        assert_eq!(cached(path).status, 0, "{path}");
        assert!(std::fs::read_to_string(at(path)).unwrap().contains(&server.at("/well")), "{path}");
    }
    assert_eq!(server.count("HEAD /well"), 2, "the second time, it was fresh");
}

#[cfg(unix)]
#[test]
fn a_cache_that_is_a_pipe_a_device_or_a_link_is_refused_without_blocking() {
    let folder = library(&[("content/cases/a.md", case("Words.\n").as_str())]);
    let at = |path: &str| folder.path().join(path);
    assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    std::os::unix::fs::symlink(at("casebook.yaml"), at("link")).unwrap();
    std::os::unix::fs::symlink(at("none"), at("broken")).unwrap();
    let files = ["pipe", "link", "broken", "content"].map(|name| at(name).to_str().unwrap().to_owned());
    for file in files.iter().map(String::as_str).chain(["/dev/null", "/dev/zero"]) {
        let ran = casebook(folder.path(), &["check", "--external", "--cache", file]);
        assert_eq!(ran.status, 2, "{file}: {}", ran.err);
        assert!(ran.err.contains(&format!("the cache {file} cannot be used")), "{}", ran.err);
    }
    assert!(at("link").is_symlink() && at("broken").is_symlink() && !at("none").exists());
}

/// The problems of these addresses, in their order, without the address and its port.
fn problems(addresses: &[String], limits: Limits, elapsed: Elapsed<'_>) -> (Vec<String>, bool) {
    let path = FilePath::new("content/cases/a.md");
    let outside: Vec<ExternalAddress> = addresses
        .iter()
        .map(|address| {
            let spots = vec![Spot::bytes(&path, 0..1)];
            ExternalAddress { address: address.parse().unwrap(), spots, archived: None }
        })
        .collect();
    let found = external::check(&outside, limits, elapsed, &|| {});
    let said = found.problems.iter().map(|problem| {
        assert_eq!(problem.code, Code::DeadLink);
        problem.message.split_once(' ').unwrap().1.to_owned()
    });
    (said.collect(), found.has_reached)
}

/// Limits for a host that gives no answer at all. Requests to any other would need more time on a busy machine.
fn for_silence() -> Limits {
    let (answer, answer_after_silence) = (Duration::from_millis(200), Duration::from_millis(100));
    Limits { answer, answer_after_silence, ..Limits::default() }
}

/// A clock on which every look takes this many seconds.
fn slow_clock(seconds: u64) -> impl Fn() -> Duration + Sync {
    let looks = AtomicU64::new(0);
    move || Duration::from_secs(looks.fetch_add(seconds, Ordering::Relaxed))
}

#[test]
fn a_host_that_gives_no_answer_is_given_up() {
    let server = Server::start();
    let addresses: Vec<String> = (0..20).map(|n| server.at(&format!("/slow/{n}"))).collect();
    let (said, has_reached) = problems(&addresses, for_silence(), &|| Duration::ZERO);
    assert!(said[..3].iter().all(|words| words.starts_with("gave no answer in ")), "{said:#?}");
    let given_up = "was not asked, because its server could not be reached, or gave no answer, 3 times in a row";
    assert_eq!(said[3..], vec![given_up; 17], "{said:#?}");
    assert!(has_reached, "there was a connection");
    let asked = server.asked.lock().unwrap().lines.len();
    assert!(asked <= 6, "{asked} requests for three addresses, with HEAD and GET");
}

#[test]
fn a_host_that_refuses_connections_is_given_up() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let addresses: Vec<String> = (0..5).map(|n| format!("http://{closed}/{n}")).collect();
    let (said, has_reached) = problems(&addresses, Limits::default(), &|| Duration::ZERO);
    assert_eq!(said[..3], ["refuses the connection"; 3]);
    assert!(said[3..].iter().all(|words| words.starts_with("was not asked, because")), "{said:#?}");
    assert!(!has_reached);
}

#[test]
fn a_redirect_to_an_abandoned_host_is_reported_as_not_requested() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = Server::start();
    let addresses = [1, 2].map(|n| server.at(&format!("/to/{}/{n}", closed.port())));
    let (said, _) = problems(&addresses, Limits { failures: 1, ..Limits::default() }, &|| Duration::ZERO);
    assert_eq!(said[0], format!("leads to http://{closed}/1, which refuses the connection"));
    assert!(said[1].starts_with(&format!("leads to http://{closed}/2, which was not asked, because")), "{said:?}");
}

#[test]
fn an_answer_resets_the_count_of_failures_of_a_host() {
    let server = Server::start();
    let addresses = ["/slow/1", "/well/1", "/slow/2", "/well/2"].map(|path| server.at(path));
    let limits = Limits { answer: Duration::from_secs(2), failures: 2, ..for_silence() };
    let (said, _) = problems(&addresses, limits, &|| Duration::ZERO);
    assert_eq!(said, ["gave no answer in 2 seconds"; 2]);
}

#[test]
fn a_host_that_answers_get_but_not_head_is_asked_with_get() {
    let server = Server::start();
    let addresses: Vec<String> = (0..5).map(|n| server.at(&format!("/only-get/{n}"))).collect();
    let limits =
        Limits { answer_after_silence: Limits::default().answer, answer: Duration::from_secs(2), ..for_silence() };
    let (said, _) = problems(&addresses, limits, &|| Duration::ZERO);
    assert_eq!(said, Vec::<String>::new());
    let lines = server.asked.lock().unwrap().lines.clone();
    let heads = lines.iter().filter(|line| line.starts_with("HEAD")).count();
    assert_eq!((heads, lines.len()), (1, 6), "{lines:#?}");
}

#[test]
fn a_host_that_takes_too_long_in_all_is_given_up() {
    let server = Server::start();
    let addresses: Vec<String> = (0..20).map(|n| server.at(&format!("/well/{n}"))).collect();
    let (said, _) = problems(&addresses, Limits::default(), &slow_clock(60));
    let given_up = "was not asked, because its server took 10 minutes for other addresses";
    assert!(said.len() > 10 && said.iter().all(|words| words == given_up), "{said:#?}");
    assert_eq!(server.asked.lock().unwrap().lines.len(), 20 - said.len());
}

#[test]
fn redirects_and_waits_of_an_address_end_after_a_minute() {
    let server = Server::start();
    let (said, _) = problems(&[server.at("/deep/1")], Limits::default(), &slow_clock(10));
    assert!(said[0].starts_with("is still being redirected after 60 seconds"), "{said:#?}");
    // A server that asks for twenty seconds, when there are fewer left. It may be well.
    let (said, _) = problems(&[server.at("/busy/1")], Limits::default(), &slow_clock(35));
    assert_eq!((said.len(), server.count("HEAD /busy/1")), (0, 1));
}

#[test]
fn a_panic_while_addresses_are_asked_is_not_lost() {
    let server = Server::start();
    let outside = [ExternalAddress { address: server.at("/well").parse().unwrap(), spots: Vec::new(), archived: None }];
    let asked = std::panic::catch_unwind(|| {
        external::check(&outside, Limits::default(), &|| Duration::ZERO, &|| panic!("planned"));
    });
    assert!(asked.is_err());
}
