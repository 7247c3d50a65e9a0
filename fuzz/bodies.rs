//! The bodies of the fuzz targets: one for each parser of untrusted input, with what must hold for any bytes. A body returns, or panics.
//!
//! `fuzz_targets/` runs these under libFuzzer; `tests/suite/fuzz.rs` runs them over a stored corpus and changes of it.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::BTreeMap,
    io::{Cursor, Write},
    path::Path,
    sync::Arc,
    time::Duration,
};

use casebook::{
    import::{self, ImportKind},
    lsp,
    model::{
        address::{self, Address},
        document::Body,
    },
    output::manifest::Manifest,
    preview::{hosts::Hosts, server::RequestedPart},
    problem::{FilePath, report::locate::locate},
    read::{self, Document, LibraryKeys},
    source::SourceFile,
};
use html5ever::{
    TokenizerResult,
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer},
};
use jiff::civil::date;
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use url::{Host, Url};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The longest time that the language server may take for a message of its own.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);

/// Reads bytes as the file at a path, and locates every problem in it.
fn read_as(path: &str, bytes: &[u8]) -> Option<Document> {
    let path = FilePath::new(path);
    let checked = read::document(&path, &SourceFile::Text(Arc::from(bytes)), &LibraryKeys::default());
    let report = locate(checked.problems, &BTreeMap::new(), |_| Some(bytes));
    for problem in &report.problems {
        let place = &problem.place;
        assert!(place.line >= 1 && place.column >= 1, "{problem:?}");
        assert!((place.end_line, place.end_column) >= (place.line, place.column), "{problem:?}");
    }
    checked.value
}

/// The front matter of a case, a page and the home page, which is YAML of every kind.
pub fn front_matter(bytes: &[u8]) {
    for path in ["content/cases/a.md", "content/pages/a.md", "content/index.md", "casebook.yaml"] {
        read_as(path, bytes);
    }
}

/// A vocabulary and a glossary.
pub fn vocabulary(bytes: &[u8]) {
    read_as("content/vocabularies/sector.yaml", bytes);
    read_as("content/glossary.yaml", bytes);
}

/// A body of Markdown. Its page must contain nothing that a browser runs.
pub fn markdown(bytes: &[u8]) {
    let text = [b"---\ntitle: A\n---\n", bytes].concat();
    if let Some(Document::Page(page)) = read_as("content/pages/a.md", &text) {
        assert_safe(&page.body);
    }
}

/// A body of raw HTML, which the cleaner gets as a whole.
pub fn clean(bytes: &[u8]) {
    markdown(&[b"<div>\n", bytes, b"\n</div>\n"].concat());
}

/// The slug of any name.
pub fn slug(bytes: &[u8]) {
    let name = String::from_utf8_lossy(bytes);
    let slug = address::slug(&name);
    assert_eq!(address::slug(&slug), slug);
    if let Some(address) = Address::parse(&format!("/{name}")) {
        assert!(address.output_path().split('/').all(|part| part != ".." && !part.is_empty()));
    }
}

/// The manifest of an output, which must list nothing outside its folder.
pub fn manifest(bytes: &[u8]) {
    if let Some(manifest) = Manifest::parse(bytes) {
        for path in manifest.paths() {
            assert!(!path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | ".." | ".")), "{path}");
        }
    }
}

/// The host names that the preview accepts: those of this machine, and one that was allowed.
pub fn host(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let hosts = Hosts { address: [127, 0, 0, 1].into(), allowed: vec!["studio.example".to_owned()] };
    if hosts.accepts(&text) {
        // The host, as a browser reads it.
        let address =
            Url::parse(&format!("http://{text}/")).unwrap_or_else(|error| panic!("{text} is answered: {error}"));
        let is_own = match address.host() {
            Some(Host::Domain(name)) => ["localhost", "studio.example"].contains(&name.trim_end_matches('.')),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
            None => false,
        };
        assert!(is_own, "{text}");
    }
}

/// A `Range` header: the preview sends only bytes that the file has.
pub fn range(bytes: &[u8]) {
    let header = String::from_utf8_lossy(bytes);
    for size in [0, 1, 2, 500, u64::MAX] {
        if let RequestedPart::Bytes(part) = RequestedPart::of(Some(&header), size) {
            assert!(part.start() <= part.end() && *part.end() < size, "{header} of {size}: {part:?}");
        }
    }
}

/// The library of the language server, in this folder. The server reads it and writes nothing.
fn library() -> Url {
    let manifest_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = [manifest_folder.join("library"), manifest_folder.join("fuzz/library")]
        .into_iter()
        .find(|folder| folder.is_dir());
    Url::from_file_path(folder.expect("the library is there")).expect("an absolute path")
}

