//! What kind of place a folder is: on this computer, on another one, or on a stick; and how much room it has.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

/// Where a folder lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// On a disk of this computer, as far as can be told.
    Local,
    /// On a share of another computer: its locks and syncs cannot be relied on.
    Network,
    /// On a drive that is unplugged now and then.
    Removable,
}

/// File systems that belong to another computer.
const NETWORK: &[&str] = &[
    "9p",
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.davfs",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "fuse.sshfs",
    "fuse.vmhgfs-fuse",
    "glusterfs",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
    "vboxsf",
];

/// What is mounted where, as Linux tells it. Elsewhere the path alone has to do: a share on Windows begins with two
/// backslashes, and outside drives on macOS lie under `/Volumes`. The kind of a Windows drive letter cannot be asked for
/// without unsafe code, so a stick there counts as local.
#[derive(Debug, Clone, Default)]
pub struct Mounts {
    table: String,
    sys: PathBuf,
}

impl Mounts {
    /// The system's.
    pub fn of_system() -> Self {
        Self {
            table: fs::read_to_string("/proc/self/mountinfo").unwrap_or_default(),
            sys: PathBuf::from("/sys"),
        }
    }

    /// Those of a table in the form of `/proc/self/mountinfo`, with devices as they are listed under `sys`.
    pub fn new(table: String, sys: PathBuf) -> Self {
        Self { table, sys }
    }

    /// What kind of place a folder is; one that is not there yet is where it would be made.
    pub fn kind_of(&self, folder: &Path) -> PlaceKind {
        let folder = nearest(folder);
        let text = folder.to_string_lossy();
        if text.starts_with(r"\\") && !text.starts_with(r"\\?\") || text.starts_with(r"\\?\UNC\") {
            return PlaceKind::Network;
        }
        if cfg!(target_os = "macos") && folder.starts_with("/Volumes") {
            return PlaceKind::Removable;
        }
        let Some(mount) = self.mount_of(&folder) else {
            return PlaceKind::Local;
        };
        if NETWORK.contains(&mount.file_system) {
            PlaceKind::Network
        } else if self.is_removable(mount.device) {
            PlaceKind::Removable
        } else {
            PlaceKind::Local
        }
    }

    /// The file system's name, for whoever helps.
    pub fn file_system_of(&self, folder: &Path) -> Option<String> {
        let folder = nearest(folder);
        self.mount_of(&folder).map(|mount| mount.file_system.to_owned())
    }

    /// The mount that a folder lies in: the deepest one, and of several at the same place the last.
    fn mount_of(&self, folder: &Path) -> Option<Mount<'_>> {
        self.table
            .lines()
            .filter_map(Mount::parse)
            .filter(|mount| folder.starts_with(&mount.point))
            .max_by_key(|mount| mount.point.components().count())
    }

    /// Whether a device says of itself that it is removable, or hangs on USB: outside disks do not say so.
    fn is_removable(&self, device: &str) -> bool {
        let Ok(real) = self.sys.join("dev/block").join(device).canonicalize() else {
            return false;
        };
        let says = |folder: Option<&Path>| {
            folder.is_some_and(|folder| {
                fs::read_to_string(folder.join("removable")).is_ok_and(|text| text.trim() == "1")
            })
        };
        let on_usb = real
            .components()
            .any(|part| part.as_os_str().to_string_lossy().starts_with("usb"));
        // A partition lies inside its disk, which is what can be taken out.
        on_usb || says(Some(&real)) || says(real.parent())
    }
}

struct Mount<'a> {
    device: &'a str,
    point: PathBuf,
    file_system: &'a str,
}

impl<'a> Mount<'a> {
    /// `36 35 98:0 /root /mount/point options ... - type source options`
    fn parse(line: &'a str) -> Option<Self> {
        let (before, after) = line.split_once(" - ")?;
        let mut words = before.split(' ').skip(2);
        Some(Self {
            device: words.next()?,
            point: PathBuf::from(unescaped(words.nth(1)?)),
            file_system: after.split(' ').next()?,
        })
    }
}

/// Blanks in mount points are written as octal numbers.
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(text.to_owned(), |text, (code, plain)| text.replace(code, plain))
}

/// The folder itself with links resolved, or the nearest one above it that is there.
fn nearest(folder: &Path) -> PathBuf {
    folder
        .ancestors()
        .find_map(|folder| folder.canonicalize().ok())
        .unwrap_or_else(|| folder.to_owned())
}

/// The bytes that can still be written where a folder lies; none if the system does not say.
pub fn free_space(folder: &Path) -> Option<u64> {
    fs4::available_space(nearest(folder)).ok()
}
