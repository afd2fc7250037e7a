"""Bad input and wrong arguments: the exit code, one clear line that names what is wrong, and nothing half-done."""

import gzip
import os
import time
import unittest

from vocabulary import HEADER, TOWN, TOWN_AS_OF, Case, crowd, like, read_position, wait_until, zstd

GOOD = like("ada", "hazel", "2015-01-01T00:00:00Z")


class NotALog(Case):
    """What cannot be read at all: exit 1, or 3 where it is a log but there is nothing in it."""

    def refused(self, name, naming, code=1, also=()):
        self.fails("score", name, *also, naming=naming, code=code)

    def test_empty_file(self):
        self.write("empty.csv", "")
        self.refused("empty.csv", "empty.csv is empty")

    def test_folder(self):
        (self.folder / "logs").mkdir()
        self.refused("logs", "logs is a folder")

    def test_truncated_gzip(self):
        self.write("cut.csv", gzip.compress(TOWN.read_bytes())[:20_000])
        self.refused("cut.csv", "cut.csv is cut off")

    def test_truncated_zstd(self):
        self.write("cut.csv", zstd(TOWN.read_bytes())[:20_000])
        self.refused("cut.csv", "cut.csv is cut off")

    def test_gzip_with_a_flipped_byte(self):
        data = bytearray(gzip.compress(TOWN.read_bytes()))
        data[len(data) // 2] ^= 0x55
        self.write("flipped.csv", bytes(data))
        self.refused("flipped.csv", "flipped.csv")

    def test_missing_column(self):
        self.write("log.csv", "time,network,kind,actor\n1,forum,like,ada\n")
        self.refused("log.csv", "log.csv has no column 'target'")

    def test_header_alone(self):
        self.log()
        self.refused("log.csv", "no interaction", code=3)

    def test_only_bad_records_names_the_first(self):
        self.log(like("ada", "hazel", "yesterday"), like("bob", "hazel", "-5"))
        self.refused("log.csv", "none of its 2 records can be used; log.csv:2: time 'yesterday'")

    def test_only_rows_of_the_future(self):
        self.log(like("ada", "hazel", "9999-01-01T00:00:00Z"))
        self.refused("log.csv", "no interaction up to now", code=3)

    def test_missing_file(self):
        self.refused("missing.csv", "missing.csv does not exist")

    def test_pattern_without_a_match(self):
        self.refused("*.csv.gz", "no file matches *.csv.gz")

    def test_no_format_that_is_known(self):
        self.write("prose.txt", "It was a dark and stormy night.\n")
        self.refused("prose.txt", "prose.txt is in no format that Renown knows")

    def test_a_binary(self):
        self.refused("/bin/ls", "/bin/ls is in no format")

    def test_a_named_format_that_does_not_fit(self):
        self.refused(TOWN, "is not a Higgs activity log", also=["--input-format", "higgs"])

    def test_twenty_megabytes_on_the_only_line(self):
        self.write("long.txt", "x" * 20_000_000)
        self.refused("long.txt", "long.txt is in no format")

    def test_no_permission(self):
        self.log(GOOD)
        (self.folder / "log.csv").chmod(0)
        if os.geteuid() == 0:  # root may read everything, save some files of the kernel
            self.refused("/proc/1/mem", "/proc/1/mem cannot be opened")
        else:
            self.refused("log.csv", "log.csv cannot be opened: you have no permission")

    def test_one_bad_log_among_good_ones(self):
        self.log(GOOD)
        self.fails("score", "log.csv", "missing.csv", naming="missing.csv does not exist")
        self.fails("import", "log.csv", "missing.csv", "--data", "data", naming="missing.csv does not exist")
        self.assertEqual(self.files(), ["log.csv"], "no data folder is made for nothing")

    def test_standard_input_that_is_empty_or_closed(self):
        self.fails("score", "-", naming="standard input is empty")
        self.fails("score", "-", naming="standard input", before=["sh", "-c", 'exec "$@" <&-', "sh"])


class BadRecords(Case):
    """Bad records among good ones: counted, shown with their place, and --strict stops at the first."""

    def check(self, place, good=1, bad=1, name="log.csv"):
        answer = self.succeeds("score", name, "--json")
        read = answer.json()["read"]
        self.assertEqual((read["interactions"], read["bad"]), (good, bad))
        self.assertIn(f"bad record: {place}", answer.err)
        self.fails("score", name, "--strict", naming=place)

    def test_absurd_times(self):
        times = ["-5", "99999999999999", "1420070400000", "yesterday", "2015-02-30T00:00:00Z", "", "1e9", "0x10"]
        self.log(GOOD, *(like("bob", "hazel", time) for time in times))
        self.check("log.csv:3: time -5 is before 1970", bad=len(times))

    def test_milliseconds_are_recognised(self):
        self.log(GOOD, like("bob", "hazel", "1420070400000"))
        self.check("log.csv:3: time 1420070400000 is after the year 9999; if these are milliseconds, divide by 1000")

    def test_ten_megabytes_in_one_field(self):
        self.log(GOOD, like("bob", "hazel", "2015-01-01T00:00:00Z", post="x" * 10_000_000), GOOD.replace("ada", "cat"))
        self.check("log.csv:3: post is longer", good=2)

    def test_twenty_megabytes_on_one_line(self):
        self.log(GOOD, like("bob", "hazel", "2015-01-01T00:00:00Z", post="x" * 20_000_000), GOOD.replace("ada", "cat"))
        self.check("log.csv:3: the line is longer", good=2)

    def test_nul_byte(self):
        self.log(GOOD, like("b\0b", "hazel"))
        self.check("log.csv:3: actor holds a NUL byte")

    def test_broken_utf8(self):
        self.write("log.csv", (HEADER + GOOD).encode() + GOOD.encode().replace(b"ada", b"\xff\xfe"))
        self.check("log.csv:3: actor is not UTF-8")

    def test_unknown_kind(self):
        self.log(GOOD, like("bob", "hazel", kind="applaud"))
        self.check("log.csv:3:")

    def test_truncated_last_line(self):
        self.write("log.csv", HEADER + GOOD + GOOD[:30])
        self.check("log.csv:3: the last line is cut off")

    def test_truncated_last_line_of_json(self):
        self.write(
            "log.ndjson", '{"time":1,"network":"forum","kind":"like","actor":"ada","target":"hazel"}\n{"time":2,"netw'
        )
        self.check("log.ndjson:2: the last line is cut off", name="log.ndjson")

    def test_only_the_first_few_are_shown(self):
        self.log(GOOD, *[like("bob", "hazel", "never")] * 1000)
        err = self.succeeds("score", "log.csv").err
        self.assertEqual(err.count("bad record: "), 5)
        self.assertIn("and 995 more", err)

    def test_crlf_byte_order_mark_and_no_last_line_end_are_no_trouble(self):
        text = (HEADER + GOOD + like("bob", "hazel")).replace("\n", "\r\n")
        self.write("log.csv", b"\xef\xbb\xbf" + text.encode()[:-2])
        self.assertEqual(
            self.succeeds("score", "log.csv", "--json").json()["read"],
            {"records": 2, "interactions": 2, "bad": 0, "left_out": {}, "first_bad": []},
        )

    def test_rows_of_the_future_are_counted(self):
        self.log(GOOD, like("bob", "hazel", "2015-06-01T00:00:00Z"))
        answer = self.succeeds("score", "log.csv", "--as-of", "2015-03-01", "--json")
        self.assertEqual((answer.json()["rows"]["future"], answer.json()["rows"]["acts"]), (1, 1))
        self.assertIn("at or after the time of the score", answer.err)


class ChangingFiles(Case):
    """A log that is written while it is read: what was there is scored, and the change is said."""

    def big_log(self):
        path = self.log(crowd("hazel", 100, time="2015-01-01T00:00:00Z", post="p" * 40) * 12_000)  # about 100 MB
        return path, path.stat().st_size

    def score_while(self, change):
        path, _ = self.big_log()
        process = self.start("score", "log.csv", "--json")
        wait_until(
            lambda: process.poll() is not None or read_position(process, path) > 1_000_000, "the reading to begin"
        )
        change(path, process)
        answer = self.finish(process)
        self.assertEqual(answer.code, 0, answer.err)
        self.assertIn("log.csv changed while it was read", answer.err)
        self.assertLess(answer.json()["read"]["bad"], 2)
        return answer

    def test_a_log_that_grows(self):
        def append(path, process):
            while process.poll() is None:
                with open(path, "a", encoding="utf-8") as file:
                    file.write(like("late", "hazel", "2015-01-01T00:00:00Z"))
                time.sleep(0.001)

        self.assertEqual(self.score_while(append).json()["scores"][0]["account"], "hazel")

    def test_a_log_that_is_cut_off(self):
        answer = self.score_while(lambda path, process: os.truncate(path, 1000))
        self.assertLess(answer.json()["read"]["records"], 1_200_000)

    def test_a_log_that_is_removed(self):
        self.score_while(lambda path, process: path.unlink())

    def test_a_pipe_that_ends_in_the_middle_of_a_line(self):
        os.mkfifo(self.folder / "pipe")
        process = self.start("score", "pipe", "--json")
        with open(self.folder / "pipe", "w", encoding="utf-8") as pipe:
            pipe.write(HEADER + GOOD + GOOD[:20])
        self.assertEqual(self.finish(process).json()["read"]["bad"], 1)


class Arguments(Case):
    """Wrong arguments: exit 2 before anything is read, or 1 where a file is at fault."""

    def usage(self, *arguments, naming, code=2):
        self.fails(*arguments, naming=naming, code=code)

    def test_commands_and_options(self):
        self.usage(naming="name a command: score, why")
        self.usage("scor", naming="there is no command 'scor'")
        self.usage("--bogus", naming="there is no option --bogus")
        self.usage("score", TOWN, "--bogus", naming="there is no option --bogus; see renown score --help")
        self.usage("score", TOWN, "--top", naming="--top needs a value")
        self.usage("score", TOWN, "--top", "1", "--top", "2", naming="--top is given more than once")
        self.usage("erase", "forum:ada", "forum:bob", naming="one argument too many: forum:bob")
        self.usage("export", naming="--out is required")

    def test_numbers(self):
        for wrong in ("0", "-1", "x", "1.5", "", "99999999999999999999999"):
            self.usage("score", TOWN, "--threads", wrong, naming="--threads")
        for wrong in ("-1", "x", "1e3"):
            self.usage("score", TOWN, "--top", wrong, naming="--top")
        for wrong in ("0", "-1", "x", "nan", "inf", "1e300"):
            self.usage("score", TOWN, "--half-life-days", wrong, naming="--half-life-days")
        for wrong in ("0", "-1", "x", "nan", "1.01"):
            self.usage("score", TOWN, "--verified-share", wrong, naming="--verified-share")
        for wrong in ("0", "5X", "-1", "G", "99999999999G"):
            self.usage("score", TOWN, "--memory", wrong, naming="--memory")

    def test_times(self):
        for wrong in ("never", "-5", "2015-02-30"):
            self.usage("score", TOWN, "--as-of", wrong, naming="--as-of")
        for wrong in ("7", "0d", "-3d", "soon", "9999-01-01", "999999d", "99999999999999999999d"):
            self.usage("why", "forum:hazel", TOWN, *TOWN_AS_OF, "--since", wrong, naming=f"--since {wrong}")

    def test_accounts(self):
        for wrong in ("hazel", ":hazel", "forum:", "", ":"):
            self.usage("why", wrong, TOWN, naming=f"'{wrong}' is not an account")
            self.usage("erase", wrong, naming=f"'{wrong}' is not an account")

    def test_standard_input_twice(self):
        self.usage("score", "-", "-", naming="standard input (-) can be read only once")

    def test_logs_and_a_data_folder_at_once(self):
        self.usage("score", TOWN, "--data", "data", naming="not both")

    def test_neither_logs_nor_a_data_folder(self):
        home = {"HOME": str(self.folder), "PATH": os.environ["PATH"]}
        self.fails("score", naming="name a LOG to read", code=2, env=home)
        self.fails("export", "--out", "out", naming="there is no data folder", env=home)
        for command in (["score"], ["import", TOWN], ["export", "--out", "out"], ["erase", "forum:hazel"]):
            self.fails(*command, naming="name the data folder with --data", code=2, env={"PATH": os.environ["PATH"]})

    def test_a_data_folder_that_is_none(self):
        self.usage("score", "--data", "missing", naming="there is no data folder missing", code=1)
        (self.folder / "empty").mkdir()
        self.usage("score", "--data", "empty", naming="empty", code=1)
        self.usage("import", TOWN, "--data", self.log(GOOD), naming="log.csv is not a folder", code=1)
        self.usage("import", TOWN, "--data", self.folder, naming="is not empty and no data folder", code=1)

    def test_input_format(self):
        for command in (["score"], ["why", "forum:hazel"], ["import"]):
            self.usage(*command, TOWN, "--input-format", "morse", naming="--input-format morse")

    def test_models(self):
        self.usage("score", TOWN, "--model", "renown-9", naming="--model renown-9")
        for text in ("", "not = toml = at all", 'name = "empty"\n'):
            self.write("model.toml", text)
            self.usage("score", TOWN, "--model", "model.toml", naming="model.toml", code=1)
        self.usage("score", TOWN, "--model", self.folder, naming="is a folder", code=1)

    def test_lists(self):
        for option in ("--verified", "--people"):
            self.usage("score", TOWN, option, "missing.csv", naming="missing.csv does not exist", code=1)
            for text in ("", "who\nada\n", "network,account\nforum\n", "person,network,account\nAda,forum\n"):
                self.write("list.csv", text)
                self.usage("score", TOWN, option, "list.csv", naming="list.csv", code=1)
        self.write("list.csv", "person,network,account\nAda,forum,ada\nBob,forum,ada\n")
        self.usage("score", TOWN, "--people", "list.csv", naming="list.csv:3", code=1)
        self.usage("why", "forum:hazel", TOWN, "--verified-then", "list.csv", naming="need --since")


class Outputs(Case):
    """Where nothing can be written: one line, and an old file stays as it was, to the byte."""

    def refused(self, out, naming, code=1):
        for option in ("--out", "--ledger"):
            self.fails("score", TOWN, option, out, naming=naming, code=code)

    def test_wrong_ending(self):
        for name in ("scores.txt", "scores", "scores.CSV", ".csv.gz", "-"):
            self.refused(name, f"'{name}' must end in .csv, .json or .parquet", code=2)

    def test_no_such_folder(self):
        self.refused("missing/scores.csv", "there is no folder missing")

    def test_a_folder_of_that_name(self):
        (self.folder / "scores.csv").mkdir()
        self.refused("scores.csv", "scores.csv cannot be written: it is a folder")

    def test_a_file_where_a_folder_should_be(self):
        self.log(GOOD)
        self.refused("log.csv/scores.csv", "log.csv")

    def test_an_input_is_never_overwritten(self):
        self.log(GOOD)
        before = self.read("log.csv")
        self.fails("score", "log.csv", "--out", f"{self.folder}/./log.csv", naming="is read by this run", code=2)
        self.fails("score", "log.csv", "--out", "a.csv", "--ledger", "./a.csv", naming="the same file", code=2)
        self.assertEqual(self.read("log.csv"), before)
        self.assertEqual(self.files(), ["log.csv"])

    def test_a_bad_run_leaves_the_old_files(self):
        for name in ("scores.csv", "scores.csv.lock", "ledger.csv"):
            self.write(name, "old")
        self.write("log.csv", gzip.compress(TOWN.read_bytes())[:20_000])
        self.fails("score", "log.csv", "--out", "scores.csv", "--ledger", "ledger.csv", naming="log.csv is cut off")
        self.assertEqual([self.read(name) for name in ("scores.csv", "scores.csv.lock", "ledger.csv")], [b"old"] * 3)
        self.assertEqual(self.files(), ["ledger.csv", "log.csv", "scores.csv", "scores.csv.lock"])

    def test_permissions_and_links_of_an_old_file_are_kept(self):
        for ending in ("csv", "json", "parquet"):
            self.write(f"real.{ending}", "old").chmod(0o640)
            (self.folder / f"link.{ending}").symlink_to(f"real.{ending}")
            self.succeeds("score", TOWN, "--out", f"link.{ending}")
            self.assertTrue((self.folder / f"link.{ending}").is_symlink())
            self.assertNotEqual(self.read(f"real.{ending}"), b"old")
            self.assertEqual((self.folder / f"real.{ending}").stat().st_mode & 0o777, 0o640)

    def test_standard_output_that_is_full_or_closed(self):
        self.log(GOOD)
        for ending in ("> /dev/full", ">&-"):
            answer = self.run_it("score", "log.csv", before=["sh", "-c", f'exec "$@" {ending}', "sh"])
            self.assertEqual(answer.code, 1)
            self.assertIn("renown: standard output cannot be written", answer.err)

    def test_closed_streams_do_no_harm_to_a_database(self):
        self.log(GOOD, like("bob", "hazel", "never"))
        self.run_it(
            "import", "log.csv", "--data", "data", "--acknowledge", before=["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]
        )
        self.assertEqual(self.succeeds("score", "--data", "data", "--json").json()["rows"]["read"], 1)


if __name__ == "__main__":
    unittest.main()
