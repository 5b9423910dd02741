//! Lines of an output whose ends are not known yet, kept on the disk and not in memory.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

/// Pieces that were put down one after the other, in a file without a name that is gone with the program.
#[derive(Debug)]
pub struct Spool {
    file: BufWriter<File>,
    lengths: Vec<u32>,
}

impl Spool {
    /// Begins one on the disk of a folder, which has room for the output.
    ///
    /// # Errors
    /// What the system says.
    pub fn on_the_disk_of(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            file: BufWriter::new(tempfile::tempfile_in(folder)?),
            lengths: Vec::new(),
        })
    }

    /// Puts a piece down.
    ///
    /// # Errors
    /// What the system says, such as that the disk is full.
    pub fn push(&mut self, piece: &[u8]) -> io::Result<()> {
        let length = u32::try_from(piece.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        self.lengths.push(length);
        self.file.write_all(piece)
    }

    /// Takes all pieces up again, in their order, each with its place.
    ///
    /// # Errors
    /// What the system says, and what `take` answers.
    pub fn each(self, mut take: impl FnMut(usize, &[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        let mut file = BufReader::new(file);
        let mut piece = Vec::new();
        for (at, length) in self.lengths.iter().enumerate() {
            piece.resize(*length as usize, 0);
            file.read_exact(&mut piece)?;
            take(at, &piece)?;
        }
        Ok(())
    }
}
