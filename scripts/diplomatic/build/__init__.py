"""Building: what is out of date, who makes it, and writing it so that nothing is ever lost."""
