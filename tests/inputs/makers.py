"""Files made by python-docx and odfpy, with what those libraries leave to the parts."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import docx
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt
from odf import dc, office, style, table, text
from odf.namespaces import TEXTNS
from odf.opendocument import OpenDocumentText

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63680000008200819dd38e420000000049454e44ae426082"
)
EPOCH = (1980, 1, 1, 0, 0, 0)


def word_xml(inner: str):
    """Return WordprocessingML with its prefix declared."""
    return parse_xml(re.sub(r"^<(w:\w+)", rf'<\1 xmlns:w="{W}"', inner, count=1))


def add_notes(document, kind: str, notes: list[str]) -> None:
    """Add a part of footnotes or endnotes, as Word writes it; `notes` are the insides of each."""
    held = "".join(
        f'<w:{kind} w:id="{number}">{inner}</w:{kind}>' for number, inner in enumerate(notes, 2)
    )
    line = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    xml = f'<w:{kind}s xmlns:w="{W}">{line}{held}</w:{kind}s>'.encode()
    part = Part(PackURI(f"/word/{kind}s.xml"), f"{TYPES}.{kind}s+xml", xml, document.part.package)
    document.part.relate_to(part, f"{RELATIONS}/{kind}s")


def note(words: str) -> str:
    """Return the inside of a note with one paragraph."""
    return (
        f'<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p>'
    )


def mark(paragraph, number: int, kind: str = "footnote") -> None:
    """Put the mark of a note at the end of a paragraph."""
    paragraph._p.append(word_xml(f'<w:r><w:{kind}Reference w:id="{number + 1}"/></w:r>'))


def tracked(paragraph, kind: str, words: str, author: str = "M. Sand") -> None:
    """Put a tracked insertion or deletion at the end of a paragraph."""
    held = "delText" if kind == "del" else "t"
    paragraph._p.append(
        word_xml(
            f'<w:{kind} w:id="90" w:author="{author}" w:date="2026-03-04T10:00:00Z">'
            f'<w:r><w:{held} xml:space="preserve">{words}</w:{held}></w:r></w:{kind}>'
        )
    )


def link(paragraph, words: str, address: str) -> None:
    """Put a link at the end of a paragraph."""
    identifier = paragraph.part.relate_to(address, f"{RELATIONS}/hyperlink", is_external=True)
    paragraph._p.append(
        word_xml(
            f'<w:hyperlink xmlns:r="{RELATIONS}" r:id="{identifier}">'
            f"<w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t>{words}</w:t></w:r></w:hyperlink>"
        )
    )


def styled(paragraph, words: str, **looks):
    """Add a run with a look."""
    run = paragraph.add_run(words)
    for name, value in looks.items():
        setattr(run.font, name, value)
    return run


def saved(document) -> bytes:
    """Return the bytes of a document of either library, the same on each day."""
    out = io.BytesIO()
    document.save(out) if hasattr(document, "part") else document.write(out)
    return out.getvalue()


def report_in_word() -> bytes:
    """Return a report with all that a word processor puts into one."""
    document = docx.Document()
    document.core_properties.created = datetime.datetime(2026, 1, 1)
    document.add_heading("REPORT ON THE HARBOUR OF PORT SABLE", 1)
    document.add_paragraph("Port Sable, 9 March 1951")
    document.add_paragraph("Dear Comrade Belov!")
    body = document.add_paragraph("The harbour is ")
    styled(body, "closed", bold=True)
    styled(body, " since ")
    styled(body, "the storm", bold=True, italic=True)
    styled(body, ". The old pier ")
    styled(body, "is gone", strike=True)
    body.add_run(" has been [partly] rebuilt.")
    mark(body, 1)
    body.add_run(" Nobody was hurt")
    mark(body, 2)
    body.add_run(".")
    second = document.add_paragraph("The engineers ask for ")
    tracked(second, "del", "three")
    tracked(second, "ins", "four")
    second.add_run(" cranes, see ")
    link(second, "the tables", "https://example.org/tables?a=1&b=2")
    second.add_run(" of the ")
    spaced = styled(second, "Harbour Board")
    spaced._r.get_or_add_rPr().append(word_xml('<w:spacing w:val="60"/>'))
    commented = second.add_run(" in Lenin")
    document.add_comment(commented, "Which board is meant?", author="A. Editor", initials="AE")
    second.add_run(" Street at 5")
    styled(second, "th", superscript=True)
    second.add_run(" corner.")
    document.add_heading("Losses", 2)
    grid = document.add_table(rows=1, cols=3)
    for cell, words in zip(grid.rows[0].cells, ("Pier", "Built", "Lost"), strict=True):
        cell.text = words
    grid.rows[0]._tr.get_or_add_trPr().append(word_xml("<w:tblHeader/>"))
    for values in (("North", "1931", "two thirds"), ("South", "", "nothing")):
        for cell, words in zip(grid.add_row().cells, values, strict=True):
            cell.text = words
    grid.rows[2].cells[2].add_paragraph("as far as is known")
    document.add_heading("What is asked", 2)
    document.add_paragraph("Timber of two kinds:", style="List Number")
    document.add_paragraph("oak", style="List Bullet 2")
    document.add_paragraph("pine", style="List Bullet 2")
    document.add_paragraph("Two boats.", style="List Number")
    page = document.add_paragraph("We shall write again.")
    page.add_run().add_break(WD_BREAK.PAGE)
    picture = document.add_paragraph()
    picture.add_run().add_picture(io.BytesIO(PICTURE), width=Pt(20))
    picture._p.xpath(".//wp:docPr")[0].set("descr", "Plan of the north pier")
    closing = document.add_paragraph("N. Orlov")
    mark(closing, 3, "footnote")
    document.sections[0].header.paragraphs[0].text = "TOP SECRET"
    see = '<w:r><w:t xml:space="preserve">See </w:t></w:r>'
    paper = "<w:r><w:rPr><w:i/></w:rPr><w:t>Port News</w:t></w:r><w:r><w:t>, no. 4.</w:t></w:r>"
    second_note = f"<w:p>{see}{paper}</w:p>" + note("It had two pages.")
    add_notes(document, "footnote", [note("With timber."), second_note, note("The consul.")])
    return saved(document)


def letter_in_opendocument() -> bytes:
    """Return a letter with notes, a table with a header row, a comment, tracked changes."""
    document = OpenDocumentText()
    for name, key, value in (
        ("It", "fontstyle", "italic"),
        ("Un", "textunderlinestyle", "solid"),
        ("St", "textlinethroughstyle", "solid"),
        ("Sp", "letterspacing", "0.1cm"),
    ):
        made = style.Style(name=name, family="text")
        made.addElement(style.TextProperties(**{key: value}))
        document.automaticstyles.addElement(made)
    body = document.text
    changes = text.TrackedChanges()
    for key, kind in (("ct1", text.Deletion), ("ct2", text.Insertion)):
        region = text.ChangedRegion(qattributes={(TEXTNS, "id"): key}, check_grammar=False)
        change = kind()
        about = office.ChangeInfo()
        about.addElement(dc.Creator(text="M. Sand"))
        about.addElement(dc.Date(text="2026-03-04T10:00:00"))
        change.addElement(about)
        if key == "ct1":
            change.addElement(text.P(text="grey "))
        region.addElement(change)
        changes.addElement(region)
    body.addElement(changes)
    body.addElement(text.H(outlinelevel=1, text="LETTER"))
    body.addElement(text.P(text="Port Sable, 4 May 1952"))
    body.addElement(text.P(text="Dear Comrade!"))
    one = text.P(text="The ")
    one.addElement(text.Span(stylename="It", text="Gull"))
    one.addText(" came in on Monday.")
    held = text.Note(noteclass="footnote", id="ftn1")
    held.addElement(text.NoteCitation(text="1"))
    inside = text.NoteBody()
    inside.addElement(text.P(text="A coaster of 400 tons."))
    held.addElement(inside)
    one.addElement(held)
    one.addText(" Her ")
    one.addElement(text.Change(changeid="ct1"))
    one.addText("hull is ")
    one.addElement(text.ChangeStart(changeid="ct2"))
    one.addText("much ")
    one.addElement(text.ChangeEnd(changeid="ct2"))
    one.addElement(text.Span(stylename="Un", text="damaged"))
    one.addElement(text.S(c=2))
    one.addElement(text.Span(stylename="St", text="and lost"))
    comment = office.Annotation()
    comment.addElement(dc.Creator(text="A. Editor"))
    comment.addElement(text.P(text="Compare the log."))
    one.addElement(comment)
    one.addText(", says the ")
    one.addElement(text.Span(stylename="Sp", text="pilot"))
    one.addText(".")
    body.addElement(one)
    grid = table.Table(name="Cargo")
    heading = table.TableHeaderRows()
    for holder, values in (
        (heading, ("Cargo", "Tons")),
        (grid, ("Salt", "30")),
        (grid, ("Tin", "4")),
    ):
        row = table.TableRow()
        for words in values:
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        holder.addElement(row)
        if holder is heading:
            grid.addElement(heading)
    body.addElement(grid)
    listed = text.List()
    for words in ("the salt", "the tin"):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        listed.addElement(item)
    body.addElement(listed)
    body.addElement(text.P(text="With greetings,"))
    body.addElement(text.P(text="N. Orlov"))
    return saved(document)


def archive(parts: dict[str, bytes]) -> bytes:
    """Return an archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def word_of(body: str, **parts: bytes) -> bytes:
    """Return a small Word document with this inside its body."""
    root = f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'
    link_to = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = (
        f'<Relationships xmlns="{link_to}"><Relationship Id="r1" Target="word/document.xml"'
        f' Type="{RELATIONS}/officeDocument"/></Relationships>'
    )
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": rels.encode(),
            "word/document.xml": root.encode(),
            **parts,
        }
    )
