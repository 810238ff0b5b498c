"""No run of a sweep that was finished is lost, and none is made twice: kills, full disks, damaged shards, ranks that die.

  durability.py ENTENTE --kills N
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SCENARIO = """entente: 1
title: Walkers
calendar: {ticks: 60}
parameters:
  drift: {value: 0, range: [-9, 9]}
  spread: {value: 1, range: [0, 9]}
agents:
  walker: {count: 12, fields: {x: 0}}
steps:
  - rule: walk
    on: walker
    do: ["x += drift + spread * normal()"]
measures:
  mean: "last(mean(w.x for w in walker))"
  far: "first(max(abs(w.x) for w in walker) > 20)"
"""
SWEEP = ["sweep", "walkers.yaml", "--vary", "drift=-1:1:6", "--vary", "spread=0.5:2:5"]
TABLES = ["design.csv", "runs.csv", "points.csv", "summary.json"]

asked: argparse.Namespace


class Durability(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="entente-durability-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        (self.folder / "walkers.yaml").write_text(SCENARIO)

    def sweep(self, out: str, *more: str, replicates: int = 2000) -> list[str]:
        return [asked.entente, *SWEEP, "--replicates", str(replicates), "--out", out, "--quiet", *more]

    def run_command(self, command: list[str], code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, code, f"{command}\n{done.stdout}{done.stderr}")
        return done

    def digest(self, out: str) -> str:
        manifest = json.loads((self.folder / out / "manifest.json").read_text())
        self.assertEqual(manifest["state"], "complete")
        return manifest["digest"]

    def assert_same(self, out: str, reference: str) -> None:
        self.assertEqual(self.digest(out), self.digest(reference))
        for table in TABLES:
            self.assertEqual((self.folder / out / table).read_bytes(), (self.folder / reference / table).read_bytes(), table)

    def test_a_killed_sweep_resumes_to_the_same_bytes(self) -> None:
        began = time.monotonic()
        self.run_command(self.sweep("whole"))
        seconds = time.monotonic() - began
        moments = random.Random(20211215)
        killed = 0
        for _ in range(asked.kills):
            out = f"killed-{_}"
            for attempt in range(2):  # the second kill finds a folder that was resumed before
                process = subprocess.Popen(self.sweep(out), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(moments.uniform(0, 1.05 * seconds / (1 + attempt)))
                process.kill()
                killed += process.wait() == -signal.SIGKILL
            done = self.run_command(self.sweep(out))
            self.assertEqual(done.stderr, "", "no shard was taken for damaged")
            self.assert_same(out, "whole")
            shutil.rmtree(self.folder / out)
        print(f"kills that hit a sweep at work: {killed} of {2 * asked.kills}; all of them resumed to the same bytes", flush=True)
        self.assertGreater(killed, asked.kills / 2)

    def test_an_interrupted_sweep_says_so_and_goes_on(self) -> None:
        self.run_command(self.sweep("whole", replicates=20_000))
        process = subprocess.Popen(self.sweep("stopped", "--threads", "1", replicates=20_000), cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        while not list((self.folder / "stopped").glob("shards/*.shard")):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
        self.assertEqual(process.returncode, 130, said)
        self.assertRegex(said, r"^error: interrupted: [0-9,]+ of 600,000 runs, at [0-9,]+ of [0-9,]+ points, are in 'stopped'\nhelp: run the same command to resume\n$")
        self.assertEqual(json.loads((self.folder / "stopped/manifest.json").read_text())["state"], "interrupted")
        self.run_command(self.sweep("stopped", replicates=20_000))
        self.assert_same("stopped", "whole")

    def test_a_full_disk_ends_a_sweep_and_more_room_lets_it_go_on(self) -> None:
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("no disk may be mounted")
        self.addCleanup(subprocess.run, ["umount", "-l", disk])
        self.run_command(self.sweep("whole"))
        done = self.run_command(self.sweep("disk/sweep"), code=2)
        self.assertRegex(done.stderr, r"^error: the disk that holds 'disk/sweep/?.*' is full\nhelp: free some space, or write elsewhere with --out; "
                                      r"what was there before is untouched\n$")
        self.assertTrue(list(disk.glob("sweep/shards/*.shard")))
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        self.run_command(self.sweep("disk/sweep"))
        self.assert_same("disk/sweep", "whole")

    def test_a_disk_without_room_for_more_files_is_told_from_a_full_one(self) -> None:
        disk = self.folder / "few"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "nr_inodes=4", "tmpfs", disk], stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("no disk may be mounted")
        self.addCleanup(subprocess.run, ["umount", "-l", disk])
        said = (r"^error: the disk that holds 'few/?.*' has no room for more files\nhelp: remove some of its files \(df -i counts them\), or write "
                r"elsewhere with --out; what was there before is untouched\n$")
        self.assertRegex(self.run_command(self.sweep("few/sweep"), code=2).stderr, said)
        shutil.rmtree(disk / "sweep", ignore_errors=True)
        self.assertRegex(self.run_command([asked.entente, "run", "walkers.yaml", "--runs", "2", "--quiet", "--out", "few/run"], code=2).stderr, said)

    def test_a_shard_that_was_cut_short_is_told_and_made_again(self) -> None:
        self.run_command(self.sweep("whole"))
        self.run_command(self.sweep("cut"))
        shard = sorted((self.folder / "cut/shards").iterdir())[0]
        os.truncate(shard, shard.stat().st_size // 2)
        done = self.run_command(self.sweep("cut"))
        self.assertEqual(done.stderr, f"warning: 'cut/shards/{shard.name}' is truncated or was modified: it is simulated again\n")
        self.assert_same("cut", "whole")

    def test_shares_of_the_work_join_to_the_same_bytes(self) -> None:
        self.run_command(self.sweep("whole"))
        for share in range(1, 4):
            self.run_command(self.sweep(f"share-{share}", "--shard", f"{share}/3"))
        done = self.run_command([asked.entente, "merge", "share-1", "share-3", "--out", "some", "--quiet"], code=1)
        self.assertEqual(done.stderr, "warning: 40,000 of 60,000 runs, at 20 of 30 points, are in 'some'\nhelp: run the same command without --no-runs or --shard to make the others\n")
        self.run_command([asked.entente, "merge", "share-1", "share-2", "share-3", "--out", "joined", "--quiet"])
        self.assert_same("joined", "whole")
        self.run_command(self.sweep("some"))
        self.assert_same("some", "whole")

    def test_a_share_that_was_cut_off_makes_what_is_its_own_and_no_more(self) -> None:
        for share in range(1, 4):
            self.run_command(self.sweep(f"share-{share}", "--shard", f"{share}/3"))
        shards = sorted((self.folder / "share-3/shards").iterdir())
        before = {shard.name for shard in shards}
        for shard in shards[1:]:
            shard.unlink()
        for _ in range(2):
            self.run_command(self.sweep("share-3", "--shard", "3/3"))
            self.assertEqual(json.loads((self.folder / "share-3/manifest.json").read_text())["runs"], 20_000)
        self.assertTrue(before & {shard.name for shard in (self.folder / "share-3/shards").iterdir()})
        self.run_command([asked.entente, "merge", "share-1", "share-2", "share-3", "--out", "joined", "--quiet"])
        self.run_command(self.sweep("whole"))
        self.assert_same("joined", "whole")

    def test_a_refused_command_leaves_the_manifest_as_it_is(self) -> None:
        latin = [asked.entente, "sweep", "walkers.yaml", "--vary", "drift=-1:1", "--design", "latin", "--replicates", "4", "--quiet"]
        self.run_command([*latin, "--samples", "8"])
        self.run_command([*latin, "--samples", "16"])
        out = next((self.folder / "results").iterdir())
        before = (out / "manifest.json").read_bytes()
        self.assertEqual(json.loads(before)["design"]["samples"], [8, 16])
        sobol = [asked.entente, "sweep", "walkers.yaml", "--vary", "drift=-1:1", "--design", "sobol", "--samples", "16", "--out", str(out)]
        self.run_command([*sobol, "--replicates", "4"], code=2)
        self.run_command([*latin, "--samples", "16", "--replicates", "2"], code=2)
        self.assertEqual((out / "manifest.json").read_bytes(), before)
        self.run_command([*latin, "--samples", "16"])

    def test_more_replicates_and_samples_add_to_what_is_there(self) -> None:
        def sobol(out: str, samples: int, replicates: int) -> list[str]:
            return [asked.entente, "sweep", "walkers.yaml", "--vary", "drift=-1:1", "--vary", "spread=0.5:2", "--samples", str(samples),
                    "--replicates", str(replicates), "--out", out, "--quiet"]

        self.run_command(sobol("grown", 16, 10))
        first = {shard.name for shard in (self.folder / "grown/shards").iterdir()}
        self.run_command(sobol("grown", 64, 25))
        self.assertTrue(first <= {shard.name for shard in (self.folder / "grown/shards").iterdir()})
        self.run_command(sobol("whole", 64, 25))
        self.assert_same("grown", "whole")
        done = self.run_command(sobol("grown", 32, 25), code=2)
        self.assertIn("holds points that this design does not have", done.stderr)

    def test_a_million_runs_stay_under_a_gigabyte(self) -> None:
        if not asked.large:
            self.skipTest("takes an optimised build")
        process = subprocess.Popen([asked.entente, *SWEEP, "--replicates", "33334", "--out", "many", "--quiet"], cwd=self.folder)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        print(f"1,000,020 runs took {usage.ru_maxrss / 1024:.0f} MB at most", flush=True)
        self.assertLess(usage.ru_maxrss * 1024, 1e9)


PANEL = """entente: 1
calendar: {ticks: 200}
runs: 2
agents: {a: {count: 200000, fields: {f: 0}}}
steps: [{rule: r, on: a, do: ["f += 1"]}]
measures: {m: {value: f, on: a}}
"""
LONG = """entente: 1
calendar: {ticks: 400000}
agents: {a: {count: 3, fields: {f: 1, g: 0}}}
steps: [{rule: r, on: a, do: ["f += normal()", "g = f / 3"]}]
measures: {m: "sum(s.f for s in a)", k: "sum(s.g for s in a)", n: "max(s.g for s in a)"}
"""


class Memory(Durability):
    def test_what_a_dry_run_tells_is_within_a_fifth_of_the_peak(self) -> None:
        if b"__asan_init" in pathlib.Path(asked.entente).read_bytes():
            self.skipTest("the sanitizers take memory of their own")
        for name, text in (("panel", PANEL), ("long", LONG)):
            (self.folder / f"{name}.yaml").write_text(text)
            dry = self.run_command([asked.entente, "run", f"{name}.yaml", "--dry-run"]).stdout
            number, unit = re.search(r"^Memory   about ([0-9.]+) ([kMG]?B)$", dry, re.M).groups()
            told = float(number) * {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
            command = [asked.entente, "run", str(self.folder / f"{name}.yaml"), "--quiet", "--no-report", "--out", str(self.folder / name)]
            _, status, usage = os.wait4(os.posix_spawn(asked.entente, command, os.environ), 0)
            self.assertEqual(status, 0)
            peak = usage.ru_maxrss * 1024
            print(f"{name}: told {told / 1e6:.0f} MB, peak {peak / 1e6:.0f} MB", flush=True)
            self.assertLess(abs(told / peak - 1), 0.2)


@unittest.skipIf(shutil.which("mpirun") is None, "there is no mpirun")
class Ranks(Durability):
    def ranks(self, count: int, out: str, replicates: int = 2000) -> list[str]:
        root = ["--allow-run-as-root"] if os.geteuid() == 0 else []
        return ["mpirun", *root, "--oversubscribe", "-n", str(count), *self.sweep(out, "--threads", "1", replicates=replicates)]

    def test_any_number_of_ranks_gives_the_same_bytes(self) -> None:
        self.run_command(self.sweep("whole"))
        for count in (1, 2, 4):
            self.run_command(self.ranks(count, f"by-{count}"))
            self.assert_same(f"by-{count}", "whole")

    def test_a_fault_that_all_ranks_share_is_told_once(self) -> None:
        done = subprocess.run([*self.ranks(3, "none"), "--vary", "drfit"], cwd=self.folder, capture_output=True, text=True)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stderr.count("no parameter is called 'drfit'\nhelp: did you mean 'drift'?"), 1, done.stderr)

    def test_ranks_that_were_given_different_studies_are_refused(self) -> None:
        """Node-local copies of a scenario, or $RANDOM as the seed of each rank."""
        text = (self.folder / "walkers.yaml").read_text()
        (self.folder / "other.yaml").write_text(text + "# another copy\n")
        first = self.sweep("mixed", "--threads", "1")
        mpirun = self.ranks(1, "mixed")[: -len(first)]
        for other, told in (
            ([word.replace("walkers.yaml", "other.yaml") for word in first], "another scenario, or another version of its files"),
            ([*first, "--seed", "7"], "seed 1, not 7"),
        ):
            done = subprocess.run([*mpirun, *first, ":", *mpirun[1:], *other], cwd=self.folder, capture_output=True, text=True)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(f"error: rank 1 of 2: rank 0 was given another study: {told}\nhelp: start all ranks by one command, with the same files on every machine", done.stderr)
            self.assertFalse(list((self.folder / "mixed").glob("shards/*")))

    def signal_rank_1(self, out: str, sent: signal.Signals) -> str:
        """What a job of two ranks says, of which rank 1 is sent a signal at work."""
        job = subprocess.Popen(self.ranks(2, out, 20_000), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        while len(list((self.folder / out).glob("shards/*.shard"))) < 2:
            time.sleep(0.01)
        ranks = subprocess.run(["pgrep", "--parent", str(job.pid)], capture_output=True, text=True).stdout.split()
        os.kill(int(ranks[-1]), sent)
        said = job.communicate(timeout=60)[1]
        self.assertNotEqual(job.returncode, 0)
        return said

    def test_a_rank_that_dies_ends_the_job_and_the_same_command_resumes(self) -> None:
        self.run_command(self.sweep("whole", replicates=20_000))
        self.assertRegex(self.signal_rank_1("died", signal.SIGKILL), r"exited on\s+signal 9|noticed that process rank")
        self.run_command(self.ranks(2, "died", 20_000))
        self.assert_same("died", "whole")

    def test_a_rank_that_is_interrupted_keeps_nobody_waiting_and_the_same_command_goes_on(self) -> None:
        self.run_command(self.sweep("whole", replicates=20_000))
        self.signal_rank_1("stopped", signal.SIGINT)
        self.run_command(self.ranks(2, "stopped", 20_000))
        self.assert_same("stopped", "whole")


def load_tests(loader: unittest.TestLoader, _standard: unittest.TestSuite, _pattern: str | None) -> unittest.TestSuite:
    """The others use what Durability can do, and not its tests."""
    more = [case(name) for case in (Memory, Ranks) for name in loader.getTestCaseNames(case) if name in vars(case)]
    return unittest.TestSuite([*loader.loadTestsFromTestCase(Durability), *more])


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parser = argparse.ArgumentParser()
    parser.add_argument("entente")
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--only")
    asked = parser.parse_args()
    unittest.main(argv=[sys.argv[0], "--verbose"] + (["-k", asked.only] if asked.only else []))
