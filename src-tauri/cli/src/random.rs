//! Random bytes from the operating system: keys, salts and ids.

use uuid::{Builder, Uuid};

use crate::clock;
use crate::error::CliError;

/// A source that is asked once whether it works, so that the callers below need not fail.
pub(crate) struct Random {
    pool: Vec<u8>,
    failed: Option<String>,
}

impl Random {
    pub(crate) fn new() -> Self {
        Self {
            pool: Vec::new(),
            failed: None,
        }
    }

    /// Whether every byte so far really was random; asked before anything made of them is kept.
    pub(crate) fn check(&self) -> Result<(), CliError> {
        self.failed.as_ref().map_or(Ok(()), |why| {
            Err(CliError::internal(&format!("no random numbers: {why}")))
        })
    }

    /// `N` fresh bytes.
    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        if self.pool.len() < N {
            let mut fresh = vec![0; 4096.max(N)];
            if let Err(error) = getrandom::fill(&mut fresh) {
                self.failed = Some(error.to_string());
            }
            self.pool = fresh;
        }
        let mut bytes = [0; N];
        let from = self.pool.len() - N;
        bytes.copy_from_slice(&self.pool[from..]);
        self.pool.truncate(from);
        bytes
    }

    /// A UUID of version 7.
    pub(crate) fn id(&mut self) -> Uuid {
        let millis = u64::try_from(clock::now().timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}
