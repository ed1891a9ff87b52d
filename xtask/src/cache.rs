//! The user's cache of tools, `~/.cache/modelcard/<tool>-<version>`. A tool is
//! there completely or not at all: it is installed beside its place, under a
//! lock, and renamed into it at the end.

use crate::error::Error;
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Where tools are kept; not necessarily there yet.
pub fn directory() -> Result<PathBuf, Error> {
    // The XDG specification has relative paths ignored.
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or(Error::NoCache)?;
    Ok(base.join("modelcard"))
}

/// The directory of the tool called `name` in `cache`. Where it is missing,
/// `install` fills the directory that it is given.
pub fn install_once(
    cache: &Path,
    name: &str,
    announcement: &str,
    install: impl FnOnce(&Path) -> Result<(), Error>,
) -> Result<PathBuf, Error> {
    let place = cache.join(name);
    if place.is_dir() {
        return Ok(place);
    }
    at(cache, fs::create_dir_all(cache))?;
    // The system releases the lock when its holder ends, however it ends.
    let lock_path = cache.join(format!("{name}.lock"));
    let lock = at(&lock_path, File::create(&lock_path))?;
    if lock.try_lock().is_err() {
        println!("Another command is installing {name}; waiting for it.");
        at(&lock_path, lock.lock())?;
    }
    if place.is_dir() {
        return Ok(place);
    }
    println!("{announcement}");
    let partial = cache.join(format!("{name}.partial"));
    if partial.exists() {
        at(&partial, fs::remove_dir_all(&partial))?;
    }
    at(&partial, fs::create_dir(&partial))?;
    install(&partial)?;
    at(&place, fs::rename(&partial, &place))?;
    Ok(place)
}

/// Names the path in the error.
pub fn at<T>(path: &Path, result: std::io::Result<T>) -> Result<T, Error> {
    result.map_err(|error| Error::File(path.to_path_buf(), error))
}

/// A short name for contents: 64-bit FNV-1a in hexadecimal, which unlike the
/// standard library's hasher never changes with the compiler.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let hash = parts.into_iter().flatten().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{sync::atomic::AtomicU32, sync::atomic::Ordering, thread, time::Duration};

    fn empty_cache(name: &str) -> PathBuf {
        let path = env::temp_dir().join(format!("modelcard-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        path
    }

    #[test]
    fn an_interrupted_install_does_not_count() {
        let cache = empty_cache("interrupted");
        let fail = |partial: &Path| {
            at(partial, fs::write(partial.join("half"), ""))?;
            Err(Error::NoCache)
        };
        assert!(install_once(&cache, "tool-1", "first", fail).is_err());
        let write = |partial: &Path| at(partial, fs::write(partial.join("whole"), ""));
        let place = install_once(&cache, "tool-1", "second", write).unwrap();
        assert!(place.join("whole").exists() && !place.join("half").exists());
        install_once(&cache, "tool-1", "third", |_| Err(Error::NoCache)).unwrap();
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn two_at_once_install_once() {
        let cache = empty_cache("twice");
        let count = AtomicU32::new(0);
        let install = || {
            install_once(&cache, "tool-1", "", |_| {
                count.fetch_add(1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(100));
                Ok(())
            })
            .unwrap();
        };
        thread::scope(|scope| {
            scope.spawn(install);
            scope.spawn(install);
        });
        assert_eq!(count.into_inner(), 1);
        fs::remove_dir_all(cache).unwrap();
    }

    // Vectors of the algorithm's authors (draft-eastlake-fnv).
    #[test]
    fn the_fingerprint_is_fnv_1a() {
        assert_eq!(fingerprint([&b""[..]]), "cbf29ce484222325");
        assert_eq!(fingerprint([&b"foo"[..], b"bar"]), "85944171f73967e8");
    }
}
