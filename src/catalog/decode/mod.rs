//! Reading the compiled form from parsed JSON, without a serialisation framework.
//!
//! The widget reads what `JSON.parse` gives it. Through serde and
//! serde-wasm-bindgen that took 70 KB of WebAssembly, a fifth of the module, and
//! 22 KB more for printing floats in error messages; field by field it takes a
//! tenth of that, and a fault can name its path. `serde` stays what the host and
//! the formats module read and write with; tests hold both to the same result.

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
    /// The items of an array.
    fn items(&self) -> Option<Vec<Self>>;
    /// Whether this is an object, and no array.
    fn is_map(&self) -> bool;
    /// The fields of an object, in its order.
    fn entries(&self) -> Option<Vec<(String, Self)>>;
}

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
    let mut decoder = Decoder::default();
    let mut value = T::blank();
    value.read(json, &mut decoder);
    decoder.fault.map_or(Ok(value), Err)
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

    /// Reads a field of an object that must be there.
    #[inline(never)]
    pub fn required<J: Json>(&mut self, json: &J, name: &'static str, place: &mut dyn Place<J>) {
        if !self.optional(json, name, place) {
            self.path.push(Step::Field(name));
            self.fault("it must be stated");
            self.path.pop();
        }
    }

    /// Reads a field of an object that may be absent or null; whether it is there.
    #[inline(never)]
    pub fn optional<J: Json>(
        &mut self,
        json: &J,
        name: &'static str,
        place: &mut dyn Place<J>,
    ) -> bool {
        let field = json.field(name);
        if let Some(field) = &field {
            self.inside(Step::Field(name), field, place);
        }
        field.is_some()
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
