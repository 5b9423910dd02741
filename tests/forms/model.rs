//! What the form model can carry beyond one sheet: landscape, spans both ways, shading, repeated heads, page breaks.

use crate::ground;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;
use xiaxiangzhi_forms::{
    Align, Block, Cell, Footer, Form, FormKind, FormsError, Orientation, Role, Row, Signature, Subject,
    Table, Value, pdf, typeset, xlsx,
};

/// A month of half-days, as a 月考勤表 has it: a head of two rows, two rows a person.
fn month(people: usize) -> Form {
    let mut columns = vec![24, 14];
    columns.extend([7; 31]);
    columns.push(12);
    let first = Row::from(vec![
        Cell::label("姓名").down(2),
        Cell::label("半天").down(2),
        Cell::label("2026年3月").across(31),
        Cell::label("出勤").down(2),
    ]);
    let weekend = |day: u32| matches!((day + 6) % 7, 0 | 6);
    let mut days: Vec<Cell> = Vec::new();
    for day in 1..=31 {
        days.push(Cell {
            shaded: weekend(day),
            ..Cell::label(day.to_string())
        });
    }
    let mut rows = vec![first, Row::from(days)];
    for person in 1..=people {
        for (half, name) in ["上午", "下午"].into_iter().enumerate() {
            let mut cells = Vec::new();
            if half == 0 {
                cells.push(Cell::text(format!("医师{person}")).down(2).centred());
            }
            cells.push(Cell::label(name));
            for day in 1..=31 {
                let mark = Cell::text(if weekend(day) { "" } else { "√" }).centred();
                cells.push(Cell {
                    shaded: weekend(day),
                    ..mark
                });
            }
            if half == 0 {
                cells.push(Cell::figure(Value::count(44, "")).down(2));
            }
            rows.push(Row::from(cells));
        }
    }
    let seal = Signature {
        statement: String::new(),
        signer: "负责人：".to_owned(),
        seal: true,
    };
    Form {
        kind: FormKind::MonthlyAttendanceSheet,
        title: "月考勤表".to_owned(),
        subject: Subject::default(),
        as_of: ground::date("2026-04-06"),
        draft: false,
        blank: false,
        orientation: Orientation::Landscape,
        blocks: vec![
            Block::Table(Table {
                columns,
                header_rows: 2,
                rows,
            }),
            Block::Paragraph {
                text: "√ 出勤　○ 事假　△ 病假　× 旷工".to_owned(),
                role: Role::Note,
                align: Align::Start,
            },
            Block::PageBreak,
            Block::Table(Table {
                columns: vec![1, 4],
                header_rows: 0,
                rows: vec![Row::from(vec![Cell::label("受援单位"), Cell::signature(seal)])],
            }),
        ],
        footer: Footer::default(),
        figures: Vec::new(),
    }
}

#[test]
fn a_landscape_month_repeats_its_head_and_ends_on_a_page_of_its_own() {
    let form = month(20);
    let pages = typeset(&form).unwrap();
    assert_eq!(pages.page_count(), 3);
    let path = ground::file("month.pdf", &pages.pdf().unwrap());
    if !cfg!(target_os = "linux") {
        return;
    }
    let text = ground::output(
        std::process::Command::new("pdftotext")
            .args(["-raw"])
            .arg(&path)
            .arg("-"),
    );
    assert_eq!(text.matches("2026年3月").count(), 2, "{text}");
    assert_eq!(text.matches('√').count(), 20 * 2 * 22 + 1, "{text}");
    let facts = ground::output(std::process::Command::new("pdfinfo").arg(&path));
    assert!(facts.contains("841.89 x 595.276"), "{facts}");
}

#[test]
fn spans_stand_at_the_same_places_in_a_workbook() {
    let mut book = Xlsx::new(Cursor::new(xlsx(&month(2)).unwrap())).unwrap();
    let range = book.worksheet_range("月考勤表").unwrap();
    // Below the title: two rows of head, then two rows for each person.
    let at = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(at(1, 2), Data::String("2026年3月".to_owned()));
    assert_eq!(at(2, 2), Data::String("1".to_owned()));
    assert_eq!(at(3, 0), Data::String("医师1".to_owned()));
    assert_eq!(at(4, 1), Data::String("下午".to_owned()));
    assert_eq!(at(5, 0), Data::String("医师2".to_owned()));
    let total = range
        .used_cells()
        .filter(|(_, _, cell)| **cell == Data::Float(44.0))
        .count();
    assert_eq!(total, 2);
}

#[test]
fn cells_that_do_not_fit_their_table_are_refused() {
    let mut form = month(1);
    let Some(Block::Table(table)) = form.blocks.first_mut() else {
        panic!("no table")
    };
    table.rows[1].cells.push(Cell::text("多"));
    let refused = xlsx(&form).unwrap_err();
    assert!(
        matches!(refused, FormsError::Grid { row: 2, columns: 34 }),
        "{refused}"
    );
    assert_eq!(pdf(&form).unwrap_err().code(), "grid");
}
