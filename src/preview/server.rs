//! The HTTP server of the preview.
//!
//! Every request is answered at once from the present state, even while a new one is being made. Responses are not
//! cached, since the next save changes them. The host of a request is checked before anything else.

use std::{
    convert::Infallible,
    ops::{Range, RangeInclusive},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, Method, StatusCode,
        header::{
            ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HOST, LOCATION, RANGE,
        },
    },
    response::{IntoResponse, Response, Sse, sse},
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc, watch},
    task,
};
use tokio_io_timeout::TimeoutStream;
use tokio_stream::{
    StreamExt,
    wrappers::{ReceiverStream, WatchStream},
};

use crate::{
    failure::Failure,
    model::Address,
    preview::{
        answer::{Answer, Bytes, answer},
        bar::FileLinks,
        hosts::Hosts,
        notice,
        overlay::{self, PageState, change_message, frame, inject, overlay, with_content},
        state::PreviewState,
    },
    problem::FilePath,
    source::OpenedFile,
};

/// The shared values of all requests.
#[derive(Debug)]
pub struct Server {
    /// The library's folder.
    pub root: PathBuf,
    /// The host names that are accepted.
    pub hosts: Hosts,
    /// The present state.
    pub states: watch::Receiver<Arc<PreviewState>>,
    /// Identifies this run of the preview.
    pub run: String,
    /// How the bar opens files.
    pub file_links: FileLinks,
}

/// The limits of connections. Those without a request, or whose client takes no bytes, are closed, so that they cannot
/// keep others out for long.
#[derive(Clone, Copy)]
struct ConnectionLimits {
    /// The most connections at the same time.
    count: usize,
    /// The time limit for a connection to send a request.
    request: Duration,
    /// The time limit for a client to take the next bytes of a response.
    write: Duration,
}

/// The limits of the preview: more connections than any browser needs, and fewer than a process may have open files.
const LIMITS: ConnectionLimits =
    ConnectionLimits { count: 256, request: Duration::from_secs(5), write: Duration::from_secs(20) };

/// The pause after the system refused a connection.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(200);

/// Serves requests until the program ends.
pub async fn serve(listener: TcpListener, server: Server) {
    let app = Router::new().fallback(respond).with_state(Arc::new(server));
    serve_connections(listener, app, LIMITS).await;
}

async fn serve_connections(listener: TcpListener, app: Router, limits: ConnectionLimits) {
    let permits = Arc::new(Semaphore::new(limits.count));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.request);
    while let Ok(permit) = permits.clone().acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            continue;
        };
        // A response is one small write, so do not wait to join it with another.
        stream.set_nodelay(true).unwrap_or_default();
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.write));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(app.clone()));
        tokio::spawn(async move {
            // An error here means that the client has gone or sent nothing, so there is nobody to report it to.
            connection.await.unwrap_or_default();
            drop(permit);
        });
    }
}

async fn respond(State(server): State<Arc<Server>>, request: Request) -> Response {
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let hosts = request.uri().authority().map(|authority| authority.as_str()).into_iter().chain(named);
    if named.is_none() || !hosts.into_iter().all(|host| server.hosts.accepts(host)) {
        let text =
            "This preview does not answer under this name. To let it, start it with --allow-host and the name.\n";
        return plain(StatusCode::FORBIDDEN, text);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "A preview is only read.\n");
        refused.headers_mut().insert(ALLOW, "GET, HEAD".parse().expect("a header"));
        return refused;
    }
    let preview = server.states.borrow().clone();
    let headers = request.headers().clone();
    let path = request.uri().path().to_owned();
    let asked = task::spawn_blocking(move || {
        let answer = answer(&preview, &path);
        match answer {
            Answer::Own(name) if name == "events" => Err(server),
            answer => Ok(response(&server, &preview, answer, &headers)),
        }
    });
    match asked.await {
        Ok(Ok(response)) => response,
        Ok(Err(server)) => events(&server),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "The preview could not make this page.\n"),
    }
}

