"""Makes the Word and OpenDocument files of `examples/port-sable` with python-docx and odfpy.

Run by hand when they should say something else: `python tests/examples/make_files.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "inputs"))

import docx
from makers import add_notes, link, mark, note, saved, styled, tracked, word_xml
from odf import dc, office, style, table, text
from odf.opendocument import OpenDocumentText

SOURCES = Path(__file__).parents[2] / "examples" / "port-sable" / "tei" / "sources"


def report() -> bytes:
    """Return the report on the loss of the Gull, with its enclosure."""
    document = docx.Document()
    document.add_heading("REPORT", 1)
    document.add_paragraph("on the loss of the coaster Gull")
    document.add_paragraph("Port Sable, 20 March 1931")
    first = document.add_paragraph("The ")
    styled(first, "Gull", italic=True)
    first.add_run(", of 400 tons, was lost at Kestrel Point in the night of 9 February 1931.")
    mark(first, 1)
    first.add_run(" Her people, seven in all, were found on the Isle of Tern on the 14th.")
    second = document.add_paragraph("She carried ")
    tracked(second, "del", "iron", "A. Quill")
    tracked(second, "ins", "tin", "A. Quill")
    second.add_run(" and salt. The master asked for a ")
    styled(second, "second pilot", underline=True)
    noted = second.add_run(" at Orm")
    document.add_comment(noted, "The form is in the State Archive.", author="M. Sand")
    second.add_run(" and was refused.")
    mark(second, 2)
    document.add_heading("What was lost", 2)
    grid = document.add_table(rows=1, cols=3)
    rows = [("Cargo", "Tons", "Crowns"), ("Salt", "310", "1,900"), ("Tin", "42", "11,400")]
    grid.rows[0]._tr.get_or_add_trPr().append(word_xml("<w:tblHeader/>"))
    for number, values in enumerate(rows):
        cells = grid.rows[0].cells if not number else grid.add_row().cells
        for cell, words in zip(cells, values, strict=True):
            cell.text = words
    document.add_heading("What is asked", 2)
    document.add_paragraph("That the light on the Isle of Tern be lit.", style="List Number")
    document.add_paragraph("That no coaster sail with one pilot:", style="List Number")
    document.add_paragraph("in January and February;", style="List Bullet 2")
    document.add_paragraph("at any time with tin.", style="List Bullet 2")
    document.add_paragraph("[signature] I. Quill")
    document.add_paragraph("Enclosure: Statement of the master of the Gull")
    words = document.add_paragraph(
        "I, Bram Orn, say that the ice was on us before the light went. There was no light. I have"
        " looked for it since I was a boy, and looked for it then, and steered for where it should"
        " be. We struck at four. The deck burned well, being ours, and the dog [Kestrel] kept the"
        " youngest warm. See also "
    )
    link(words, "the minutes", "https://portsable.example.org/minutes")
    words.add_run(".")
    add_notes(
        document,
        "footnote",
        [note("By her own log; the keeper of Tern Light has the 8th."), note("There was a form.")],
    )
    return saved(document)


def letter() -> bytes:
    """Return the letter of the master's wife."""
    document = OpenDocumentText()
    looks = {
        "Un": {"textunderlinestyle": "solid"},
        "St": {"textlinethroughstyle": "solid"},
        "It": {"fontstyle": "italic"},
    }
    for name, said in looks.items():
        made = style.Style(name=name, family="text")
        made.addElement(style.TextProperties(**said))
        document.automaticstyles.addElement(made)
    body = document.text
    body.addElement(text.P(text="Orm, 4 April 1931"))
    body.addElement(text.P(text="Dear Mrs. Quill!"))
    one = text.P(text="The collar came, and the ")
    one.addElement(text.Span(stylename="St", text="other"))
    one.addText(" things. Bram says nothing, but he has ")
    one.addElement(text.Span(stylename="Un", text="mended the gate"))
    one.addText(".")
    held = text.Note(noteclass="footnote", id="ftn1")
    held.addElement(text.NoteCitation(text="1"))
    inside = text.NoteBody()
    inside.addElement(text.P(text="The garden gate at Orm; it is still there."))
    held.addElement(inside)
    one.addElement(held)
    comment = office.Annotation()
    comment.addElement(dc.Creator(text="A. Quill"))
    comment.addElement(text.P(text="My grandmother kept this letter."))
    one.addElement(comment)
    one.addText(" He reads the ")
    one.addElement(text.Span(stylename="It", text="Port News"))
    one.addText(" for the [weather] only. What we owe, and to whom:")
    body.addElement(one)
    grid = table.Table(name="Debts")
    heading = table.TableHeaderRows()
    for number, values in enumerate((("To", "Crowns"), ("Mr. Vey", "12"), ("the doctor", "4"))):
        row = table.TableRow()
        for words in values:
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        (grid if number else heading).addElement(row)
        if not number:
            grid.addElement(heading)
    body.addElement(grid)
    body.addElement(text.P(text="Tell Mr. Vey that he is not to send it back."))
    body.addElement(text.P(text="With greetings,"))
    body.addElement(text.P(text="Lotte Orn"))
    return saved(document)


if __name__ == "__main__":
    (SOURCES / "report-1931-03-20.docx").write_bytes(report())
    (SOURCES / "letter-1931-04-04.odt").write_bytes(letter())
