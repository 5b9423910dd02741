//! What a command needs from the place it runs in: dialogs, and the window itself.

use std::path::PathBuf;

/// A question for a path.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The dialog's title.
    pub title: String,
    /// The name that is proposed; blank when a file is to be opened.
    pub file_name: String,
    /// What files of the kind are called.
    pub kind: String,
    /// Their extension, without the dot; several with commas between them, the first for writing.
    pub extension: &'static str,
}

/// The window with its dialogs, or what stands in for it where there is none.
pub trait Desk: Send + Sync {
    /// Asks where to write a file. The person has agreed to replace what is there.
    fn save_file(&self, ask: &Ask) -> Option<PathBuf>;
    /// Asks for a folder to write files into.
    fn choose_folder(&self, title: &str) -> Option<PathBuf>;
    /// Asks for a file to read.
    fn open_file(&self, ask: &Ask) -> Option<PathBuf>;
    /// Asks for pictures to read; none where the dialog was cancelled.
    fn open_pictures(&self, ask: &Ask) -> Vec<PathBuf> {
        self.open_file(ask).into_iter().collect()
    }
    /// Opens the system's own print dialog for what the page laid out on paper; false where the web view has none.
    fn print(&self) -> bool;
    /// Shows the window: the page says that there is something to see.
    fn show_window(&self);
    /// Closes the window and ends the program.
    fn quit(&self);
}
