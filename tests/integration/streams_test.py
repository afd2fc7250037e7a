"""Data on standard output and talk on the error stream; colour and progress on a terminal alone; JSON that parses; the
exit codes.
"""

import json
import os
import subprocess
import threading
import time
import unicodedata
import unittest

from terminal import on_terminal
from vocabulary import HEADER, SOURCE, TOWN, TOWN_AS_OF, TOWN_LISTS, Case, crowd, like

SCORE = ["score", TOWN, *TOWN_AS_OF]
WHY = ["why", "forum:hazel", TOWN, *TOWN_AS_OF]
ESCAPE = "\x1b["


def columns_taken(line):
    """How wide a line is on a terminal, about: no escapes may be in it."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


class Streams(Case):
    def test_data_and_talk_go_different_ways(self):
        answer = self.succeeds(*SCORE)
        self.assertTrue(answer.out.startswith("Scores"), answer.out)
        self.assertIn("forum:hazel", answer.out)
        self.assertTrue(answer.err.startswith("Read"), answer.err)
        self.assertNotIn("forum:hazel", answer.err)
        self.assertEqual(self.succeeds(*WHY).err, "")

    def test_unprotected_is_said_everywhere(self):
        self.assertIn("unprotected", self.succeeds(*SCORE).out.splitlines()[0])
        self.assertIn("unprotected:", self.succeeds(*SCORE).err)
        self.assertIn("unprotected", self.succeeds(*WHY).out)
        self.assertIn("Verified: ", self.succeeds(*SCORE, *TOWN_LISTS).err)

    def test_a_verified_share_far_off_is_warned_of(self):
        self.assertIn("warning:", self.succeeds(*SCORE, *TOWN_LISTS, "--verified-share", "0.5").err)
        self.assertNotIn("warning:", self.succeeds(*SCORE, *TOWN_LISTS).err)

    def test_top(self):
        def people(top):
            lines = self.succeeds(*SCORE, "--top", top).out.splitlines()[3:]  # title, blank line, names of columns
            return sum("--top 0 shows all" not in line for line in lines)

        self.assertEqual([people("1"), people("5"), people("20")], [1, 5, 20])
        self.assertEqual(people("0"), len(self.succeeds(*SCORE, "--json", "--top", "0").json()["scores"]))
        self.assertEqual(len(self.succeeds(*SCORE, "--json", "--top", "3").json()["scores"]), 3)

    def test_json_parses_and_is_all_there_is(self):
        score = self.succeeds(*SCORE, "--json").json()
        self.assertEqual(list(score)[:3], ["model", "as_of", "protection"])
        self.assertEqual(len(score["scores"]), 20)
        why = self.succeeds(*WHY, "--json", "--since", "7d").json()
        self.assertIn("change", why)
        imported = self.succeeds("import", TOWN, "--data", "data", "--json").json()
        self.assertEqual(imported["added"], 5000)
        exported = self.succeeds("export", "--data", "data", "--out", "out", "--json").json()
        self.assertEqual(exported["rows"], 5000)
        erased = self.succeeds("erase", "forum:hazel", "--data", "data", "--json").json()
        self.assertGreater(erased["rows_removed"], 0)

    def test_acknowledged_batches_are_json_lines(self):
        out = self.succeeds("import", TOWN, "--data", "data", "--acknowledge", "--batch-rows", "1000", "--json").out
        lines = [json.loads(line) for line in out.splitlines() if line.startswith('{"batch"')]
        self.assertEqual([line["rows_durable"] for line in lines], [1000, 2000, 3000, 4000, 5000])

    def test_exit_codes(self):
        self.log(like("ada", "hazel"))
        self.write("broken.csv", "time,network\n")
        self.assertEqual(self.run_it("score", TOWN).code, 0)
        self.assertEqual(self.run_it("score", "broken.csv").code, 1)
        self.assertEqual(self.run_it("score", "--bogus").code, 2)
        self.assertEqual(self.run_it("why", "forum:hazel", "log.csv").code, 3)

    def test_why_for_somebody_unknown(self):
        self.fails("why", "forum:nobody", TOWN, naming="forum:nobody does not appear in this log", code=3)

    def test_why_below_the_floor(self):
        answer = self.succeeds("why", "codehub:nico", TOWN, *TOWN_AS_OF, code=3)
        self.assertIn("not enough data: 2 people engaged in the last 180 days, and a score needs 3", answer.out)
        self.assertEqual(answer.err, "")

    def test_nobody_was_engaged_with(self):
        answer = self.succeeds("score", TOWN, "--as-of", "2020-01-01", "--out", "scores.csv", code=3)
        self.assertIn("nobody was engaged with", answer.err.splitlines()[-1])
        self.assertEqual(self.csv_rows("scores.csv"), [])

    def test_version_and_help(self):
        version = (SOURCE / "VERSION").read_text(encoding="utf-8").strip()
        self.assertEqual(self.succeeds("--version").out, f"renown {version}\n")
        for command in ([], ["score"], ["why"], ["import"], ["export"], ["erase"]):
            answer = self.succeeds(*command, "--help")
            self.assertEqual(answer.err, "")
            self.assertIn("renown", answer.out)
            self.assertIn("--help", answer.out)
        for command in ("score", "why", "import"):
            self.assertIn("Examples:", self.succeeds(command, "--help").out)
        self.assertEqual(self.succeeds("score", "--help").out, self.succeeds("score", TOWN, "--help").out)


class OnATerminal(Case):
    def test_no_escapes_where_there_is_no_terminal(self):
        for arguments in (SCORE, WHY, [*SCORE, *TOWN_LISTS], ["score", "missing.csv"]):
            answer = self.run_it(*arguments, env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"})
            self.assertNotIn(ESCAPE, answer.out + answer.err)

    def test_colour_on_a_terminal(self):
        for arguments in (SCORE, WHY):
            self.assertIn(ESCAPE + "1m", on_terminal(arguments)[1])
        self.assertIn(ESCAPE + "31m", on_terminal(["score", "missing.csv"])[1])

    def test_no_colour_where_the_user_wants_none(self):
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            for arguments in (SCORE, WHY, ["score", "missing.csv"]):
                code, text = on_terminal(arguments, **variables)
                self.assertNotIn("m", "".join(part[:4] for part in text.split(ESCAPE)[1:]), variables)
        self.assertIn(
            ESCAPE + "1m", on_terminal(SCORE, NO_COLOR="")[1], "an empty NO_COLOR says nothing (no-color.org)"
        )

    def test_json_is_plain_even_on_a_terminal(self):
        with open(os.devnull, "wb") as nowhere:
            code, text = on_terminal([*SCORE, "--json"], stderr=nowhere)
        self.assertEqual(len(json.loads(text)["scores"]), 20)

    def test_the_table_fits_the_terminal(self):
        for width in (40, 60, 80, 100, 120, 200):
            code, text = on_terminal(
                [*SCORE, *TOWN_LISTS, "--top", "0"], columns=width, stderr=subprocess.DEVNULL, NO_COLOR="1"
            )
            widest = max(columns_taken(line) for line in text.splitlines()[2:])
            self.assertLessEqual(widest, width)
            self.assertIn("score", text)

    def test_progress_on_a_terminal_alone(self):
        for terminal in (True, False):
            os.mkfifo(self.folder / f"pipe{terminal}")
            feeder = threading.Thread(target=self.feed_slowly, args=[self.folder / f"pipe{terminal}"])
            feeder.start()
            arguments = ["score", self.folder / f"pipe{terminal}"]
            text = on_terminal(arguments, stdout=subprocess.DEVNULL)[1] if terminal else self.succeeds(*arguments).err
            feeder.join()
            self.assertEqual("\r\x1b[2K" in text, terminal)
            self.assertEqual("MB/s" in text or "kB/s" in text, terminal)
            if terminal:
                shown = text.split("\r\x1b[2K")
                self.assertTrue(shown[-1].startswith("\x1b[1mRead"), "the bar is taken off before other text follows")

    def test_progress_fits_the_terminal(self):
        self.write(
            "a-log-with-a-rather-long-name.csv",
            HEADER + crowd("hazel", 1000, time="2015-01-01T00:00:00Z", post="p" * 60) * 2000,
        )
        for width in (40, 60, 80):
            arguments = ["score", self.folder / "a-log-with-a-rather-long-name.csv"]
            text = on_terminal(arguments, columns=width, stdout=subprocess.DEVNULL, NO_COLOR="1")[1]
            frames = text.split("\r\x1b[2K")[1:-1]
            self.assertTrue(frames, "there was progress to show")
            self.assertTrue(frames[0].startswith("reading a-l"))
            self.assertLess(
                max(map(columns_taken, frames)), width, "a full line would wrap, and the next could not take it off"
            )

    @staticmethod
    def feed_slowly(path):
        """Two megabytes over a second."""
        block = crowd("hazel", 1000, time="2015-01-01T00:00:00Z")
        with open(path, "w", encoding="utf-8") as pipe:
            pipe.write(HEADER)
            for _ in range(40):
                pipe.write(block)
                pipe.flush()
                time.sleep(0.025)


if __name__ == "__main__":
    unittest.main()
