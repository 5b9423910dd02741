"""Writes the same workbooks as ours with openpyxl, once for each line on standard input, and prints the seconds it took.

Content and looks come from workbooks of ours; reading them is not timed.
"""

import copy
import io
import sys
import time

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import NamedStyle


def read(path):
    # Each look once, as a style with a name: setting five parts of a look on every cell is slower.
    looks = {}
    sheets = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        cells = []
        for cell in (cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)):
            parts = (cell.font, cell.alignment, cell.border, cell.fill, cell.number_format)
            name, _ = looks.setdefault(repr(parts), (f"look {len(looks)}", tuple(map(copy.copy, parts))))
            cells.append((cell.row, cell.column, cell.value, name))
        widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
        heights = {number: dimension.height for number, dimension in sheet.row_dimensions.items()}
        sheets.append((sheet.title, cells, [str(area) for area in sheet.merged_cells.ranges], widths, heights))
    return list(looks.values()), sheets


def write(looks, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (font, alignment, border, fill, number_format) in looks:
        book.add_named_style(
            NamedStyle(name, font=font, alignment=alignment, border=border, fill=fill, number_format=number_format)
        )
    for title, cells, merged, widths, heights in sheets:
        sheet = book.create_sheet(title)
        for row, column, value, look in cells:
            cell = sheet.cell(row, column, value)
            cell.style = look
        for area in merged:
            sheet.merge_cells(area)
        for letter, width in widths.items():
            sheet.column_dimensions[letter].width = width
        for number, height in heights.items():
            sheet.row_dimensions[number].height = height
        sheet.page_setup.paperSize = 9
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main():
    books = [read(path) for path in sys.argv[1:]]
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for looks, sheets in books:
            write(looks, sheets)
        print(time.perf_counter() - start, flush=True)


main()
