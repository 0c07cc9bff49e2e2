"""The local preview: a web server for one reader, and the build behind it, started at each save."""
