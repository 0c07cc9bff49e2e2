"""Checking TEI documents: form, grammar, rules, references, fidelity, open doubts."""
