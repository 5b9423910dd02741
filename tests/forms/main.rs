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
mod schemes;
mod template;
mod workbook;
