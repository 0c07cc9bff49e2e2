"""Proposals of names: what looks like a person, a place or an organisation in the transcripts."""
