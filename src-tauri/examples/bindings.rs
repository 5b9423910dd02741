//! Writes the TypeScript types of the contract to `ui/src/api/types`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/api/types");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    xiaxiangzhi::bindings::write(&folder)
}
