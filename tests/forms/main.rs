//! The papers, checked from outside: by what poppler, qpdf, calamine and LibreOffice read in them.
#![cfg(test)]

mod attendance;
mod capitals;
mod glyphs;
mod ground;
mod libreoffice;
mod model;
mod names;
mod paper;
mod papers;
mod workbook;
