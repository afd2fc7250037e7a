"""SVG by hand: text, lines, dots and scales. One plot is readable on light and on dark pages."""

import math
from xml.sax.saxutils import escape

WIDTH = 720

# Okabe and Ito's colours, told apart by colour-blind people too; the dark ones are lighter.
STYLE = """
text { font: 13px system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 16px }
.head { font-weight: 600 }
.muted { fill: #59636e }
.a { fill: #0072b2 } .b { fill: #c04f00 } .c { fill: #007a5a } .d { fill: #6e7781 }
.line { fill: none; stroke-width: 2 }
.line.a { stroke: #0072b2 } .line.b { stroke: #c04f00 } .line.c { stroke: #007a5a } .line.d { stroke: #6e7781 }
.thin { stroke-width: 1.5 } .dashed { stroke-dasharray: 5 4 } .faint { opacity: .55 }
.grid { stroke: #d8dee4; stroke-width: 1 } .axis { stroke: #8c959f; stroke-width: 1 }
.dot { stroke: #ffffff; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .muted { fill: #9198a1 }
  .a { fill: #56b4e9 } .b { fill: #f0913a } .c { fill: #2fc49a } .d { fill: #9198a1 }
  .line { fill: none }
  .line.a { stroke: #56b4e9 } .line.b { stroke: #f0913a } .line.c { stroke: #2fc49a } .line.d { stroke: #9198a1 }
  .grid { stroke: #30363d } .axis { stroke: #6e7681 } .dot { stroke: #0d1117 }
}
"""


class Scale:
    """From figures to places: linear, or logarithmic where `log` is set."""

    def __init__(self, low, high, begin, end, log=False):
        self.log = log
        self.low, self.high = (math.log10(low), math.log10(high)) if log else (low, high)
        self.begin, self.end = begin, end

    def __call__(self, figure):
        at = math.log10(figure) if self.log else figure
        return self.begin + (at - self.low) / ((self.high - self.low) or 1.0) * (self.end - self.begin)


class Plot:
    def __init__(self, height, title, description, subtitle=""):
        self.height, self.parts = height, []
        self.title, self.description = title, description
        self.text(0, 18, title, "title")
        for number, line in enumerate(subtitle.split("\n") if subtitle else []):
            self.text(0, 38 + 17 * number, line, "muted")

    def text(self, x, y, words, style="", anchor="start"):
        self.parts.append(
            f'<text x="{number(x)}" y="{number(y)}"{attribute("class", style)}'
            f'{attribute("text-anchor", anchor if anchor != "start" else "")}>{escape(words)}</text>'
        )

    def line(self, x1, y1, x2, y2, style):
        self.parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" class="{style}"/>'
        )

    def path(self, points, style):
        places = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(f'<polyline points="{places}" class="line {style}"/>')

    def dot(self, x, y, style, radius=4.5):
        self.parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" class="dot {style}"/>')

    def square(self, x, y, style, half=4):
        self.parts.append(
            f'<rect x="{number(x - half)}" y="{number(y - half)}" width="{number(2 * half)}" '
            f'height="{number(2 * half)}" class="dot {style}"/>'
        )

    def whisker(self, x1, y1, x2, y2, style):
        self.parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" class="line thin {style}"/>'
        )

    def rows(self, scale, ticks, left, right, write=None):
        """Horizontal grid lines with their figures on the left."""
        for tick in ticks:
            self.line(left, scale(tick), right, scale(tick), "grid")
            self.text(left - 8, scale(tick) + 4, (write or short)(tick), "muted", "end")

    def columns(self, scale, ticks, top, bottom, write=None):
        """Vertical grid lines with their figures below."""
        for tick in ticks:
            self.line(scale(tick), top, scale(tick), bottom, "grid")
            self.text(scale(tick), bottom + 18, (write or short)(tick), "muted", "middle")

    def svg(self):
        # A margin on the left lets the title start where the plot does.
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.height}" viewBox="-8 0 {WIDTH} {self.height}" '
                'role="img" aria-labelledby="title description">',
                f'<title id="title">{escape(self.title)}</title>',
                f'<desc id="description">{escape(self.description)}</desc>',
                f"<style>{STYLE}</style>",
                *self.parts,
                "</svg>",
                "",
            ]
        )


def attribute(name, value):
    return f' {name}="{value}"' if value else ""


def number(value):
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def short(value):
    """.97 for .97, 1 for 1, 10,000 for 10000."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.3f}".rstrip("0").rstrip(".") or "0"
    return text[1:] if text.startswith("0.") else text


def ticks(low, high, about=5):
    """Round figures inside [low, high]."""
    step = 10 ** math.floor(math.log10((high - low) / about))
    step = next(step * factor for factor in (1, 2, 5, 10) if (high - low) / (step * factor) <= about + 1)
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]


def spread_labels(places, gap):
    """Moves labels apart that would lie on each other: the same order, `gap` between neighbours, near their places."""
    order = sorted(range(len(places)), key=lambda one: places[one])
    moved = {}
    groups = []  # [sum of wanted starts, members]
    for one in order:
        groups.append([[one], places[one]])
        while len(groups) > 1 and groups[-2][1] + gap * len(groups[-2][0]) > groups[-1][1]:
            later = groups.pop()
            members = groups[-1][0] + later[0]
            start = sum(places[member] - gap * at for at, member in enumerate(members)) / len(members)
            groups[-1] = [members, start]
    for members, start in groups:
        for at, member in enumerate(members):
            moved[member] = start + gap * at
    return [moved[one] for one in range(len(places))]
