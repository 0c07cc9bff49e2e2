"""Validity and fidelity of an encoded document, through the project's own schema and fidelity check."""
