"""The real data sets in RENOWN_DATA: read without trouble, every row accounted for, and a sensible table."""

import unittest

from vocabulary import Case, real_data


class RealData(Case):
    def score(self, path, *more):
        answer = self.succeeds("score", path, "--json", "--top", "0", *more)
        self.result = answer.json()
        self.check_sums()
        return self.result

    def check_sums(self):
        read, rows, scores = self.result["read"], self.result["rows"], self.result["scores"]
        print(f"read {read['records']}, bad {read['bad']}, left out {read['left_out']}, rows {rows}")
        self.assertEqual(read["bad"], 0)
        self.assertEqual(rows["read"], read["interactions"])
        dropped = sum(count for reason, count in rows.items() if reason not in ("read", "acts"))
        self.assertEqual(rows["acts"] + dropped, rows["read"], "every row counts or was dropped for one reason")
        self.assertEqual(sum(row["interactions"] for row in scores), rows["acts"], "every act stands in one card")
        self.assertEqual([row["raw"] for row in scores], sorted((row["raw"] for row in scores), reverse=True))
        for row in scores:
            self.assertEqual(row["score"] is None, row["reach"] < 3)
            if row["score"] is not None:
                self.assertTrue(1 <= row["score_low"] <= row["score"] <= row["score_high"] <= 100, row)

    def top(self, count):
        return [f"{row['network']}:{row['account']}" for row in self.result["scores"][:count]]

    def test_higgs(self):
        result = self.score(real_data("higgs") / "higgs-activity-days-1-5.txt.gz")
        self.assertEqual((result["read"]["records"], result["read"]["interactions"]), (508_844, 508_844))
        self.assertEqual(result["rows"]["own"], 6_274)
        self.assertEqual(self.top(2), ["twitter:88", "twitter:677"])
        self.assertAlmostEqual(result["scores"][0]["score"], 70.4, delta=0.1)
        self.assertEqual(result["scores"][0]["percentile"], 100.0)

    def test_github_hour(self):
        result = self.score(real_data("gharchive") / "2015-01-01-0.json.gz")
        left_out = sum(result["read"]["left_out"].values())
        self.assertEqual(result["read"]["records"], 7_702)
        self.assertEqual(
            result["read"]["records"], left_out + result["read"]["interactions"], "an event is one row or left out"
        )
        self.assertIn("github:google", self.top(5))
        self.assertEqual(result["as_of"][:10], "2015-01-01")

    def test_stack_exchange(self):
        result = self.score(real_data("stackexchange"))
        self.assertEqual(result["read"]["left_out"]["vote without a voter"], 5_513)
        self.assertLess(sum(result["read"]["left_out"].values()), result["read"]["records"])
        busiest = max(result["scores"], key=lambda row: row["interactions"])
        self.assertGreater(busiest["interactions"], 100)

    def test_github_hour_by_its_name_and_by_a_pattern_and_by_a_pipe(self):
        path = real_data("gharchive") / "2015-01-01-0.json.gz"
        wanted = self.score_file(path)
        self.assertEqual(self.score_file(path.parent / "*.gz"), wanted)
        self.assertEqual(self.score_file("-", stdin=path.read_bytes()), wanted)
        self.assertEqual(self.score_file(path, "--input-format", "gharchive"), wanted)
        self.fails("score", path, "--input-format", "higgs", naming="Higgs")

    def test_all_three_in_one_run(self):
        paths = [
            real_data("higgs") / "higgs-activity-days-1-5.txt.gz",
            real_data("gharchive") / "2015-01-01-0.json.gz",
            real_data("stackexchange"),
        ]
        result = self.succeeds("score", *paths, "--json", "--top", "3").json()
        self.assertEqual(result["read"]["records"], 508_844 + 7_702 + 9_565)


if __name__ == "__main__":
    unittest.main()
