//! The connection to an editor on standard input and output.
//!
//! Each message has headers and a JSON text. If the text is not a message, it is skipped and reported in the editor's
//! log: one bad message must not end the session. Half of a surrogate pair, which an editor may send while a character
//! is put together, becomes U+FFFD, which has the same length in UTF-16. A bad header is an error, since it does not
//! say where the next message begins.

use std::{
    borrow::Cow,
    io::{self, BufRead, Read},
    thread::{self, JoinHandle},
};

use crossbeam_channel::{Receiver, Sender, bounded, select};
use lsp_server::{Connection, Message, Notification};
use lsp_types::{
    LogMessageParams, MessageType,
    notification::{LogMessage, Notification as _},
};

/// The threads that read and write.
pub struct StdioThreads {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<io::Result<()>>,
    /// Dropped to end the writer. A preview that runs may still have a sender of messages.
    stop: Sender<()>,
}

impl StdioThreads {
    /// Waits for the reader, and ends the writer once it has written what was sent. The connection must have been
    /// dropped.
    pub fn join(self) -> io::Result<()> {
        let read = self.reader.join().expect("the reader does not panic");
        drop(self.stop);
        read.and(self.writer.join().expect("the writer does not panic"))
    }
}

/// Begins to read and write.
pub fn connect() -> (Connection, StdioThreads) {
    let (messages, receiver) = bounded(0);
    let (sender, answers) = bounded::<Message>(0);
    let log = sender.clone();
    let reader = thread::spawn(move || read(&mut io::stdin().lock(), &messages, &log));
    let (stop, stopped) = bounded(0);
    let writer = thread::spawn(move || write(&answers, &stopped));
    (Connection { sender, receiver }, StdioThreads { reader, writer, stop })
}

fn write(answers: &Receiver<Message>, stopped: &Receiver<()>) -> io::Result<()> {
    let mut output = io::stdout().lock();
    loop {
        select! {
            recv(answers) -> answer => match answer {
                Ok(answer) => answer.write(&mut output)?,
                Err(_) => return Ok(()),
            },
            recv(stopped) -> _ => return answers.try_iter().try_for_each(|answer| answer.write(&mut output)),
        }
    }
}

/// Passes messages on until the editor says `exit`, or closes its end.
fn read(input: &mut impl BufRead, messages: &Sender<Message>, log: &Sender<Message>) -> io::Result<()> {
    while let Some(text) = next_text(input)? {
        match serde_json::from_slice::<Message>(&with_whole_characters(&text)) {
            Ok(message) => {
                let is_last = matches!(&message, Message::Notification(one) if one.method == "exit");
                if messages.send(message).is_err() || is_last {
                    break;
                }
            }
            Err(error) => {
                let params = LogMessageParams {
                    typ: MessageType::WARNING,
                    message: format!("a message could not be understood: {error}"),
                };
                // If the editor is gone, nobody reads the log.
                log.send(Notification::new(LogMessage::METHOD.to_owned(), params).into()).ok();
            }
        }
    }
    Ok(())
}

