//! Lists from iterators.

/// Makes lists item by item. The standard library's `collect` has a routine of its own
/// for each iterator, which asks how much will come and takes the first item apart
/// from the others: 4 KB of brotli more, for lists of a few items.
pub trait Gather: Iterator + Sized {
    /// All items, in order.
    fn gather(self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        self.add_to(&mut list);
        list
    }

    /// Adds all items to a list, as `extend` would.
    fn add_to(self, list: &mut Vec<Self::Item>) {
        for item in self {
            list.push(item);
        }
    }
}

impl<I: Iterator> Gather for I {}
