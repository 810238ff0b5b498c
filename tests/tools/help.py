"""What the help tells is so: commands of topics and of the reference run, options stand under the four headings and say their defaults, and each word of
a topic that names another topic or command names one.

Usage: help.py <the command>
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

command = sys.argv.pop(1)
root = pathlib.Path(__file__).resolve().parents[2]
HEADINGS = ["What to run", "What to vary", "Where results go", "How", "Help"]

# Options without a value that stands for them where they are not given.
WITHOUT_DEFAULT = {"--set", "--posterior", "--replay", "--until", "--snapshot", "--from", "--shard", "--group", "--emit-design", "--from-results", "--points", "--rolling", "--variants", "--sbc",
                   "--step", "--samples", "--title", "--indicator", "--as", "--event"}


def said(*arguments, **options):
    return subprocess.run([command, *arguments], capture_output=True, text=True, **options)


def help_of(name=""):
    return said(*([name] if name else []), "--help").stdout


def commands():
    text = help_of()
    return re.findall(r"^  ([a-z]+)  ", text[text.index("\nScenarios:") : text.index("\nFirst steps:")], re.MULTILINE)


def topics():
    text = said("help").stdout
    return re.findall(r"^  ([a-z]+)  ", text[text.index("\nTopics:") :], re.MULTILINE)


def source_of(topic):
    return (root / "tools" / "entente" / "topics" / f"{topic}.md").read_text()


class Topics(unittest.TestCase):
    def test_there_are_those_that_people_ask_for(self):
        self.assertLessEqual({"scenario", "data", "vary", "output", "identity", "parallel", "resume", "python", "replay", "record", "snapshots"}, set(topics()))
        files = {file.stem for file in (root / "tools" / "entente" / "topics").glob("*.md")}
        self.assertEqual(files, set(topics()), "each file of a topic is listed, and has a text")

    def test_each_fits_eighty_columns_and_names_only_what_there_is(self):
        for topic in topics():
            text = said("help", topic).stdout
            self.assertTrue(text.startswith(source_of(topic)[2:].split("\n")[0] + "\n"), topic)
            for line in text.split("\n"):
                self.assertLessEqual(len(line), 80, f"{topic}: {line}")
            for other in re.findall(r"entente help ([a-z]+)", text):
                self.assertIn(other, topics() + commands(), topic)
            for word in re.findall(r"`entente reference ([a-z.]+)`", text):
                self.assertEqual(said("reference", word).returncode, 0, f"{topic}: {word}")

    def test_every_command_of_every_topic_runs(self):
        for topic in topics():
            with tempfile.TemporaryDirectory() as folder:
                (pathlib.Path(folder) / "scenarios").symlink_to(root / "scenarios")
                said("new", "my.yaml", cwd=folder)
                if topic == "scenario":
                    (pathlib.Path(folder) / "my.yaml").unlink()
                blocks = re.findall(r"```sh\n(.*?)```", source_of(topic), re.DOTALL)
                self.assertTrue(blocks, topic)
                for line in "".join(blocks).splitlines():
                    words = shlex.split(line)
                    self.assertEqual(words[0], "entente", line)
                    made = said(*words[1:], cwd=folder)
                    self.assertEqual(made.returncode, 0, f"{topic}: {line}\n{made.stderr}")
                    self.assertTrue(made.stdout, line)

    def test_python_runs_as_told(self):
        block = re.search(r"```python\n(.*?)```", source_of("python"), re.DOTALL).group(1)
        compile(block, "python.md", "exec")

    def test_a_command_is_told_as_by_its_help(self):
        for name in commands():
            self.assertEqual(said("help", name).stdout, help_of(name))

    def test_the_list_has_all(self):
        text = said("help").stdout
        for name in commands() + topics():
            self.assertRegex(text, rf"(?m)^  {name} ")

    def test_an_unknown_one_is_suggested(self):
        self.assertEqual(said("help", "ouput").stderr, "error: there is no help on 'ouput'\nhelp: did you mean 'output'?\n")
        self.assertEqual(said("help", "swep").stderr, "error: there is no help on 'swep'\nhelp: did you mean 'sweep'?\n")
        self.assertIn("'entente reference weather' looks it up", said("help", "weather").stderr)


class Options(unittest.TestCase):
    def test_commands_that_make_runs_have_four_headings_in_their_order(self):
        for name in ("run", "compare", "sweep", "sensitivity", "calibrate", "condition", "score"):
            headings = re.findall(r"^([A-Z][a-z]+(?: [a-z]+)*):$", help_of(name), re.MULTILINE)
            known = [heading for heading in headings if heading in HEADINGS]
            self.assertEqual(known, [heading for heading in HEADINGS if heading in known], name)
            self.assertLessEqual({"What to run", "Where results go", "How"}, set(known), name)
            self.assertFalse(set(headings) - set(HEADINGS) - {"Arguments", "Examples", "Example"}, name)

    def test_options_with_a_value_say_what_is_taken_without_it(self):
        for name in commands():
            text = re.sub(r"\n {20,}", " ", help_of(name))
            for option, value, about in re.findall(r"^  (--[a-z-]+) ([^ ]+)(?: \.\.\.)? +(.*)$", text, re.MULTILINE):
                if option in WITHOUT_DEFAULT or (name in ("merge", "manual") and option == "--out") or "REQUIRED" in about or not re.match(r"[A-Zi]", value):
                    continue
                self.assertIn("(default", about, f"{name} {option}")
            self.assertNotRegex(text, r"\(default\)|otherwise\)", name)

    def test_each_command_ends_with_examples(self):
        for name in commands():
            self.assertRegex(help_of(name), r"\nExamples?:\n  .*entente ", name)


class Reference(unittest.TestCase):
    def test_a_word_has_what_it_is_an_example_and_what_else_there_is(self):
        text = said("reference", "choice").stdout
        self.assertIn("| `choice` | expression | a utility: each source agent picks", text)
        self.assertRegex(text, r"## An example\n\n```yaml\nsteps:\n(.*\n)* +choice: ")
        self.assertRegex(text, r"See also: .*`temperature`")
        self.assertRegex(said("reference", "total").stdout, r"```yaml\n(.*\n)*.*\btotal\(")

    def test_an_unknown_word_is_suggested(self):
        self.assertEqual(said("reference", "chioce").stderr, "error: the reference says nothing of 'chioce'\nhelp: did you mean 'choice'?\n")


unittest.main(verbosity=2)
