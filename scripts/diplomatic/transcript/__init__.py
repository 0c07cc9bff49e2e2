"""Reading transcripts: capture, brackets, classification, blocks, and the model they make."""
