//! The workload that the elements of a page share.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::Signal;
use crate::catalog::Gather;
use crate::cost::Workload;

/// One element's view of the shared workload. Each has a signal of its own: what
/// has read a signal stays known to it, so one signal for the life of the page
/// would remember every element that ever was.
pub struct SharedWorkload(pub Signal<Workload>);

thread_local! {
    static CURRENT: RefCell<Workload> = RefCell::new(Workload::default());
    static FOLLOWERS: RefCell<Vec<Weak<SharedWorkload>>> = const { RefCell::new(Vec::new()) };
}

impl SharedWorkload {
    /// Follows the shared workload, until dropped.
    pub fn follow() -> Rc<Self> {
        let follower = Rc::new(Self(Signal::new(CURRENT.with_borrow(|current| *current))));
        FOLLOWERS.with_borrow_mut(|all| {
            all.retain(|other| other.strong_count() > 0);
            all.push(Rc::downgrade(&follower));
        });
        follower
    }

    /// Changes the workload of every follower.
    pub fn change(workload: Workload) {
        CURRENT.set(workload);
        let all: Vec<_> =
            FOLLOWERS.with_borrow(|all| all.iter().filter_map(Weak::upgrade).gather());
        for follower in all {
            follower.0.set(workload);
        }
    }
}
