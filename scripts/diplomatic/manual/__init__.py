"""The manual: chapters in Markdown (`docs/`), and the static pages that are made of them."""