/// Messages to the language server, one on each line: it gives every request one response, and ends when it is asked to.
///
/// Inputs whose length is a multiple of 20, or one more, have a small library, which is read in each session: that takes most
/// of the time, so it is some 1,000 of 10,000 inputs. In half of these the client waits for all responses before it asks the server to shut
/// down; in the others requests still wait for the library then.
pub fn lsp(bytes: &[u8]) {
    let request =
        |id: &str, method: &str, params| Request { id: id.to_owned().into(), method: method.to_owned(), params };
    let (has_library, waits) = (bytes.len() % 20 < 2, bytes.len().is_multiple_of(20));
    let library = library();
    let text = String::from_utf8_lossy(bytes);
    let text = if has_library { Cow::from(text.replace("file:///nowhere", library.as_str())) } else { text };
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
    // These begin and end the session, which this function does itself; a command would start a preview, which stays.
    let own = ["initialize", "initialized", "shutdown", "exit", "workspace/executeCommand"];
    let messages = messages.filter(|message| match message {
        Message::Request(request) => !own.contains(&request.method.as_str()),
        Message::Notification(notification) => !own.contains(&notification.method.as_str()),
        Message::Response(_) => true,
    });
    let (server, client) = Connection::memory();
    let send = |message: Message| client.sender.send(message).expect("the server listens");
    let serving =
        std::thread::spawn(move || lsp::serve(&server, || Some(date(2026, 1, 1))).map_err(|error| error.to_string()));
    let params = serde_json::json!({ "capabilities": {}, "rootUri": has_library.then_some(&library) });
    send(request("first", "initialize", params).into());
    send(Notification { method: "initialized".to_owned(), params: serde_json::json!({}) }.into());
    let mut asked: Vec<RequestId> = vec!["first".to_owned().into()];
    for message in messages {
        if let Message::Request(request) = &message {
            asked.push(request.id.clone());
        }
        send(message);
    }
    let id = |message| if let Message::Response(response) = message { Some(response.id) } else { None };
    let mut answered: Vec<RequestId> = Vec::new();
    while waits && answered.len() < asked.len() {
        answered.extend(id(client.receiver.recv_timeout(LONGEST_SILENCE).expect("the server answers every request")));
    }
    send(request("last", "shutdown", serde_json::Value::Null).into());
    asked.push("last".to_owned().into());
    send(Notification { method: "exit".to_owned(), params: serde_json::Value::Null }.into());
    serving.join().expect("the server does not panic").expect("the session ends well");
    // A thread of the library may still read, and hold a sender.
    answered.extend(client.receiver.try_iter().filter_map(id));
    asked.sort_by_key(ToString::to_string);
    answered.sort_by_key(ToString::to_string);
    assert_eq!(asked, answered, "every request has one response");
}

/// Files of other programs.
pub fn import(bytes: &[u8]) {
    for (_, kind) in ImportKind::ALL {
        kind.endings().iter().for_each(|ending| import_as(kind, ending, bytes));
    }
}

/// The XML of Word documents and workbooks. The input holds the parts of a file, each after a line `== NAME`; libFuzzer would
/// hardly ever make a zip by itself.
pub fn office(bytes: &[u8]) {
    let text = format!("\n{}", String::from_utf8_lossy(bytes));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in text.split("\n== ").skip(1) {
        let (name, part) = part.split_once('\n').unwrap_or((part, ""));
        // Two parts of one name are refused.
        if zip.start_file(name, stored).is_ok() {
            zip.write_all(part.as_bytes()).expect("there is memory");
        }
    }
    let file = zip.finish().expect("there is memory").into_inner();
    import_as(ImportKind::Docx, "docx", &file);
    import_as(ImportKind::Spreadsheet, "xlsx", &file);
    import_as(ImportKind::Spreadsheet, "ods", &file);
}

fn import_as(kind: ImportKind, ending: &str, bytes: &[u8]) {
    let file = FilePath::new(format!("posts/2026-01-01-a.{ending}"));
    let source = import::ImportSource {
        name: "posts".to_owned(),
        files: vec![file],
        requested: String::new(),
        bytes: &|_| Ok(bytes.to_vec()),
    };
    let found = import::read(kind, &source, &import::LibraryWords::default(), &|| {});
    let seen = found.items.len() + found.unreadable.len() + found.not_imported.len();
    assert!(seen > 0, "a file of {ending} is lost without a word");
}

/// The tags of HTML, as a browser reads them.
#[derive(Default)]
struct Seen(RefCell<Vec<Tag>>);

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            self.0.borrow_mut().push(tag);
        }
        TokenSinkResult::Continue
    }
}

/// The tags that a body may contain. The parser treats none of them in a special way, so a list of tags is as good as a tree.
const HARMLESS: &str = "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption \
    figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark nav ol p pre q rp rt ruby s samp section small span strong sub summary sup table \
    tbody td tfoot th thead time tr u ul var wbr article header footer center strike tt acronym area map audio video source track main \
    hgroup data";

fn assert_safe(body: &Body) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&body.html));
    let tokenizer = Tokenizer::new(Seen::default(), Default::default());
    while let TokenizerResult::Script(()) = tokenizer.feed(&input) {}
    tokenizer.end();
    for tag in tokenizer.sink.0.borrow().iter() {
        assert!(HARMLESS.split_whitespace().any(|name| *name == *tag.name), "<{}> in {}", tag.name, body.html);
        for attribute in &tag.attrs {
            let (name, value) = (attribute.name.local.to_ascii_lowercase(), attribute.value.to_ascii_lowercase());
            assert!(
                !name.starts_with("on") && !matches!(&*name, "style" | "srcdoc" | "action" | "formaction"),
                "{name} in {}",
                body.html
            );
            let plain: String = value.chars().filter(|c| *c > ' ').collect();
            let runs = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme));
            assert!(
                !runs || !matches!(&*name, "href" | "src" | "cite" | "poster" | "background"),
                "{value} in {}",
                body.html
            );
        }
    }
}
