//! Finding an id among thousands: by its hash, in a table of places.

/// The places of ids in a list that someone else holds. Without their texts: a catalog
/// of 30,000 models has them once.
#[derive(Debug, Default)]
pub struct Ids {
    /// One more than a place; zero where there is none. A power of two, at most half full.
    slots: Vec<u32>,
    count: usize,
}

/// Gives the id at a place.
type At<'a> = &'a dyn Fn(usize) -> &'a str;

impl Ids {
    /// Adds an id, which is to stand at the next place: there are so many as have been
    /// added. Where it is known already, its place, and nothing is added.
    pub fn add(&mut self, id: &str, at: At<'_>) -> Option<usize> {
        if (self.count + 1) * 2 > self.slots.len() {
            self.grow(at);
        }
        let free = match self.look(id, at) {
            Ok(place) => return Some(place),
            Err(free) => free,
        };
        if let (Some(slot), Ok(number)) = (self.slots.get_mut(free), u32::try_from(self.count + 1))
        {
            *slot = number;
            self.count += 1;
        }
        None
    }

    fn grow(&mut self, at: At<'_>) {
        self.slots = vec![0; (self.slots.len() * 2).max(64)];
        for (place, number) in (0..self.count).zip(1u32..) {
            if let Err(free) = self.look(at(place), at)
                && let Some(slot) = self.slots.get_mut(free)
            {
                *slot = number;
            }
        }
    }

    /// The place of an id, or the slot where it would be.
    fn look(&self, id: &str, at: At<'_>) -> Result<usize, usize> {
        let last = self.slots.len() - 1;
        let mut slot = hash(id) & last;
        loop {
            match self.slots.get(slot) {
                Some(number) if *number > 0 => {
                    let place = *number as usize - 1;
                    if at(place) == id {
                        return Ok(place);
                    }
                }
                _ => return Err(slot),
            }
            slot = (slot + 1) & last;
        }
    }
}

/// FNV-1a, of 32 bits.
fn hash(text: &str) -> usize {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, step) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_known_once_it_is_added_and_none_before() {
        let all: Vec<String> = (0..1000).map(|number| format!("author/model-{number}")).collect();
        let at = |place: usize| all[place].as_str();
        let mut ids = Ids::default();
        for id in &all {
            assert_eq!(ids.add(id, &at), None, "{id}");
        }
        for (place, id) in all.iter().enumerate() {
            assert_eq!(ids.add(id, &at), Some(place), "{id}");
        }
        assert_eq!(ids.count, 1000);
    }
}
