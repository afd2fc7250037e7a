"""renown generate: invented logs of any size, whole or not at all, the same for the same seed."""

import collections
import unittest

from vocabulary import Case, environment, interrupt, wait_until

SIZE = 60000
WORLD = ["generate", "--events", str(SIZE), "--people", "5000", "--days", "20"]  # from 2024-01-01 on
ENOUGH = ["--max-bytes", "100M"]


class Generate(Case):
    def made(self, *options, name="log.csv"):
        self.succeeds(*WORLD, *ENOUGH, "--out", name, *options)
        return self.read(name)

    OPTIONS = ([], ["--stationary"], ["--farms", "1"], ["--pods", "2"], ["--bots", "2"], ["--dirty", "0.1"])

    def test_every_option_writes_the_same_bytes_for_any_number_of_threads(self):
        together = ["--stationary", "--farms", "1", "--pods", "1", "--bots", "1", "--dirty", "0.2"]
        seen = set()
        for option in (*self.OPTIONS, together):
            written = []
            for threads in ("1", "2", "3"):
                self.made(*option, "--threads", threads, "--truth", f"truth{threads}.csv", name=f"log{threads}.csv")
                written.append((self.read(f"log{threads}.csv"), self.read(f"truth{threads}.csv")))
            self.assertEqual(written[0], written[1], option)
            self.assertEqual(written[0], written[2], option)
            seen.add(written[0])
        self.assertEqual(len(seen), len(self.OPTIONS) + 1, "every option makes a difference")

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
            self.assertEqual(len(times), SIZE)
            self.assertEqual(times, sorted(times))
            self.assertGreaterEqual(times[0], 1704067200)
            self.assertLess(times[-1], 1704067200 + 20 * 86400)

    def test_another_seed_is_another_world(self):
        self.assertNotEqual(self.made("--seed", "1"), self.made("--seed", "2"))
        self.assertEqual(self.made(), self.made("--seed", "1"))

    def test_json_says_what_was_written(self):
        answer = self.succeeds(*WORLD, *ENOUGH, "--out", "log.csv", "--json").json()
        self.assertEqual(answer["events"], SIZE)
        self.assertEqual(answer["size_bytes"], len(self.read("log.csv")))
        self.assertEqual(answer["start"], "2024-01-01T00:00:00Z")

    def test_the_truth_names_who_was_planted(self):
        self.made("--farms", "1", "--pods", "2", "--bots", "3", "--truth", "truth.csv")
        truth = self.csv_rows("truth.csv")
        groups = collections.Counter((row["role"], row["group"]) for row in truth)
        self.assertEqual({row["network"] for row in truth}, {"invented"})
        self.assertEqual(
            set(groups),
            {("farm", "farm-1"), ("customer", "farm-1"), ("pod", "pod-1"), ("pod", "pod-2")}
            | {("bot", f"bot-{i}") for i in (1, 2, 3)},
        )
        self.assertTrue(20 <= groups["farm", "farm-1"] <= 200, groups)
        self.assertTrue(6 <= groups["customer", "farm-1"] <= 30, groups)
        self.assertTrue(10 <= groups["pod", "pod-1"] <= 30, groups)
        self.assertEqual(groups["bot", "bot-1"], 1)
        active = {row["actor"] for row in self.csv_rows("log.csv")}
        planted = [row["account"] for row in truth if row["role"] != "customer"]
        self.assertEqual(len(set(planted)), len(planted))
        self.assertLessEqual(set(planted), active)

    def test_without_anything_planted_the_truth_is_a_header(self):
        self.made("--truth", "truth.csv")
        self.assertEqual(self.read("truth.csv"), b"network,account,role,group\n")

    def test_planted_farms_are_found_and_nobody_else(self):
        world = ["--events", "400000", "--people", "50000", "--days", "60"]
        for seed in ("3", "4"):
            plant = ["--seed", seed, "--farms", "5", "--pods", "5", "--bots", "3", "--truth", "truth.csv"]
            self.succeeds("generate", *world, *ENOUGH, *plant, "--out", "log.csv")
            self.succeeds("score", "log.csv", "--farms", "found.csv")
            planted = {row["account"] for row in self.csv_rows("truth.csv") if row["role"] == "farm"}
            found = {row["account"] for row in self.csv_rows("found.csv")}
            self.assertGreaterEqual(len(planted), 100)
            self.assertGreaterEqual(len(planted & found) / len(planted), 0.95, "recall")
            self.assertGreaterEqual(len(planted & found) / len(found), 0.99, "precision")

    def test_dirty_rows_are_as_many_of_each_kind_as_the_page_says(self):
        self.made("--dirty", "0.1", "--truth", "truth.csv")
        rows = self.csv_rows("log.csv")
        self.assertEqual(len(rows), SIZE, "faults are among the rows, not beside them")
        lines = [tuple(row.values()) for row in rows]
        kinds = collections.defaultdict(set)
        for row in rows:
            kinds[row["actor"], row["target"], row["time"], row["id"]].add(row["kind"])
        repeats = len(lines) - len(set(lines))
        twins = sum(found == {"reply", "mention"} for found in kinds.values())
        own = sum(row["actor"] == row["target"] for row in rows)
        undos = [row for row in rows if row["kind"] == "undo"]
        newest, late = 0, 0
        for row in rows:
            late += int(row["time"]) + 60 <= newest
            newest = max(newest, int(row["time"]))
        for what, count, share in (
            ("twins", twins, 0.25),
            ("own acts", own, 0.20),
            ("repeats", repeats, 0.25),
            ("undos", len(undos), 0.10),
        ):
            self.assertAlmostEqual(count / (SIZE / 10), share, delta=0.04, msg=what)
        # A repeat comes late as well.
        self.assertGreater(late / (SIZE / 10), 0.20)
        self.assertLess(late / (SIZE / 10), 0.50)
        by_id = [row for row in undos if row["id"]]
        self.assertAlmostEqual(len(by_id) / len(undos), 0.5, delta=0.1)
        self.assertTrue(all(row["target"] and row["post"] for row in undos if not row["id"]))

    def test_every_undo_withdraws_something(self):
        self.made("--dirty", "0.1")
        rows = self.csv_rows("log.csv")
        by_id = collections.defaultdict(list)
        by_post = collections.defaultdict(list)
        for row in rows:
            if row["kind"] != "undo":
                by_id[row["actor"], row["id"]].append(int(row["time"]))
                by_post[row["actor"], row["target"], row["post"]].append(int(row["time"]))
        for row in rows:
            if row["kind"] == "undo":
                withdrawn = by_id[row["actor"], row["id"]] or by_post[row["actor"], row["target"], row["post"]]
                self.assertLessEqual(min(withdrawn), int(row["time"]), row)

    def test_renamed_accounts_act_under_one_handle_at_a_time(self):
        self.made("--dirty", "0.1", "--truth", "truth.csv")
        renamed = {row["account"]: row["group"] for row in self.csv_rows("truth.csv") if row["role"] == "renamed"}
        self.assertAlmostEqual(len(renamed) / 5000, 0.1, delta=0.02)
        last, first = {}, {}
        for row in self.csv_rows("log.csv"):
            if row["kind"] == "undo":  # names the account as it was when it acted
                continue
            time = int(row["time"])
            for account in (row["actor"], row["target"]):
                last[account] = max(time, last.get(account, 0))
                first[account] = min(time, first.get(account, time))
        self.assertLessEqual({name for name in first if name.startswith("v")}, set(renamed))
        both = [(old, new) for new, old in renamed.items() if new in first and old in last]
        self.assertGreater(len(both), 50)
        for old, new in both:
            self.assertLess(last[old], first[new])

    def test_into_a_data_folder_is_what_the_file_imports(self):
        dirty = ["--dirty", "0.05", "--farms", "1"]
        self.made(*dirty)
        answer = self.succeeds(*WORLD, *ENOUGH, *dirty, "--data", "data", "--truth", "truth.csv", "--json").json()
        self.assertEqual(answer["events"], SIZE)
        self.assertEqual(answer["data"], "data")
        self.assertGreater(answer["planted_events"], 0)
        self.assertTrue(self.read("truth.csv").startswith(b"network,account,role,group\n"))
        self.succeeds("import", "log.csv", "--data", "imported")
        scores = ["--as-of", "2024-01-21", "--out", "scores.csv"]
        self.succeeds("score", "--data", "data", *scores)
        wanted = self.read("scores.csv")
        self.succeeds("score", "--data", "imported", *scores)
        self.assertEqual(self.read("scores.csv"), wanted)
        again = self.succeeds("import", "log.csv", "--data", "data", "--json").json()
        self.assertEqual(again["added"], 0)

    def test_an_import_that_would_be_too_large_is_refused_before_it_begins(self):
        into = ["--data", "data"]
        self.fails(*WORLD, *into, "--max-bytes", "1M", naming="more than the 1048576 allowed")
        self.fails(*WORLD, *into, naming="--max-bytes is required", code=2)
        self.fails(*WORLD, *into, *ENOUGH, "--out", "log.csv", naming="--out", code=2)
        enormous = ["generate", "--events", "1000000000000", "--people", "5000", "--days", "20"]
        self.fails(*enormous, *into, "--max-bytes", "1000000G", naming="the disk has room for")
        self.fails(*enormous, "--out", "log.csv", "--max-bytes", "1000000G", naming="the disk has room for")
        self.assertEqual(self.files(), [])

    def test_stopped_on_the_way_it_leaves_nothing_but_what_is_committed(self):
        large = ["generate", "--events", "30000000", "--people", "5000", "--days", "20", "--max-bytes", "4G"]
        for ending in ("csv", "parquet"):
            with self.subTest(ending=ending):
                process = self.start(*large, "--dirty", "0.1", "--truth", "truth.csv", "--out", f"log.{ending}")
                wait_until(lambda: any(file.stat().st_size for file in self.folder.iterdir()), "the writing to begin")
                self.assertEqual(interrupt(process).code, -2)
                self.assertEqual(self.files(), [])
        process = self.start(*large, "--data", "data")
        wait_until(lambda: (self.folder / "data").exists(), "the import to begin")
        self.assertEqual(interrupt(process).code, -2)
        self.succeeds("import", self.log("1704067200,n,like,a,b,,,\n"), "--data", "data")

    def test_the_truth_counts_and_is_whole_or_not_there(self):
        truth = ["--farms", "1", "--truth", "truth.csv", "--out", "log.csv"]
        self.fails(*WORLD, *truth, "--max-bytes", "100", naming="truth.csv would take more")
        self.fails(*WORLD, *truth, "--max-bytes", "500K", naming="allowed")
        self.fails(*WORLD, *ENOUGH, "--truth", "nowhere/truth.csv", "--out", "log.csv", naming="nowhere")
        self.assertEqual(self.files(), [])

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
        self.fails(*WORLD, *ENOUGH, *out, "--farms", "1000", naming="the farms, pods and bots asked for", code=2)
        self.fails(*WORLD, *ENOUGH, *out, "--dirty", "0.6", naming="--dirty", code=2)
        self.fails(*WORLD, *ENOUGH, *out, "--dirty", "nan", naming="dirty", code=2)
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
