//! The papers, checked from outside: by what poppler, qpdf, python-docx, calamine and LibreOffice read in them.
#![cfg(test)]

mod attendance;
mod capitals;
mod docx;
mod glyphs;
mod ground;
mod libreoffice;
mod model;
mod names;
mod package;
mod paper;
mod papers;
mod payloads;
mod schemes;
mod template;
#[allow(dead_code, reason = "shared with another test program")]
#[path = "../trust/tried.rs"]
mod tried;
mod workbook;
