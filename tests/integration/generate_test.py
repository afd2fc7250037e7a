"""renown generate: invented logs of any size, whole or not at all, the same for the same seed."""

import unittest

from vocabulary import Case, environment

WORLD = ["generate", "--events", "30000", "--people", "5000", "--days", "20"]  # from 2024-01-01 on
ENOUGH = ["--max-bytes", "100M"]


class Generate(Case):
    def made(self, *options, name="log.csv"):
        self.succeeds(*WORLD, *ENOUGH, "--out", name, *options)
        return self.read(name)

    def test_the_same_bytes_for_any_number_of_threads_and_any_locale(self):
        for ending in ("csv", "ndjson", "parquet"):
            one = self.made("--threads", "1", name=f"one.{ending}")
            self.assertEqual(one, self.made("--threads", "2", name=f"two.{ending}"), ending)
        self.succeeds(*WORLD, *ENOUGH, "--out", "three.csv", env=environment(LC_ALL="de_DE.UTF-8", TZ="Asia/Kathmandu"))
        self.assertEqual(self.read("one.csv"), self.read("three.csv"))

    def test_standard_output_is_the_csv_file(self):
        answer = self.succeeds(*WORLD, *ENOUGH)
        self.assertEqual(answer.out_bytes, self.made())

    def test_every_format_scores_the_same(self):
        wanted = None
        for ending in ("csv", "ndjson", "parquet"):
            self.made(name=f"log.{ending}")
            scores = self.score_file(f"log.{ending}")
            self.assertEqual(scores, wanted or scores, ending)
            wanted = scores

    def test_rows_are_in_order_of_time_and_inside_the_days(self):
        for option in ([], ["--stationary"]):
            self.made(*option)
            times = [int(row["time"]) for row in self.csv_rows("log.csv")]
            self.assertEqual(len(times), 30000)
            self.assertEqual(times, sorted(times))
            self.assertGreaterEqual(times[0], 1704067200)
            self.assertLess(times[-1], 1704067200 + 20 * 86400)

    def test_another_seed_is_another_world(self):
        self.assertNotEqual(self.made("--seed", "1"), self.made("--seed", "2"))
        self.assertEqual(self.made(), self.made("--seed", "1"))

    def test_json_says_what_was_written(self):
        answer = self.succeeds(*WORLD, *ENOUGH, "--out", "log.csv", "--json").json()
        self.assertEqual(answer["events"], 30000)
        self.assertEqual(answer["size_bytes"], len(self.read("log.csv")))
        self.assertEqual(answer["start"], "2024-01-01T00:00:00Z")

    def test_refusals(self):
        out = ["--out", "log.csv"]
        self.fails(*WORLD, *out, naming="--max-bytes is required", code=2)
        self.fails(*WORLD, *out, "--max-bytes", "much", naming="--max-bytes much", code=2)
        self.fails(*WORLD, *out, "--max-bytes", "1M", naming="more than the 1048576 allowed")
        self.fails(*WORLD, "--max-bytes", "1M", naming="more than the 1048576 allowed")
        self.fails(*WORLD, *ENOUGH, "--out", "log.txt", naming=".ndjson", code=2)
        self.fails(*WORLD, *ENOUGH, "--out", "nowhere/log.csv", naming="nowhere")
        self.fails(*WORLD, *ENOUGH, "--json", naming="--json needs --out", code=2)
        self.fails(*WORLD, *ENOUGH, *out, "--start", "9999-12-30", naming="year 10000", code=2)
        self.fails(*WORLD, "--start", "yesterday", *ENOUGH, *out, naming="--start", code=2)
        self.fails("generate", "--events", "1", "--people", "1", "--days", "1", *ENOUGH, naming="--people", code=2)
        self.assertEqual(self.files(), [])

    def test_a_file_that_is_there_stays_when_the_new_one_is_refused(self):
        self.write("log.csv", "mine\n")
        self.fails(*WORLD, "--max-bytes", "1K", "--out", "log.csv", naming="allowed")
        self.assertEqual(self.read("log.csv"), b"mine\n")
        self.assertEqual(self.files(), ["log.csv"])


if __name__ == "__main__":
    unittest.main()
