"""What the command prints on terminals of several widths and kinds: no line is wider, no escape comes where none belongs, nothing that a scenario's
author wrote commands the terminal, and progress moves from the first second.

Usage: terminal.py <the command>
"""

import fcntl
import os
import pathlib
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata
import unittest

command = sys.argv.pop(1)
root = pathlib.Path(__file__).resolve().parents[2]

WIDTHS = (40, 60, 80, 100, 160)
DRAWN = "\r\x1b[K"

LONG = """
entente: 1
title: A scenario whose title is long enough that it does not fit on the line of a narrow terminal, and so is broken between its words
calendar: {start: 2020-01-01, end: 2027-12-31, step: month}
runs: 60
parameters:
  how_fast_confidence_between_them_grows: {value: 0.5, unit: points of confidence/year, range: [0, 2], prior: "uniform(0.2, 1)"}
  odds: {value: 0.4, unit: 1/year, range: [0, 1], prior: "uniform(0.1, 0.9)", label: Wahrscheinlichkeit eines Zwischenfalls an der Grenze}
agents:
  state:
    label: Staat
    fields: {confidence: {start: 1, unit: points of confidence, label: Zutrauen in die Nachbarn}, standing: {start: nobody, levels: [nobody, envoy, ambassador]}}
    members:
      north: {label: 大韓民国と朝鮮民主主義人民共和国}
      south: {label: جمهوری اسلامی افغانستان}
      islands: {label: हिन्द महासागर के द्वीप}
      east: {label: The Most Serene Republic of Eastern Places}
steps:
  - rule: confidence grows and shrinks again by what happens at the border
    on: state
    do: ["confidence += dt * how_fast_confidence_between_them_grows + 0.3 * normal()", "standing = ambassador if confidence > 2.5 else envoy if confidence > 1.5 else nobody"]
  - {event: border_incident_with_a_long_name, on: state, rate: odds, do: ["confidence -= 0.1"], label: Zwischenfall an der gemeinsamen Grenze}
measures:
  confidence_of_all_states_taken_together_on_average: {value: "mean(s.confidence for s in state)", unit: points of confidence}
  confidence_of_each: {value: confidence, on: state, unit: points of confidence, label: Zutrauen eines jeden Staates in seine Nachbarn}
  standing_of_each: {value: standing, on: state}
  first_confidence_above_three_points: {value: "first(mean(s.confidence for s in state) > 3)", label: Erstmals mehr als drei Punkte Zutrauen im Mittel}
  incidents: {value: "total(border_incident_with_a_long_name[north] + border_incident_with_a_long_name[south])", per: year, unit: incidents}
  last_confidence: {value: "last(mean(s.confidence for s in state))"}
variants:
  a_variant_with_a_very_long_name_indeed: {parameters: {odds: 0.9}, label: Eine Variante mit einem wirklich langen Namen}
  calm: {parameters: {odds: 0}}
"""

LARGE = """
entente: 1
title: One run that takes minutes
calendar: {ticks: 20000}
runs: 1
agents:
  walker: {count: 200000, fields: {x: 0}}
steps:
  - {rule: walk, on: walker, do: ["x += normal()"]}
measures:
  mean: "last(mean(w.x for w in walker))"
"""

