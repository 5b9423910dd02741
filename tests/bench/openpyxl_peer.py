"""Writes the same workbook as ours with openpyxl, once for each line on standard input, and prints the seconds it took.

Content and looks come from a workbook of ours; reading it is not timed.
"""

import copy
import io
import sys
import time

import openpyxl


def read(path):
    sheets = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        cells = [
            (cell.coordinate, cell.value, *map(copy.copy, (cell.font, cell.alignment, cell.border, cell.fill)), cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
            if not isinstance(cell, openpyxl.cell.cell.MergedCell)
        ]
        widths = {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
        heights = {number: dimension.height for number, dimension in sheet.row_dimensions.items()}
        sheets.append((sheet.title, cells, [str(area) for area in sheet.merged_cells.ranges], widths, heights))
    return sheets


def write(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, cells, merged, widths, heights in sheets:
        sheet = book.create_sheet(title)
        for place, value, font, alignment, border, fill, number_format in cells:
            cell = sheet[place]
            cell.value = value
            cell.font, cell.alignment, cell.border, cell.fill = font, alignment, border, fill
            cell.number_format = number_format
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
    sheets = read(sys.argv[1])
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        write(sheets)
        print(time.perf_counter() - start, flush=True)


main()
