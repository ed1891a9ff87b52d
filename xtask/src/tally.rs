//! Counting what passed and what did not, over runners that each have their
//! own closing line.

use std::ops::AddAssign;

/// What a run came to. What was not run has not passed, and so counts as failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What ran and passed.
    pub passed: u32,
    /// What ran and failed, or was left out.
    pub failed: u32,
}

impl Tally {
    /// One check that passed or not.
    pub fn of(passed: bool) -> Self {
        Self { passed: passed.into(), failed: (!passed).into() }
    }

    /// A closing line of Rust's test harness, which `wasm-bindgen-test` imitates:
    /// `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out`.
    pub fn of_rust_tests(line: &str) -> Option<Self> {
        let counts = line.trim().strip_prefix("test result: ")?.split_once(". ")?.1;
        let mut tally = Self::default();
        for part in counts.split("; ") {
            match part.trim().split_once(' ') {
                Some((count, "passed")) => tally.passed += count.parse::<u32>().ok()?,
                Some((count, "failed" | "ignored")) => tally.failed += count.parse::<u32>().ok()?,
                _ => {}
            }
        }
        Some(tally)
    }

    /// A closing line of Playwright: `  12 passed (3.4s)`, `  1 did not run`.
    pub fn of_playwright(line: &str) -> Option<Self> {
        let (count, outcome) = line.trim().split_once(' ')?;
        let count: u32 = count.parse().ok()?;
        match outcome.split(" (").next()? {
            "passed" => Some(Self { passed: count, failed: 0 }),
            "failed" | "flaky" | "skipped" | "did not run" | "interrupted" => {
                Some(Self { passed: 0, failed: count })
            }
            _ => None,
        }
    }

    /// The tally of a runner that ended with or without success. One that
    /// reports no failure but did not succeed, or that found nothing to run,
    /// has a failure that its lines do not count.
    pub fn ended(mut self, success: bool) -> Self {
        if self.failed == 0 && (!success || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32) -> Tally {
        Tally { passed, failed }
    }

    #[test]
    fn closing_lines_of_rust_tests() {
        let line = "test result: FAILED. 5 passed; 2 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Tally::of_rust_tests(line), Some(tally(5, 3)));
        let line =
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.00s";
        assert_eq!(Tally::of_rust_tests(line), Some(tally(1, 0)));
        assert_eq!(Tally::of_rust_tests("test price::tests::ok ... ok"), None);
    }

    #[test]
    fn closing_lines_of_playwright() {
        assert_eq!(Tally::of_playwright("  12 passed (3.4s)"), Some(tally(12, 0)));
        assert_eq!(Tally::of_playwright("  1 did not run"), Some(tally(0, 1)));
        assert_eq!(Tally::of_playwright("  2 skipped"), Some(tally(0, 2)));
        assert_eq!(Tally::of_playwright("Running 3 tests using 2 workers"), None);
    }

    #[test]
    fn a_runner_that_breaks_or_finds_nothing_has_failed() {
        assert_eq!(tally(5, 0).ended(true), tally(5, 0));
        assert_eq!(tally(5, 2).ended(false), tally(5, 2));
        assert_eq!(tally(5, 0).ended(false), tally(5, 1));
        assert_eq!(tally(0, 0).ended(true), tally(0, 1));
    }
}