fn response(server: &Server, preview: &PreviewState, answer: Answer, headers: &HeaderMap) -> Response {
    match answer {
        Answer::Published(address, Bytes::File(file)) => {
            let gone = |_| plain(StatusCode::NOT_FOUND, "This file has just gone.\n");
            file_or_part(&server.root, &file, &media_type(&address), headers).unwrap_or_else(gone)
        }
        Answer::Unready(address, bytes) => {
            let (title, words) = notice::unready(preview.file_of(&address).as_ref());
            let bytes = with_content(&bytes, title, &words);
            page(server, preview, &address, (StatusCode::OK, PageState::Unready), bytes)
        }
        Answer::Published(address, Bytes::Made(bytes)) => {
            page(server, preview, &address, (StatusCode::OK, PageState::Shown), bytes)
        }
        Answer::Published(address, Bytes::Kept(bytes)) => {
            page(server, preview, &address, (StatusCode::OK, PageState::Shown), bytes.to_vec())
        }
        Answer::Missing(bytes) => {
            page(server, preview, &Address::file("404.html"), (StatusCode::NOT_FOUND, PageState::Shown), bytes)
        }
        Answer::Former(address, bytes) => {
            let Some(former) = preview.former_pages.get(&address) else { return plain(StatusCode::NOT_FOUND, "") };
            let (title, words) = notice::former_page(preview, &address, former);
            let bytes = with_content(&bytes, title, &words);
            page(server, preview, &Address::file("404.html"), (StatusCode::NOT_FOUND, PageState::Former(former)), bytes)
        }
        Answer::Failed(address, problems) => {
            let bytes = frame(
                "This page cannot be made",
                "<h1>This page cannot be made</h1>\n<p>A template of the theme fails on it.</p>\n",
            );
            let state = (StatusCode::INTERNAL_SERVER_ERROR, PageState::Failed(&problems));
            page(server, preview, &address, state, bytes.into_bytes())
        }
        Answer::Moved(to) => {
            let mut moved = plain(StatusCode::TEMPORARY_REDIRECT, "");
            moved.headers_mut().insert(LOCATION, to.parse().expect("an address is percent-encoded"));
            moved
        }
        Answer::Own(name) => match overlay::FILES.iter().find(|(file, ..)| *file == name) {
            Some((_, kind, text)) => answered(StatusCode::OK, kind, *text),
            None => plain(StatusCode::NOT_FOUND, "The preview has no such file.\n"),
        },
    }
}

/// The response for a page or file at an address. A page gets the overlay.
fn page(
    server: &Server,
    preview: &PreviewState,
    address: &Address,
    (status, state): (StatusCode, PageState<'_>),
    bytes: Vec<u8>,
) -> Response {
    let kind = media_type(address);
    let bytes = match kind.starts_with("text/html") || matches!(state, PageState::Failed(_)) {
        true => inject(bytes, &overlay(preview, address, state, &server.file_links, &server.run)),
        false => bytes,
    };
    answered(status, if matches!(state, PageState::Failed(_)) { "text/html; charset=utf-8" } else { &kind }, bytes)
}

/// The part of a file that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestedPart {
    /// All of it. Several parts at once may be answered so too.
    Whole,
    /// These bytes.
    Bytes(RangeInclusive<u64>),
    /// Bytes that the file does not have.
    Outside,
}

impl RequestedPart {
    /// The part that a `Range` header names, of a file of a size in bytes. A header that cannot be read is ignored.
    pub fn of(range: Option<&str>, size: u64) -> RequestedPart {
        let Some(ranges) = range.and_then(|range| http_range_header::parse_range_header(range).ok()) else {
            return RequestedPart::Whole;
        };
        if size == 0 {
            return RequestedPart::Outside;
        }
        match ranges.validate(size) {
            Ok(ranges) if ranges.len() == 1 => RequestedPart::Bytes(ranges[0].clone()),
            Ok(_) => RequestedPart::Whole,
            Err(_) => RequestedPart::Outside,
        }
    }
}

