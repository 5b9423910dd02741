//! What LibreOffice makes of the workbooks.
#![cfg(target_os = "linux")]

use crate::ground::{self, output, squeezed};
use std::process::Command;
use xiaxiangzhi_forms::{Form, xlsx};

#[test]
fn workbooks_print_in_full() {
    let forms: [(&str, Form); 3] = [
        ("sample", ground::sample().1),
        ("empty", ground::sheet(&ground::empty(), "2027-01-04")),
        ("longest", ground::sheet(&ground::longest(), "2026-03-20")),
    ];
    let folder = ground::folder("libreoffice");
    // One process converts them all: starting it takes seconds. A profile of its own keeps it off the person's.
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let mut command = Command::new("soffice");
    command
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&folder);
    for (name, form) in &forms {
        let path = folder.join(format!("{name}.xlsx"));
        std::fs::write(&path, xlsx(form).unwrap()).unwrap();
        let _ = std::fs::remove_file(path.with_extension("pdf"));
        command.arg(path);
    }
    output(&mut command);
    for (name, form) in &forms {
        let path = folder.join(format!("{name}.pdf"));
        let text = squeezed(&output(Command::new("pdftotext").arg("-raw").arg(&path).arg("-")));
        for wanted in [
            form.title.as_str(),
            "考核项",
            "系统判定",
            "审核人签名：",
            "实发",
            "数值",
        ] {
            assert!(text.contains(wanted), "{name}: {wanted} is not in {text}");
        }
        let facts = output(Command::new("pdfinfo").arg(&path));
        assert!(facts.contains("A4"), "{facts}");
    }
}
