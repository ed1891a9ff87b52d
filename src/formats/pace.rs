//! Long work in short steps: a catalog of several megabytes must not block the
//! page that shows it, so reading pauses wherever one entry ends and the next begins.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// The end of a pause.
pub type Pause = Pin<Box<dyn Future<Output = ()>>>;

/// When to pause: the browser decides by the clock, the host never does.
pub struct Pace<'p>(&'p dyn Fn() -> Option<Pause>);

impl<'p> Pace<'p> {
    /// Work that is due to pause whenever this gives a pause.
    pub fn new(due: &'p dyn Fn() -> Option<Pause>) -> Self {
        Self(due)
    }

    /// Pauses if that is due. To be called between entries.
    pub async fn breathe(&self) {
        if let Some(pause) = (self.0)() {
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
