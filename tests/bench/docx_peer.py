"""Writes the same texts and tables as ours with python-docx, once for each line on standard input, and prints the seconds it
took.

Texts, widths and merges come from documents of ours; reading them is not timed.
"""

import io
import sys
import time

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def read(path):
    document = Document(path)
    blocks = []
    for child in document.element.body.iterchildren():
        if child.tag == qn("w:p"):
            breaks = any(br.get(qn("w:type")) == "page" for br in child.iter(qn("w:br")))
            blocks.append((Paragraph(child, document).text, breaks))
        elif child.tag == qn("w:tbl"):
            blocks.append(cells_of(Table(child, document)))
    return blocks


def cells_of(table):
    # Each cell once, with the corners of what it covers.
    places = {}
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            first = places.setdefault(cell._tc, [row, column, row, column, cell.text])
            first[2], first[3] = row, column
    widths = [column.width for column in table.columns]
    return len(table.rows), widths, list(places.values())


def write(blocks):
    document = Document()
    for block in blocks:
        if isinstance(block[0], str):
            text, breaks = block
            if breaks:
                document.add_page_break()
            if text:
                document.add_paragraph(text)
            continue
        rows, widths, cells = block
        table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths):
            column.width = width
        # Asked for once: `table.cell` goes through the whole table at each call.
        grid = [row.cells for row in table.rows]
        for top, left, bottom, right, text in cells:
            cell = grid[top][left]
            if (top, left) != (bottom, right):
                cell = cell.merge(grid[bottom][right])
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main():
    documents = [read(path) for path in sys.argv[1:]]
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for blocks in documents:
            write(blocks)
        print(time.perf_counter() - start, flush=True)


main()
