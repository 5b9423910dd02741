"""Prints what python-docx reads in a document: title, text in order, footer, external relationships."""

import json
import sys

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def lines(parent, element):
    for child in element.iterchildren():
        if child.tag.endswith("}p"):
            yield Paragraph(child, parent).text
        elif child.tag.endswith("}tbl"):
            seen = set()
            for row in Table(child, parent).rows:
                for cell in row.cells:
                    # python-docx gives a merged cell once for each place it covers.
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from lines(cell, cell._tc)


document = Document(sys.argv[1])
section = document.sections[0]
print(
    json.dumps(
        {
            "title": document.core_properties.title,
            "text": "\n".join(lines(document, document.element.body)),
            "tables": [
                [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
            ],
            "header": "\n".join(paragraph.text for paragraph in section.header.paragraphs),
            "footer": "\n".join(paragraph.text for paragraph in section.footer.paragraphs),
            "external": [
                relationship.reltype
                for part in document.part.package.iter_parts()
                for relationship in part.rels.values()
                if relationship.is_external
            ],
        }
    )
)
