//! Reading the compiled form from JSON, without a serialisation framework.
//!
//! Through serde and serde-wasm-bindgen that took 70 KB of WebAssembly, a fifth of
//! the module, and 22 KB more for printing floats in error messages; field by field
//! it takes a tenth of that, and a fault can name its path. `serde` stays what the
//! host and the formats module read and write with; tests hold both to the same
//! result.

mod models;
mod scanner;
mod structs;
mod text;
mod values;

use std::borrow::Cow;
use std::fmt;

use super::{Decimal, digits};
pub use models::{Models, Part};
pub use scanner::TextError;
pub use text::{Node, Tape};

/// A value of parsed JSON.
pub trait Json: Sized {
    /// The value of an object's field; `None` where it is absent or null.
    fn field(&self, name: &'static str) -> Option<Self>;
    /// The text of a string, as it lies there where that needs no change.
    fn as_text(&self) -> Option<Cow<'_, str>>;
    /// The text of a string.
    fn text(&self) -> Option<String> {
        self.as_text().map(Cow::into_owned)
    }
    /// A number.
    fn number(&self) -> Option<f64>;
    /// A number with all its digits, where the text is known that it was read from.
    fn decimal(&self) -> Option<Decimal> {
        self.number().and_then(Decimal::from_f64)
    }
    /// Whether this is `true`; `None` for anything but `true` and `false`.
    fn truth(&self) -> Option<bool>;
    /// Whether this is null.
    fn is_null(&self) -> bool;
    /// Visits the items of an array, in order; whether this is one.
    fn each_item(&self, visit: &mut dyn FnMut(Self)) -> bool;
    /// The items of an array.
    fn items(&self) -> Option<Vec<Self>> {
        let mut items = Vec::new();
        self.each_item(&mut |item| items.push(item)).then_some(items)
    }
    /// Visits the fields of an object, in its order; whether this is one, and no array.
    fn each_entry(&self, visit: &mut dyn FnMut(Cow<'_, str>, Self)) -> bool;
    /// The fields of an object, in its order.
    fn entries(&self) -> Option<Vec<(String, Self)>> {
        let mut entries = Vec::new();
        self.each_entry(&mut |key, value| entries.push((key.into_owned(), value)))
            .then_some(entries)
    }
}

const OBJECT: &str = "an object is expected here";

/// The most fields of a struct: which are stated is kept in bits.
const MOST_FIELDS: usize = 64;

/// How deeply values may be nested: far beyond what a catalog needs, and far
/// below what would exhaust the stack.
const MAX_DEPTH: usize = 200;

/// A type that can be read from parsed JSON, in place: most values are fields of something
/// larger, and moving them there would be most of the code.
pub trait Decode {
    /// A value that nothing has been read into. It never outlives a fault.
    fn blank() -> Self;
    /// Reads into such a value; where it cannot, tells the decoder why.
    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder);
}

/// What values of one kind of JSON can be read into. Behind it, whatever holds fields and
/// items can be read by code that stands in the module once.
pub trait Place<J> {
    /// Reads into it.
    fn take(&mut self, json: &J, decoder: &mut Decoder);
}

impl<T: Decode, J: Json> Place<J> for T {
    fn take(&mut self, json: &J, decoder: &mut Decoder) {
        self.read(json, decoder);
    }
}

/// Reads a value, or says where and why it cannot be read.
pub fn decode<T: Decode, J: Json>(json: &J) -> Result<T, Fault> {
    let mut value = T::blank();
    Decoder::default().read(json, &mut value)?;
    Ok(value)
}

/// Where the reading stands, and the first fault met. Faults are noted here and
/// reading goes on: returning early from every field would cost more code than
/// all the rest.
#[derive(Debug, Default)]
pub struct Decoder {
    path: Vec<Step>,
    fault: Option<Fault>,
}

#[derive(Debug)]
enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

impl Decoder {
    /// Notes a fault at the place that is being read.
    #[cold]
    #[inline(never)]
    fn fault(&mut self, reason: &str) {
        if self.fault.is_some() {
            return;
        }
        let mut path = String::new();
        for step in &self.path {
            match step {
                Step::Index(index) => {
                    path.push('[');
                    path.push_str(&digits(*index as u64));
                    path.push(']');
                }
                Step::Field(name) => add_name(&mut path, name),
                Step::Key(name) => add_name(&mut path, name),
            }
        }
        self.fault = Some(Fault { path, reason: reason.to_owned() });
    }

    /// What was read, or a note of what was expected.
    fn expect<T>(&mut self, read: Option<T>, reason: &str) -> Option<T> {
        if read.is_none() {
            self.fault(reason);
        }
        read
    }

    /// Reads a value into its place, or says where and why it cannot be read. One decoder
    /// can read many, one after the other.
    pub fn read<J: Json>(&mut self, json: &J, place: &mut dyn Place<J>) -> Result<(), Fault> {
        place.take(json, self);
        self.fault.take().map_or(Ok(()), Err)
    }

    /// Reads a field of an object that may be absent or null.
    #[inline(never)]
    pub fn optional<J: Json>(&mut self, json: &J, name: &'static str, place: &mut dyn Place<J>) {
        if let Some(field) = json.field(name) {
            self.inside(Step::Field(name), &field, place);
        }
    }

    /// Reads the fields of an object into their places. The first few must be there, the
    /// others may be absent or null; of a field that is stated twice, the first that is
    /// not null counts.
    ///
    /// The fields that are stated look for their places, not the other way round: most of
    /// what a model could state it does not.
    #[inline(never)]
    fn fields<J: Json>(
        &mut self,
        json: &J,
        names: &[&'static str],
        required: usize,
        places: &mut [&mut dyn Place<J>],
    ) {
        let mut stated = 0u64;
        // Most objects state their fields in the order of the places.
        let mut next = 0;
        let is_map = json.each_entry(&mut |key, value| {
            for _ in 0..names.len() {
                let at = if next < names.len() { next } else { 0 };
                next = at + 1;
                let (Some(name), Some(place)) = (names.get(at), places.get_mut(at)) else { return };
                if *name == key {
                    if stated & 1 << at == 0 && !value.is_null() {
                        stated |= 1 << at;
                        self.inside(Step::Field(name), &value, *place);
                    }
                    return;
                }
            }
        });
        if !is_map {
            return self.fault(OBJECT);
        }
        for (at, name) in names.iter().take(required).enumerate() {
            if stated & 1 << at == 0 {
                self.path.push(Step::Field(name));
                self.fault("it must be stated");
                self.path.pop();
            }
        }
    }

    /// Reads what stands inside of something else.
    #[inline(never)]
    fn inside<J: Json>(&mut self, step: Step, json: &J, place: &mut dyn Place<J>) {
        self.enter(step);
        if !self.is_too_deep() {
            place.take(json, self);
        }
        self.leave();
    }

    // Out of line, since every type of value is read inside of another.
    #[inline(never)]
    fn enter(&mut self, step: Step) {
        self.path.push(step);
        if self.is_too_deep() {
            self.fault("this is nested too deeply");
        }
    }

    #[inline(never)]
    fn leave(&mut self) {
        self.path.pop();
    }

    fn is_too_deep(&self) -> bool {
        self.path.len() > MAX_DEPTH
    }
}

fn add_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

/// Why a value cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, from the value that was to be read: `prices.rates.input`.
    pub path: String,
    /// What was expected there, or what is wrong with what stands there.
    pub reason: String,
}

impl Fault {
    /// The place, and the reason.
    pub fn words(&self) -> String {
        let mut words = self.path.clone();
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&self.reason);
        words
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::error::Error for Fault {}

/// A field of an object; `None` where it is absent or null.
pub fn field<T: Decode, J: Json>(json: &J, name: &'static str) -> Result<Option<T>, Fault> {
    let mut decoder = Decoder::default();
    let mut value = None::<T>;
    decoder.optional(json, name, &mut value);
    decoder.fault.map_or(Ok(value), Err)
}
