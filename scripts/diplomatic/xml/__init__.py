"""XML itself: namespaces, safe reading, and the one place that touches Saxon."""