/// The text of the next message; none at the end of the input.
fn next_text(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let invalid = |message: String| io::Error::new(io::ErrorKind::InvalidData, message);
    let bad = |header: &str| invalid(format!("the header {header:?} is not a header"));
    let mut size: Option<u64> = None;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').ok_or_else(|| bad(header))?;
        if name.eq_ignore_ascii_case("Content-Length") {
            size = Some(value.trim().parse().map_err(|_| bad(header))?);
        }
    }
    let size = size.ok_or_else(|| invalid("a message has no Content-Length".to_owned()))?;
    let mut text = Vec::new();
    let read = input.take(size).read_to_end(&mut text)?;
    if read as u64 == size { Ok(Some(text)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// The JSON with U+FFFD for each escaped surrogate that is not one of a pair.
fn with_whole_characters(json: &[u8]) -> Cow<'_, [u8]> {
    const REPLACEMENT: &[u8] = b"\\ufffd";
    let mut whole = Cow::from(json);
    let mut at = 0;
    while let Some(next) = json[at..].iter().position(|byte| *byte == b'\\') {
        at += next;
        at += match (surrogate(&json[at..]), surrogate(json.get(at + 6..).unwrap_or_default())) {
            (Some(Surrogate::High), Some(Surrogate::Low)) => 12,
            (Some(_), _) => {
                // As long as what it replaces.
                whole.to_mut()[at..at + 6].copy_from_slice(REPLACEMENT);
                6
            }
            // A backslash and the character after it.
            (None, _) => 2,
        };
        if at >= json.len() {
            break;
        }
    }
    whole
}

/// Which half of a pair.
enum Surrogate {
    High,
    Low,
}

/// The surrogate whose escape these bytes begin with.
fn surrogate(json: &[u8]) -> Option<Surrogate> {
    let digits = json.strip_prefix(b"\\u")?.get(..4)?;
    match u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()? {
        0xd800..=0xdbff => Some(Surrogate::High),
        0xdc00..=0xdfff => Some(Surrogate::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::unbounded;

    use super::*;

    /// What is read from an input: the methods of the messages, the messages of the log, and the error.
    fn read_all(input: &[u8]) -> (Vec<String>, usize, Option<io::ErrorKind>) {
        let ((messages, received), (log, logged)) = (unbounded(), unbounded());
        let error = read(&mut &*input, &messages, &log).err().map(|error| error.kind());
        drop((messages, log));
        let method = |message| match message {
            Message::Notification(one) => one.method,
            other => format!("{other:?}"),
        };
        (received.into_iter().map(method).collect(), logged.len(), error)
    }

    fn framed(texts: &[&str]) -> Vec<u8> {
        let framed = texts.iter().map(|text| format!("Content-Length: {}\r\n\r\n{text}", text.len()));
        framed.collect::<String>().into_bytes()
    }

    #[test]
    fn a_text_that_is_no_message_is_skipped_and_logged() {
        let method = |name: &str| format!(r#"{{"jsonrpc":"2.0","method":"{name}"}}"#);
        let (one, two, exit) = (method("one"), method("two"), method("exit"));
        let input = framed(&[&one, "{", "null", "[]", "{}", "hello", "", &two, &exit, "never read"]);
        let expected = ["one", "two", "exit"].map(str::to_owned).to_vec();
        assert_eq!(read_all(&input), (expected, 6, None));
        assert_eq!(read_all(b""), (Vec::new(), 0, None));
    }

    #[test]
    fn a_bad_header_or_a_text_cut_short_is_an_error() {
        for input in ["\r\n", "Content-Length: -1\r\n\r\n{}", "Content-Length: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"] {
            assert_eq!(read_all(input.as_bytes()).2, Some(io::ErrorKind::InvalidData), "{input}");
        }
        let cut = read_all(b"content-length:99999999999\r\nContent-Type: x\r\n\r\n{}");
        assert_eq!(cut.2, Some(io::ErrorKind::UnexpectedEof));
    }

    #[test]
    fn the_error_of_bad_headers_says_what_is_wrong() {
        let error = |input: &str| next_text(&mut input.as_bytes()).unwrap_err().to_string();
        assert_eq!(error("\r\n"), "a message has no Content-Length");
        assert_eq!(error("Content-Type: x\r\n\r\n{}"), "a message has no Content-Length");
        assert_eq!(error("GET / HTTP/1.1\r\n\r\n"), "the header \"GET / HTTP/1.1\" is not a header");
    }

    #[test]
    fn half_of_a_surrogate_pair_is_replaced() {
        for (sent, taken) in [
            (r#""\ud834""#, "\u{fffd}"),
            (r#""\uDD1E""#, "\u{fffd}"),
            (r#""\ud834\ud834\udd1e""#, "\u{fffd}\u{1d11e}"),
            (r#""\ud834x\udd1e""#, "\u{fffd}x\u{fffd}"),
            (r#""\\ud834""#, "\\ud834"),
            (r#""\\\ud834\\""#, "\\\u{fffd}\\"),
            (r#""\ud834\udd1e\u00e9\n""#, "\u{1d11e}é\n"),
        ] {
            let text: String = serde_json::from_slice(&with_whole_characters(sent.as_bytes())).unwrap();
            assert_eq!(text, taken, "{sent}");
        }
        for cut in ["\\", "\\u", "\\ud8", "\"\\ud834\\", ""] {
            with_whole_characters(cut.as_bytes());
        }
    }
}
