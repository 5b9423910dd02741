"""Writes the same tables as ours with python-docx, once for each line on standard input, and prints the seconds it took.

Texts, widths and merges come from a document of ours; reading it is not timed.
"""

import io
import sys
import time

from docx import Document


def read(path):
    tables = []
    for table in Document(path).tables:
        # Each cell once, with the corners of what it covers.
        places = {}
        for row, line in enumerate(table.rows):
            for column, cell in enumerate(line.cells):
                first = places.setdefault(cell._tc, [row, column, row, column, cell.text])
                first[2], first[3] = row, column
        widths = [column.width for column in table.columns]
        tables.append((len(table.rows), widths, list(places.values())))
    return tables


def write(tables):
    document = Document()
    for rows, widths, cells in tables:
        table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths):
            column.width = width
        for top, left, bottom, right, text in cells:
            cell = table.cell(top, left)
            if (top, left) != (bottom, right):
                cell = cell.merge(table.cell(bottom, right))
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main():
    tables = read(sys.argv[1])
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        write(tables)
        print(time.perf_counter() - start, flush=True)


main()
