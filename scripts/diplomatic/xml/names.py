"""Namespaces and qualified names."""

from typing import Final

TEI_NS: Final = "http://www.tei-c.org/ns/1.0"
XML_NS: Final = "http://www.w3.org/XML/1998/namespace"
RNG_NS: Final = "http://relaxng.org/ns/structure/1.0"
SCH_NS: Final = "http://purl.oclc.org/dsdl/schematron"

NSMAP: Final = {"tei": TEI_NS, "xml": XML_NS}

XML_ID: Final = f"{{{XML_NS}}}id"
XML_LANG: Final = f"{{{XML_NS}}}lang"


def tei(local: str) -> str:
    """Return the qualified name of a TEI element, in lxml's `{namespace}local` form."""
    return f"{{{TEI_NS}}}{local}"


def local_name(qualified: str) -> str:
    """Return the part of a qualified name after the namespace."""
    return qualified.rpartition("}")[2]
