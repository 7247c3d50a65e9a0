//! A local server that gives every kind of bad response, by the path of the request.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// The requests that a server received, in order, and the most at the same time.
#[derive(Debug, Default)]
pub struct Asked {
    pub lines: Vec<String>,
    now: usize,
    pub most: usize,
}

/// A server on a port of this machine, which ends with the test program.
pub struct Server {
    pub port: u16,
    pub asked: Arc<Mutex<Asked>>,
}

impl Server {
    /// Starts it.
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Asked::default()));
        let seen = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = seen.clone();
                thread::spawn(move || serve(stream, &seen));
            }
        });
        Server { port, asked }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The number of requests with this first line.
    pub fn count(&self, line: &str) -> usize {
        self.asked.lock().unwrap().lines.iter().filter(|asked| *asked == line).count()
    }
}

/// Serves the requests of one connection, until the client closes it.
fn serve(stream: TcpStream, asked: &Mutex<Asked>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line == "\r\n" {
                break;
            }
            head.push(line.trim_end().to_owned());
        }
        let line = head[0].trim_end_matches(" HTTP/1.1").to_owned();
        let times = {
            let mut asked = asked.lock().unwrap();
            asked.lines.push(line.clone());
            asked.now += 1;
            asked.most = asked.most.max(asked.now);
            asked.lines.iter().filter(|earlier| **earlier == line).count()
        };
        // Long enough for two requests at once to overlap. Counted before the response is sent, because the next
        // request may come as soon as it has arrived.
        thread::sleep(Duration::from_millis(5));
        asked.lock().unwrap().now -= 1;
        let (method, path) = line.split_once(' ').unwrap();
        if !answer(&stream, method, path, times) {
            return;
        }
    }
}

/// Sends one response; false if the connection must be closed.
fn answer(mut stream: &TcpStream, method: &str, path: &str, times: usize) -> bool {
    let (status, headers) = match (method, path) {
        (_, "/well") | ("GET", "/no-head" | "/head-is-404") => ("200 OK", ""),
        ("HEAD", "/no-head") => ("405 Method Not Allowed", ""),
        (_, "/moved") => ("301 Moved Permanently", "Location: /well\r\n"),
        (_, "/moved-twice") => ("308 Permanent Redirect", "Location: /moved\r\n"),
        (_, "/for-now") => ("302 Found", "Location: /well\r\n"),
        (_, "/moved-then-for-now") => ("301 Moved Permanently", "Location: /for-now\r\n"),
        (_, "/to-nothing") => ("302 Found", "Location: /nothing\r\n"),
        (_, "/circle") => ("302 Found", "Location: /circle-2\r\n"),
        (_, "/circle-2") => ("302 Found", "Location: /circle\r\n"),
        (_, "/to-file") => ("302 Found", "Location: file:///etc/passwd\r\n"),
        (_, "/busy") if times == 1 => ("429 Too Many Requests", "Retry-After: 1\r\n"),
        (_, "/busy") => ("200 OK", ""),
        (_, "/long-busy") => ("429 Too Many Requests", "Retry-After: 3600\r\n"),
        (_, "/broken") => ("503 Service Unavailable", "Retry-After: 0\r\n"),
        (_, "/robots") => ("403 Forbidden", ""),
        (_, "/picky") => ("406 Not Acceptable", ""),
        (_, "/late") => {
            thread::sleep(Duration::from_secs(3));
            ("200 OK", "")
        }
        ("GET", path) if path.starts_with("/only-get/") => ("200 OK", ""),
        (_, path) if path.starts_with("/slow") || path.starts_with("/only-get/") => {
            thread::sleep(Duration::from_secs(60));
            return false;
        }
        (_, path) if path.starts_with("/well/") => ("200 OK", ""),
        (_, path) if path.starts_with("/busy/") => ("429 Too Many Requests", "Retry-After: 20\r\n"),
        (_, "/drip") => {
            while stream.write_all(b"HTTP/1.1 200 OK\r\nX-More: ").is_ok() {
                thread::sleep(Duration::from_millis(500));
            }
            return false;
        }
        ("GET", "/huge") => {
            let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n");
            while sent.is_ok() {
                sent = stream.write_all(&[b'x'; 65536]);
            }
            return false;
        }
        (_, "/nonsense") => {
            stream.write_all(b"\x16\x03\x01 no answer \r\n\r\n").unwrap_or_default();
            return false;
        }
        (_, path) if path.starts_with("/deep/") => {
            let number: usize = path.rsplit('/').next().unwrap().parse().unwrap();
            let head = format!("HTTP/1.1 302 Found\r\nLocation: /deep/{}\r\nContent-Length: 0\r\n\r\n", number + 1);
            return stream.write_all(head.as_bytes()).is_ok();
        }
        (_, path) if path.starts_with("/to/") => {
            let (port, rest) = path.trim_start_matches("/to/").split_once('/').unwrap();
            let location = format!("http://127.0.0.1:{port}/{rest}");
            let head = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            return stream.write_all(head.as_bytes()).is_ok();
        }
        _ => ("404 Not Found", ""),
    };
    stream.write_all(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\n\r\n").as_bytes()).is_ok()
}
