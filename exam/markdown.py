"""Small words for Markdown: tables and figures."""

MISSING = "-"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def figure(value, places=3):
    """.690 for 0.69; - for nothing."""
    if value is None:
        return MISSING
    text = f"{value:.{places}f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def signed(value, places=3):
    """+.012"""
    return MISSING if value is None else ("-" if value < 0 else "+") + figure(abs(value), places)


def points(value):
    """+5.2 points"""
    return MISSING if value is None else f"{value:+.1f}"


def interval(ends, write=figure):
    return f"[{write(ends[0])}, {write(ends[1])}]" if ends else ""
