//! Long work in short steps: a catalog of several megabytes must not block the
//! page that shows it, so reading pauses wherever one entry ends and the next begins.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use crate::catalog::Date;

/// The end of a pause.
pub type Pause = Pin<Box<dyn Future<Output = ()>>>;

/// What the clock says of the work: when to pause, which the browser decides and
/// the host never does, and what day it is, where that is known.
pub struct Pace<'p> {
    due: &'p dyn Fn() -> Option<Pause>,
    today: Option<Date>,
}

impl<'p> Pace<'p> {
    /// Work that is due to pause whenever this gives a pause.
    pub fn new(due: &'p dyn Fn() -> Option<Pause>) -> Self {
        Self { due, today: None }
    }

    /// The same work on a day (UTC): of prices that change on stated days, those of
    /// this day become the list prices.
    #[must_use]
    pub fn on(&self, today: Option<Date>) -> Self {
        Self { due: self.due, today }
    }

    /// The day of the work, where it is known.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// Pauses if that is due. To be called between entries.
    pub async fn breathe(&self) {
        if let Some(pause) = (self.due)() {
            pause.await;
        }
    }
}

/// Does work in one go; `None` only where it waits for something else than its pace.
pub fn in_one_go<T>(work: impl AsyncFnOnce(&Pace<'_>) -> T) -> Option<T> {
    let pace = Pace::new(&|| None);
    let mut work = pin!(work(&pace));
    match work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}
