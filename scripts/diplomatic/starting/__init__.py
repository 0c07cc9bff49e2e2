"""Starting an edition: what `diplomatic init` finds in a folder, guesses, and writes."""
