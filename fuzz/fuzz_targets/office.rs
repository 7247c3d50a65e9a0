#![no_main]

use std::panic;

libfuzzer_sys::fuzz_target!(
    init: {
        // Import catches panics of the reader of workbooks, but the fuzzer would abort before they are caught.
        let abort = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !panic.location().is_some_and(|at| at.file().contains("calamine")) {
                abort(panic);
            }
        }));
    },
    |bytes: &[u8]| casebook_fuzz::office(bytes)
);