# What must not reach a terminal: C0 and DEL, C1, the bidirectional controls, and what has no width.
HOSTILE = ("\x07", "\x08", "\x1b[31m", "\x1b[2J", "\x1b]0;t\x07", "\x7f", "\x85", "\x9b31m", "\u200b", "\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c",
           "\u202d", "\u202e", "\u2028", "\u2029", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff")
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def hostile_scenario():
    """Each text of a scenario with all of HOSTILE in it, by YAML's escapes."""
    text = "".join("".join(f"\\u{ord(sign):04x}" for sign in piece) for piece in HOSTILE)

    def quoted(word):
        return f'"{word}{text}"'

    return f"""
entente: 1
title: {quoted("title")}
about: {quoted("about")}
calendar: {{start: 2020-01-01, ticks: 24, step: month}}
runs: 40
parameters:
  p: {{value: 1, unit: share, range: [0, 2], prior: "uniform(0, 2)", about: {quoted("p")}, source: {quoted("source")}, label: {quoted("label of p")}}}
agents:
  a:
    label: {quoted("kind")}
    members: {{x: {{label: {quoted("row x")}}}, y: {{label: {quoted("row y")}}}}}
    fields: {{f: {{start: 1, about: {quoted("field")}, label: {quoted("label of f")}}}, unused: 1}}
steps:
  - {{rule: {quoted("rule")}, on: a, do: ["f += p * normal()"], about: {quoted("about the rule")}}}
  - {{event: e, on: a, rate: p, do: ["f -= 0.1"], label: {quoted("label of e")}}}
measures:
  m: {{value: "sum(s.f for s in a)", about: {quoted("measure")}, label: {quoted("label of m")}}}
  k: {{value: f, on: a, label: {quoted("label of k")}}}
  d: {{value: "first(sum(s.f for s in a) > 3)", label: {quoted("label of d")}}}
observed:
  d: {{date: 2020-06-01, source: {quoted("observed")}, about: {quoted("about what was observed")}}}
variants:
  v: {{parameters: {{p: 0.5}}, label: {quoted("variant")}, about: {quoted("about v")}}}
"""


def cells(text):
    """By the character database of this Python, not by the library that the command uses."""
    width = 0
    for sign in text:
        if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
            continue
        width += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    return width


class Screen:
    """A command on a terminal of its own."""

    def __init__(self, arguments, folder, columns=80, term="xterm-256color", **environment):
        self.master, slave = os.openpty()
        self.resize(columns)
        surroundings = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "NO_UNICODE")}
        surroundings |= {"TERM": term, "LC_ALL": "C.UTF-8"} | environment
        self.process = subprocess.Popen([command, *arguments], cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=surroundings, start_new_session=True,
                                        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.said = b""

    def resize(self, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))

    def read(self, seconds=None):
        """What comes until the end, or for so long."""
        until = time.monotonic() + (120 if seconds is None else seconds)
        begin = len(self.said)
        while time.monotonic() < until:
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    more = os.read(self.master, 1 << 16)
                except OSError:  # the other end is closed
                    break
                if not more:
                    break
                self.said += more
        return self.said[begin:].decode(errors="replace")

    def end(self):
        self.read()
        code = self.process.wait(timeout=30)
        os.close(self.master)
        return code

    def text(self):
        return self.said.decode(errors="replace").replace("\r\n", "\n")


def lines_of(text):
    """Lines as they stood on the screen, each drawing of a bar by itself, without bold and dim."""
    for line in text.split("\n"):
        for drawn in line.split(DRAWN):
            yield re.sub("\x1b\\[[012]m", "", drawn)


class Terminals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.place.name)
        (cls.folder / "long.yaml").write_text(LONG)
        (cls.folder / "large.yaml").write_text(LARGE)
        (cls.folder / "hostile.yaml").write_text(hostile_scenario())
        (cls.folder / "scenarios").symlink_to(root / "scenarios")
        broken = LONG.replace("rate: odds", "rate: odds_of_a_thing_that_nobody_has_declared_anywhere")
        (cls.folder / "broken.yaml").write_text(broken)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def on_terminal(self, arguments, columns=80, code=0, **how):
        screen = Screen(arguments, self.folder, columns, **how)
        ended = screen.end()
        self.assertIn(ended, code if isinstance(code, tuple) else (code,), f"{arguments}: {screen.text()}")
        return screen.text()

    def piped(self, *arguments, **environment):
        surroundings = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_UNICODE")} | {"LC_ALL": "C.UTF-8"} | environment
        return subprocess.run([command, *arguments], cwd=self.folder, capture_output=True, env=surroundings)

    def assert_fits(self, text, columns, what):
        for line in lines_of(text):
            is_one_word = " " not in line.strip()  # of a path or a digest, which are to be copied
            self.assertTrue(cells(line) <= columns or is_one_word, f"{what} at {columns} columns: {cells(line)} cells: {line!r}")


