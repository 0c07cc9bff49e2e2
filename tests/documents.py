"""Invented documents to try the schema on: a whole document with one part put in."""

from __future__ import annotations

from typing import Final

_PARTS: Final = {
    "prolog": "",
    "tei": '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d0001" xml:lang="en">',
    "title": '<title type="main">Letter of Consul Orlov</title>',
    "publication": (
        "<publisher>The editors</publisher>"
        '<availability status="free"><licence>CC BY 4.0</licence></availability>'
    ),
    "file-desc": (
        '<sourceDesc><bibl type="transcript">Transcript '
        '<idno type="filename">orlov.txt</idno></bibl>{source}</sourceDesc>'
    ),
    "source": "",
    "profile": (
        "<creation><date>not dated</date></creation>"
        '<langUsage><language ident="en">English</language></langUsage>'
    ),
    "profile-extra": "",
    "header": "<profileDesc>{profile}{profile-extra}{hands}</profileDesc>{header-extra}",
    "hands": '<handNotes><handNote xml:id="h1">blue ink</handNote></handNotes>',
    "header-extra": "",
    "standoff": "",
    "div": "<p>{inline}</p>",
    "inline": "Come at once.",
}
_FILE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
{prolog}
{tei}
  <teiHeader>
    <fileDesc>
      <titleStmt>{title}
        <respStmt xml:id="tr"><resp>translation</resp><name>A. Sand</name></respStmt>
        <respStmt xml:id="ed"><resp>edition</resp><name>B. Reef</name></respStmt>
        <respStmt xml:id="tool"><resp>encoding</resp><name>Diplomatic</name></respStmt>
      </titleStmt>
      <publicationStmt>{publication}</publicationStmt>
      {file-desc}
    </fileDesc>
    <encodingDesc><listPrefixDef><prefixDef ident="line" matchPattern="([0-9]+),([0-9]+)"
      replacementPattern="orlov.txt#line=$1,$2"><p>Lines.</p></prefixDef></listPrefixDef></encodingDesc>
    {header}
  </teiHeader>
  {standoff}
  <text>
    <body>
      <div type="letter">
{div}
      </div>
    </body>
    <back>
      <div type="notes"><note xml:id="d0001-note" n="1">Not found.</note></div>
    </back>
  </text>
</TEI>
"""


def document(where: str = "", part: str = "") -> bytes:
    """Return a document of the edition with `part` in the place called `where`."""
    if where == "file":
        return part.encode()
    parts = {**_PARTS, where: part} if where else dict(_PARTS)
    if where == "standoff":
        parts["standoff"] = f"<standOff>{part}</standOff>"
    text = _FILE
    for _ in range(4):  # parts hold parts
        for name, value in parts.items():
            text = text.replace(f"{{{name}}}", value)
    return text.encode()
