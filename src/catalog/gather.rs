//! Lists from iterators.

/// Makes lists item by item. The standard library's `collect` has a routine of its own
/// for each iterator, which asks how much will come and takes the first item apart
/// from the others: 4 KB of brotli more, for lists of a few items.
pub trait Gather: Iterator + Sized {
    /// All items, in order.
    fn gather(self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        for item in self {
            list.push(item);
        }
        list
    }
}

impl<I: Iterator> Gather for I {}
