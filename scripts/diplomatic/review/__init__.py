"""Settling doubts one by one: what an editor may answer, and what each answer becomes."""
