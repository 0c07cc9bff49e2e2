"""The schema: an ODD compiled to RELAX NG and Schematron, documents judged by it and explained."""