/// A file, or the part of it that was asked for: players of sound and film ask for parts.
fn file_or_part(root: &Path, file: &FilePath, kind: &str, headers: &HeaderMap) -> Result<Response, Failure> {
    let file = OpenedFile::open(root, file)?;
    let size = file.size;
    let range = headers.get(RANGE).and_then(|range| range.to_str().ok());
    let (mut response, sent) = match RequestedPart::of(range, size) {
        RequestedPart::Whole => (in_pieces(StatusCode::OK, kind, file, 0..size), None),
        RequestedPart::Bytes(bytes) => {
            let sent = format!("bytes {}-{}/{size}", bytes.start(), bytes.end());
            (in_pieces(StatusCode::PARTIAL_CONTENT, kind, file, *bytes.start()..bytes.end() + 1), Some(sent))
        }
        RequestedPart::Outside => (plain(StatusCode::RANGE_NOT_SATISFIABLE, ""), Some(format!("bytes */{size}"))),
    };
    if let Some(sent) = sent {
        response.headers_mut().insert(CONTENT_RANGE, sent.parse().expect("numbers are a header"));
    }
    response.headers_mut().insert(ACCEPT_RANGES, "bytes".parse().expect("a header"));
    Ok(response)
}

/// Bytes of a file. The next piece is read when the client has taken the one before.
fn in_pieces(status: StatusCode, kind: &str, file: OpenedFile, bytes: Range<u64>) -> Response {
    let length = bytes.end - bytes.start;
    let (sender, pieces) = mpsc::channel(1);
    // It ends when all is read, or when the connection is closed and nobody takes a piece.
    task::spawn_blocking(move || file.pieces(bytes).try_for_each(|piece| sender.blocking_send(piece)));
    let mut response = answered(status, kind, Body::from_stream(ReceiverStream::new(pieces)));
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    response
}

/// The event stream: a message for each state, the present one first.
fn events(server: &Server) -> Response {
    let run = server.run.clone();
    let moments = WatchStream::new(server.states.clone()).map(move |preview| {
        let change_message = serde_json::to_string(&change_message(&preview, &run)).expect("texts are JSON");
        Ok::<_, Infallible>(sse::Event::default().retry(Duration::from_millis(300)).data(change_message))
    });
    let stream = Sse::new(moments).keep_alive(sse::KeepAlive::default()).into_response();
    guarded(stream)
}

/// The media type of a file, by its name.
fn media_type(address: &Address) -> String {
    let path = address.output_path();
    let name = path.rsplit('/').next().unwrap_or(&path);
    let kind = match name {
        "_headers" | "_redirects" | ".nojekyll" => mime_guess::mime::TEXT_PLAIN,
        "feed.xml" => "application/atom+xml".parse().unwrap_or(mime_guess::mime::TEXT_XML),
        "feed.json" => "application/feed+json".parse().unwrap_or(mime_guess::mime::APPLICATION_JSON),
        _ => mime_guess::from_path(name).first_or_octet_stream(),
    };
    let is_text =
        kind.type_() == "text" || kind.subtype() == "json" || kind.suffix().is_some_and(|suffix| suffix == "xml");
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    answered(status, "text/plain; charset=utf-8", text)
}

fn answered(status: StatusCode, kind: &str, body: impl Into<Body>) -> Response {
    guarded((status, [(CONTENT_TYPE, kind)], body.into()).into_response())
}

/// Adds the headers that forbid caching, guessing of types, and use by other origins.
fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [("x-content-type-options", "nosniff"), ("cross-origin-resource-policy", "same-origin")] {
        headers.insert(name, value.parse().expect("a header"));
    }
    headers.insert(CACHE_CONTROL, "no-store".parse().expect("a header"));
    response
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

    use tokio::runtime::Runtime;

    use super::*;

    fn client(server: &TcpListener) -> TcpStream {
        let mut client = TcpStream::connect(server.local_addr().unwrap()).unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        client
    }

    #[test]
    fn a_client_that_takes_no_bytes_is_disconnected_and_the_next_is_served() {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        // More bytes than the buffers of a connection hold.
        let app = Router::new().fallback(|| async { vec![b'a'; 64 << 20] });
        let (_silent, mut next) = (client(&listener), client(&listener));
        let limits = ConnectionLimits { count: 1, request: LIMITS.request, write: Duration::from_millis(100) };
        runtime.spawn(serve_connections(listener, app, limits));
        // Far longer than the limit: without it, the second client would wait for ever.
        next.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut first = [0; 8];
        next.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1");
    }
}