class Widths(Terminals):
    def commands(self):
        world = "long.yaml"
        yield ["run", world, "--out", "run"]
        yield ["run", world, "--runs", "1", "--out", "one"]
        yield ["run", world, "--all-rows", "--out", "run"]
        yield ["run", world, "--until", "2023-01-01", "--snapshot", "mid.snap"]
        yield ["run", "--from", "mid.snap", "--out", "branch"]
        yield ["run", world, "--dry-run"]
        yield ["sweep", world, "--vary", "odds=0.1:0.9:3", "--vary", "how_fast_confidence_between_them_grows=0.2:1:2", "--replicates", "8", "--out", "sweep"]
        yield ["sweep", world, "--vary", "odds=0.1:0.9:3", "--replicates", "8", "--dry-run"]
        yield ["sensitivity", world, "--samples", "16", "--replicates", "4", "--second-order", "--out", "sobol"]
        yield ["sensitivity", world, "--method", "morris", "--trajectories", "6", "--replicates", "4", "--out", "morris"]
        yield ["compare", world, "--replicates", "50", "--out", "compare"]
        yield ["compare", world, "--unpaired", "--replicates", "50", "--out", "unpaired"]
        yield ["describe", world]
        yield ["explain", world]
        yield ["explain", world, "--step", "border_incident_with_a_long_name"]
        yield ["check", world]
        yield ["run", "scenarios/moscow-kabul.yaml", "--runs", "50", "--out", "kabul"]
        yield ["compare", "scenarios/moscow-kabul.yaml", "--replicates", "40", "--out", "kabul-compare"]
        yield ["score", "scenarios/moscow-kabul.yaml", "--since", "2024-01-01", "--runs", "60", "--out", "score"]
        yield ["condition", "scenarios/kabul-region.yaml", "--until", "2022-12-31", "--particles", "100", "--out", "condition"]
        yield ["calibrate", "scenarios/moscow-kabul.yaml", "--vary", "pull_trust=3:9", "--particles", "30", "--runs", "600", "--out", "abc"]
        yield ["calibrate", "scenarios/kabul-region.yaml", "--method", "likelihood", "--until", "2022-06-30", "--vary", "accept_rate", "--particles", "12", "--filter-runs", "8",
               "--runs", "2000", "--out", "likelihood"]
        for word in ("", "choice", "prior", "runs.csv", "units", "idioms", "formats"):
            yield ["reference", *([word] if word else [])]
        for topic in ("", "output", "vary", "run", "sensitivity"):
            yield ["help", *([topic] if topic else [])]

    def test_no_line_is_wider_than_the_terminal(self):
        for columns in WIDTHS:
            for arguments in self.commands():
                with self.subTest(columns=columns, arguments=" ".join(arguments)):
                    self.assert_fits(self.on_terminal(arguments, columns, code=(0, 1)), columns, arguments)

    def test_messages_fit_too_and_point_at_what_they_mean(self):
        for columns in WIDTHS:
            for arguments in (["check", "broken.yaml"], ["run", "long.yaml", "--set", "nothing=1"], ["run", "nowhere.yaml"], ["rnu"], ["reference", "chioce"],
                              ["help", "ouput"], ["sweep", "long.yaml"], ["run", "long.yaml", "--out", "scenarios"]):
                text = self.on_terminal(arguments, columns, code=2)
                self.assert_fits(text, columns, arguments)
            text = self.on_terminal(["check", "broken.yaml"], columns, code=2).split("\n")
            carets = next(number for number, line in enumerate(text) if re.fullmatch(r" +\| +\^~+", line))
            begin = text[carets].index("^")
            self.assertEqual(text[carets - 1][begin : begin + 7], "odds_of", "the caret stands below the word")

    def test_what_was_left_out_is_said_once(self):
        wide = self.on_terminal(["run", "long.yaml", "--out", "run"], 200)
        self.assertNotIn("left out", wide)
        narrow = self.on_terminal(["run", "long.yaml", "--out", "run"], 60)
        self.assertEqual(narrow.count("Columns left out at 60: unit, "), 1, narrow)
        self.assertIn("mean at end", narrow)

    def test_a_pipe_has_a_hundred_columns_and_others_where_it_is_told_so(self):
        asked = ("run", "long.yaml", "--out", "run")
        text = self.piped(*asked).stdout.decode()
        self.assert_fits(text, 100, asked)
        self.assertGreater(max(map(cells, text.split("\n"))), 85)
        self.assert_fits(self.piped(*asked, COLUMNS="60").stdout.decode(), 60, asked)
        self.assertIn("left out at 60", self.piped(*asked, COLUMNS="60").stdout.decode())
        self.assertEqual(self.piped(*asked, COLUMNS="wide").stdout.split(b"\nCost")[0], text.split("\nCost")[0].encode())
        summaries = [self.on_terminal(asked, 80, **how).split(DRAWN)[-1].split("\nCost")[0] for how in ({}, {"COLUMNS": "40"})]
        self.assertEqual(*summaries, "a terminal knows its own")

    def test_messages_in_a_pipe_are_whole_unless_it_is_told_its_columns(self):
        whole, narrow = (self.piped("check", "broken.yaml", **how).stderr.decode() for how in ({}, {"COLUMNS": "60"}))
        self.assertGreater(max(map(cells, whole.split("\n"))), 60)
        self.assert_fits(narrow, 60, "messages")

    def test_documents_in_a_pipe_are_markdown(self):
        self.assertIn("| key | value | meaning |", self.piped("reference", "choice").stdout.decode())
        self.assertTrue(self.piped("describe", "long.yaml").stdout.startswith(b"# A scenario whose title is long enough that it does not fit on"))
        self.assertNotIn("|---|", self.on_terminal(["reference", "choice"], 80))

    def test_commands_that_are_broken_are_whole_when_they_are_copied(self):
        self.on_terminal(["run", "long.yaml", "--until", "2023-01-01", "--snapshot", "mid.snap"], 40)
        text = self.on_terminal(["condition", "scenarios/kabul-region.yaml", "--until", "2022-12-31", "--particles", "50", "--out", "a folder/with blanks in it"], 40)
        lines = re.search(r"Continue ((?:.*\\\n)*.*)\n", text).group(1)
        words = subprocess.run(["bash", "-c", f"printf '%s\\n' {lines}"], capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertEqual(words, ["entente", "run", "--from", "a folder/with blanks in it/state.snap"])

    @unittest.skipUnless(shutil.which("tmux"), "there is no tmux")
    def test_tmux_wraps_nothing(self):
        """What tmux joins where it had wrapped a line is what it shows without."""
        server = ["tmux", "-f", "/dev/null", "-L", f"entente-{os.getpid()}"]
        try:
            for columns in (80, 100):
                line = f"'{command}' run long.yaml --out run; '{command}' compare long.yaml --replicates 50 --out compare; echo all''done; sleep 60"
                subprocess.run([*server, "new-session", "-d", "-s", f"w{columns}", "-x", str(columns), "-y", "200", "sh", "-c", line], cwd=self.folder, check=True,
                               env=dict(os.environ, LC_ALL="C.UTF-8"))

                def captured(*more):
                    return subprocess.run([*server, "capture-pane", "-p", *more, "-t", f"w{columns}"], capture_output=True, text=True, check=True).stdout

                for _ in range(200):
                    if "alldone" in captured():
                        break
                    time.sleep(0.1)
                self.assertIn("alldone", captured())
                self.assertEqual([one.rstrip() for one in captured("-J").split("\n")], [one.rstrip() for one in captured().split("\n")])
                self.assertIn("Zutrauen", captured())
        finally:
            subprocess.run([*server, "kill-server"], capture_output=True)


class Escapes(Terminals):
    def test_none_come_where_none_belong(self):
        asked = ["run", "long.yaml", "--out", "run"]
        for how in ({"term": "dumb"}, {"term": ""}):
            text = self.on_terminal(asked, 80, **how)
            self.assertNotIn("\x1b", text, how)
            self.assertNotIn("\r", text, how)
        for term in ("xterm-256color", "screen-256color", "tmux-256color"):
            self.assertIn("\x1b[1mA scenario whose", self.on_terminal(asked, 80, term=term))
            plain = self.on_terminal([*asked, "--quiet"], 80, term=term, NO_COLOR="1") + self.on_terminal(["reference", "choice"], 80, term=term, NO_COLOR="1")
            self.assertNotIn("\x1b", plain)
        self.assertIn("\x1b[1m", self.on_terminal(asked, 80, NO_COLOR=""), "an empty NO_COLOR says nothing")
        said = self.piped(*asked)
        self.assertNotIn(b"\x1b", said.stdout + said.stderr)
        self.assertNotIn(b"\r", said.stdout + said.stderr)
        self.assertEqual(said.stderr, b"", "a short run needs no progress in a log")

    def hostile_commands(self):
        world = "hostile.yaml"
        yield ["check", world]
        yield ["describe", world]
        yield ["describe", world, "--json"]
        yield ["describe", world, "--format", "html"]
        yield ["explain", world]
        yield ["explain", world, "--step", "e"]
        yield ["explain", world, "--step", "\x1b[31mnothing\u202e"]
        yield ["run", world, "--out", "h-run"]
        yield ["run", world, "--json", "--out", "h-run"]
        yield ["run", world, "--runs", "1", "--events", "--out", "h-one"]
        yield ["run", world, "--variant", "v", "--out", "h-v"]
        yield ["run", world, "--until", "2021-01-01", "--snapshot", "h\x1b[5m\u202e.snap"]
        yield ["run", "--from", "h\x1b[5m\u202e.snap", "--out", "h\x1b[31m\u202efolder"]
        yield ["run", world, "--dry-run"]
        yield ["sweep", world, "--vary", "p=0:2:3", "--replicates", "4", "--out", "h-sweep"]
        yield ["sensitivity", world, "--samples", "16", "--replicates", "4", "--out", "h-sensitivity"]
        yield ["compare", world, "--replicates", "20", "--out", "h-compare"]
        yield ["score", world, "--since", "2020-03-01", "--out", "h-score"]
        yield ["calibrate", world, "--particles", "20", "--runs", "400", "--out", "h-calibrate"]
        yield ["report", "h-run", "--out", "h.html"]
        yield ["run", "no\x1b[31m\u202ewhere.yaml"]
        yield ["run", world, "--set", "no\x1b[31m\u009b=1"]
        yield ["check", "wrong.yaml"]
        yield ["check", "bytes.yaml"]
        yield ["\x1b[31mrun"]
        yield ["reference", "\x1b[31mchoice\u202e"]
        yield ["help", "\x1b[31m\u202e"]

    def test_no_text_of_others_commands_the_terminal(self):
        signs = "".join(piece for piece in HOSTILE if not piece.startswith(("\x85", "\u2028", "\u2029")))
        (self.folder / "wrong.yaml").write_text(f"entente: 1\ntit\u202ele\u200b: 1\ncalendar: {{ticks: 3}}\nmea\u2066sures: {{m: 'nothing\u202e{signs[-3:]} + 1'}}\n")
        (self.folder / "bytes.yaml").write_bytes(b"entente: 1\ntitle: a\x1b[31mb\x9b\xff\ncalendar: {ticks: 3}\n")
        for arguments in self.hostile_commands():
            with self.subTest(arguments=arguments):
                is_wrong = "hostile.yaml" not in arguments and arguments[0] != "report" and "--from" not in arguments
                is_wrong = is_wrong or any(text.startswith(("no\x1b", "\x1b[31mnothing")) for text in arguments)
                codes = (2,) if is_wrong else (0, 1)
                ways = [self.on_terminal(arguments, 80, code=codes), self.on_terminal(arguments, 80, code=codes, term="dumb")]
                said = self.piped(*arguments)
                ways += [said.stdout.decode(), said.stderr.decode()]
                for text in ways:
                    text = re.sub("\x1b\\[[012]m|\r\x1b\\[K", "", text)
                    found = FORBIDDEN.search(text)
                    self.assertIsNone(found, found and repr(text[max(found.start() - 60, 0) : found.end() + 60]))
                self.assertTrue(ways[0].strip() or "report" in arguments)


class Progress(Terminals):
    def frames(self, text):
        return [frame for line in text.split("\n") for frame in line.split(DRAWN)[1:] if frame]

    def shares(self, frames):
        return [int(re.search(r"(\d+) %", frame).group(1)) for frame in frames]

    def test_it_moves_within_one_long_run_from_the_first_second_on(self):
        screen = Screen(["run", "large.yaml", "--out", "large", "--no-report"], self.folder)
        try:
            early = self.frames(screen.read(3))
            self.assertGreater(len(early), 5, screen.text())
            self.assertTrue(all("0 of 1 run" in frame for frame in early))
            known = [frame for frame in early if " left" in frame]
            self.assertGreater(len(known), len(early) / 2, "time left is told before a run is done")
            self.assertRegex(known[-1], r"(about \d+ (s|min|h)|<1 s) left")
            screen.resize(40)
            os.kill(screen.process.pid, signal.SIGWINCH)
            screen.read(0.3)
            late = self.frames(screen.read(2))
            self.assertTrue(late and all(cells(frame) < 40 for frame in late), late)
            os.write(screen.master, b"\x03")
            self.assertEqual(screen.end(), 130)
        finally:
            if screen.process.poll() is None:
                screen.process.kill()
        text = screen.text()
        self.assertTrue(text.rindex(DRAWN) + len(DRAWN) >= text.rindex("left"), "the bar is wiped away")
        self.assertNotIn("\x1b[?25l", text, "the cursor was never hidden")
        self.assertIn("interrupted", text.split(DRAWN)[-1])

    def test_it_moves_in_every_command_that_makes_runs(self):
        slow = LARGE.replace("count: 200000", "count: 20000").replace("ticks: 20000", "start: 2000-01-01, ticks: 200000, step: day").replace("mean: ", "came: {value: 'first(mean(w.x for w in walker) > 9)'}\n  mean: ")
        slow = slow.replace("x += normal()", "x += p * normal()").replace("agents:", "parameters:\n  p: {value: 1, range: [0, 2], prior: 'uniform(0, 2)'}\nagents:").replace("runs: 1\n", "runs: 4\n")
        slow += "observed:\n  came: {date: 2200-01-01}\n"
        (self.folder / "slow.yaml").write_text(slow)
        for arguments in (["run", "slow.yaml", "--out", "p-run"], ["sweep", "slow.yaml", "--vary", "p=0:1:2", "--replicates", "2", "--out", "p-sweep"],
                          ["sensitivity", "slow.yaml", "--samples", "4", "--replicates", "2", "--out", "p-sensitivity"],
                          ["compare", "slow.yaml", "--with", "p=2", "--replicates", "2", "--out", "p-compare"],
                          ["score", "slow.yaml", "--since", "2001-01-01", "--runs", "4", "--out", "p-score"],
                          ["calibrate", "slow.yaml", "--particles", "20", "--runs", "100", "--out", "p-calibrate"]):
            with self.subTest(arguments=arguments):
                screen = Screen(arguments, self.folder)
                try:
                    frames = self.frames(screen.read(2.5))
                    self.assertGreater(len(frames), 3, screen.text())
                    self.assertTrue(any(" left" in frame for frame in frames), frames[-3:])
                    self.assertTrue(all(re.search(r"\b0 of \d+ runs", frame) for frame in frames), "before any run is done")
                    self.assertTrue(all(cells(frame) < 80 for frame in frames))
                finally:
                    os.kill(screen.process.pid, signal.SIGKILL)
                    screen.end()

    def test_it_moves_while_runs_go_through_the_record(self):
        screen = Screen(["condition", "scenarios/kabul-region.yaml", "--until", "2025-06-30", "--particles", "4000", "--out", "p-condition"], self.folder)
        try:
            shares = self.shares(self.frames(screen.read(4)))
            self.assertGreater(len(shares), 3, screen.text())
            self.assertEqual(shares, sorted(shares))
            self.assertLess(shares[0], shares[-1])
        finally:
            os.kill(screen.process.pid, signal.SIGKILL)
            screen.end()

    def test_a_terminal_without_escapes_gets_plain_lines(self):
        screen = Screen(["run", "large.yaml", "--out", "dumb", "--no-report"], self.folder, term="dumb")
        try:
            text = screen.read(7)
        finally:
            os.kill(screen.process.pid, signal.SIGKILL)
            screen.end()
        self.assertRegex(text, r"^\d+ % · about \d+ (s|min|h) left · 0 of 1 run\r\n")
        self.assertEqual(text.count("\n"), 1, "and few of them")
        self.assertNotIn("\x1b", text)


unittest.main(verbosity=2)
