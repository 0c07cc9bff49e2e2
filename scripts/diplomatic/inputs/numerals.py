"""Numbers of lists as word processors and web pages show them."""

from __future__ import annotations


def numeral(number: int, shape: str) -> str:
    """Return a number as Word or a web page shows it: 1, a, A, i, I, 01."""
    if "Letter" in shape or "alpha" in shape:
        letters = chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1) if number > 0 else "0"
        letters = letters[:8]
        return letters.upper() if shape.startswith("upper") else letters
    if "oman" in shape:
        signs = _roman(number)
        return signs.upper() if shape.startswith("upper") else signs
    return f"{number:02}" if shape == "decimalZero" else str(number)


def _roman(number: int) -> str:
    """Return a number of up to four thousand in Roman signs."""
    signs = ""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    names = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    if not 0 < number < 4000:
        return str(number)
    for value, name in zip(values, names, strict=True):
        signs += name * (number // value)
        number %= value
    return signs
