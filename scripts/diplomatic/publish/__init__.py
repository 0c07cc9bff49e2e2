"""Publishing: the website and the printed book, from TEI documents."""
