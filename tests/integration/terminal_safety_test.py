"""Names, posts, files and arguments come from strangers: what is shown never holds a raw control character, an escape
sequence of theirs, or a mark that reorders the line.
"""

import re
import unittest
import unicodedata

from terminal import on_terminal
from vocabulary import HEADER, Case, csv_text, like

HOSTILE = [
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b[2J\x1b[H",
    "bell\x07",
    "back\x08\x08space",
    "carriage\rreturn",
    "line\nbreak",
    "tab\there",
    "\x7fdelete",
    "\x9b31mC1",
    "\u0085next",
    "\u2028separator\u2029",
    "\u202eright to left",
    "\u2066isolate\u2069",
    "\u200f\u200e\u061cmarks",
    "\x01\x02\x03",
    "e\u0301" * 20,
    "\u0301" * 100,
    "日本語" * 40,
    "👩‍🌾" * 30,
    "x" * 1024,
    " ",
    "  padded  ",
]
OURS = re.compile(r"\x1b\[(0|1|2|31|33|36)m|\r\x1b\[2K")  # styles and the redrawing of the progress bar


def unsafe(text):
    """The characters that must not be there."""
    reordering = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
    return [
        character
        for character in text
        if (unicodedata.category(character) in ("Cc", "Zl", "Zp") and character != "\n") or ord(character) in reordering
    ]


class TerminalSafety(Case):
    def setUp(self):
        super().setUp()
        rows = []
        for name in HOSTILE:
            rows += [like(f"fan{i}", name, post=name, tags=name) for i in range(3)]
            rows += [like(name, "hazel", post=name, tags=name)]
        self.log(*rows)
        self.write(
            "people.csv", csv_text([["person", "network", "account"], *([name, "forum", name] for name in HOSTILE)])
        )

    def check(self, answer, code=0):
        self.assertEqual(answer.code, code, answer.err)
        for text in (answer.out, answer.err):
            self.assertEqual(unsafe(text), [])

    def test_score_table(self):
        for people in ([], ["--people", "people.csv"]):
            self.check(self.run_it("score", "log.csv", "--top", "0", *people))

    def test_why(self):
        for name in ["hazel", *HOSTILE]:
            for people in ([], ["--people", "people.csv"]):
                self.check(self.run_it("why", f"forum:{name}", "log.csv", "--top", "100", "--since", "1d", *people))

    def test_on_a_terminal(self):
        for arguments in (["score", "log.csv", "--top", "0"], ["why", "forum:hazel", "log.csv", "--top", "100"]):
            code, text = on_terminal(arguments, cwd=self.folder)
            self.assertEqual(code, 0)
            self.assertIn("\x1b[1m", text, "there is colour")
            self.assertEqual(unsafe(OURS.sub("", text).replace("\r\n", "\n")), [])

    def test_errors_and_bad_records(self):
        evil = "evil\x1b[31m\u202e.csv"
        self.check(self.run_it("score", evil), code=1)
        self.check(self.run_it("score", "log.csv", "--out", f"{evil}/x.csv"), code=1)
        self.check(self.run_it("score", "log.csv", "--model", evil), code=2)
        self.check(self.run_it("score", "log.csv", f"--{evil}"), code=2)
        self.check(self.run_it(evil), code=2)
        self.check(self.run_it("why", evil, "log.csv"), code=2)
        self.check(self.run_it("why", f"forum:{evil}", "log.csv"), code=3)
        self.write(
            evil,
            HEADER
            + like("ada", "hazel")
            + like("ada", "hazel", time="\x1b[31m")
            + like("ada", "hazel", kind="\x1b[2J"),
        )
        self.check(self.run_it("score", evil))
        self.write("columns.csv", HEADER.strip() + ",\x1b[31mred\n" + like("ada", "hazel").strip() + ",x\n")
        self.check(self.run_it("score", "columns.csv"))
        self.write("none.csv", "\x1b[31mred,\u202e\n1,2\n")
        self.check(self.run_it("score", "none.csv"), code=1)

    def test_arguments_that_are_not_utf8(self):
        self.check(self.run_it("score", b"\xff\xfe.csv"), code=1)
        self.check(self.run_it("why", b"forum:\xff", "log.csv"), code=3)


if __name__ == "__main__":
    unittest.main()
