#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| modelcard_fuzz::format("genai_prices", bytes));
