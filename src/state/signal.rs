//! A value that views follow.
//!
//! Leptos's own signals keep their values behind a lock, which one thread does not
//! need, and the compiler writes that anew for each type of value: ten times the code.

use std::cell::RefCell;
use std::rc::Rc;

use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};

/// A value that tells those who have read it whenever it changes. Clones share it.
pub struct Signal<T>(Rc<Inner<T>>);

struct Inner<T> {
    changes: ArcTrigger,
    value: RefCell<T>,
}

impl<T> Signal<T> {
    /// A signal that starts with a value.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner { changes: ArcTrigger::new(), value: RefCell::new(value) }))
    }

    /// Sets the value, and tells.
    pub fn set(&self, value: T) {
        // Dropped before anyone is told: what is replaced may be large.
        drop(self.0.value.replace(value));
        tell(&self.0.changes);
    }

    /// Changes the value in place, and tells.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        tell(&self.0.changes);
    }

    /// Reads the value in place: what does so is run again when it changes.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        follow(&self.0.changes);
        self.with_untracked(read)
    }

    /// Reads the value in place, this once.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.borrow())
    }
}

impl<T: Clone> Signal<T> {
    /// The value: what reads it is run again when it changes.
    pub fn get(&self) -> T {
        follow(&self.0.changes);
        self.get_untracked()
    }

    /// The value, this once.
    pub fn get_untracked(&self) -> T {
        self.0.value.borrow().clone()
    }
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Default> Default for Signal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

#[inline(never)]
fn follow(changes: &ArcTrigger) {
    changes.track();
}

#[inline(never)]
fn tell(changes: &ArcTrigger) {
    changes.notify();
}
