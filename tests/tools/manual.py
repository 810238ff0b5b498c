"""Manual pages and completions hold every command and option that the help lists, man has nothing to say against the pages, and the
shells that are installed complete by the scripts.

Usage: manual.py <the command>
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

command = sys.argv.pop(1)
shells = ("bash", "zsh", "fish")

# What is typed, and what must be offered for its last word; "!" before what must not.
cases = [
    (["ru"], ["run"]),
    (["run", "--se"], ["--set", "--seed", "--series", "!--runs"]),
    (["import", "co"], ["codes"]),
    (["import", "--from", ""], ["cow", "gw", "iso3", "name", "!codes"]),
    (["import", "--from", "gw", "st"], ["states"]),
    (["sensitivity", "world.yaml", "--method", "m"], ["morris"]),
    (["check", "wor"], ["world.yaml"]),
    (["run", "--out", "fo"], ["folder", "!fodder.csv"]),
    (["run", "--posterior", "fo"], ["fodder.csv"]),
    (["merge", "folder", "fo"], ["folder", "!fodder.csv"]),
]


def said(*arguments, **options):
    return subprocess.run(arguments, capture_output=True, text=True, check=True, **options).stdout


def help_of(name=None):
    return said(command, *([name] if name else []), "--help")


def commands():
    text = help_of()
    return re.findall(r"^  ([a-z]+)  ", text[text.index("\nScenarios:") : text.index("\nFirst steps:")], re.MULTILINE)


def options(name):
    listed = re.findall(r"^  (-\S+)", help_of(name), re.MULTILINE)
    return {option for line in listed for option in line.split(",")}


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        said(command, "manual", "--out", cls.folder.name)
        cls.pages = {file.stem: file.read_text() for file in pathlib.Path(cls.folder.name).glob("*.1")}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_there_is_one_for_each_command(self):
        self.assertEqual(sorted(self.pages), sorted(["entente"] + ["entente-" + name for name in commands()]))
        for name in commands():
            self.assertEqual(self.pages["entente-" + name], said(command, "manual", name))
            self.assertIn(f"\n\\fB{name}\\fP\n", self.pages["entente"])

    def test_they_hold_every_option(self):
        for name in commands():
            for option in options(name):
                self.assertIn("\\fB" + option.replace("-", "\\-") + "\\fP", self.pages["entente-" + name])

    def test_they_tell_what_the_help_tells_below_the_options(self):
        page = self.pages["entente-run"]
        self.assertIn('.SH "EXAMPLES"\n.RS 4\n.nf\nentente run scenarios/moscow\\-kabul.yaml\n', page)
        self.assertIn('.SH "EXIT STATUS"\n0 success, 2 wrong usage', page)
        self.assertIn('.SH "NOTES"\nThe results folder gets runs.csv', page)

    @unittest.skipUnless(shutil.which("man"), "there is no man")
    def test_man_has_nothing_to_say_against_them(self):
        environment = dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="90")
        for page in sorted(pathlib.Path(self.folder.name).glob("*.1")):
            shown = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True, env=environment)
            self.assertEqual((shown.returncode, shown.stderr), (0, ""), page)
            self.assertIn("SEE ALSO", shown.stdout)


class Completions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.place = pathlib.Path(cls.folder.name)
        for shell in shells:
            (cls.place / f"entente.{shell}").write_text(said(command, "completions", shell))
        (cls.place / "world.yaml").touch()
        (cls.place / "fodder.csv").touch()
        (cls.place / "folder").mkdir()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def check(self, offered_for):
        for words, expected in cases:
            offered = offered_for(words)
            for word in expected:
                (self.assertNotIn if word[0] == "!" else self.assertIn)(word.lstrip("!"), offered, words)

    def test_they_hold_every_command_and_option(self):
        for shell in shells:
            script = (self.place / f"entente.{shell}").read_text()
            for name in commands():
                self.assertRegex(script, rf"\b{name}\b")
                for option in options(name):
                    written = option
                    if shell == "fish":
                        written = f" -l {option[2:]}" if option.startswith("--") else f" -s {option[1:]}"
                    of_command = [line for line in script.splitlines() if re.search(rf"\b{name}\b", line)]
                    self.assertTrue(any(written in line for line in of_command), f"{shell}: {name} {option}")

    def test_a_shell_that_there_is_none_for_is_named(self):
        refused = subprocess.run([command, "completions", "fis"], capture_output=True, text=True)
        self.assertEqual(refused.returncode, 2)
        self.assertEqual(refused.stderr, "error: there is no completion for 'fis'\nhelp: did you mean 'fish'?\n")

    def test_bash_completes(self):
        def offered_for(words):
            script = 'source entente.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _entente; printf "%s\\n" "${COMPREPLY[@]}"'
            return said("bash", "--norc", "-c", script, "bash", "entente", *words, cwd=self.place).split()

        self.check(offered_for)
        self.assertEqual(offered_for(["import", "--from", "=", "c"]), ["cow"])
        self.assertEqual(offered_for(["import", "--from", "="]), ["cow", "gw", "iso3", "name"])
        self.assertEqual(offered_for(["run", "--seed", ""]), [])

    @unittest.skipUnless(shutil.which("fish"), "there is no fish")
    def test_fish_completes(self):
        def offered_for(words):
            typed = " ".join(["entente", *words])
            lines = said("fish", "--no-config", "-c", f"source entente.fish; complete -C '{typed}'", cwd=self.place).splitlines()
            return [line.split("\t")[0].rstrip("/") for line in lines]

        self.check(offered_for)

    @unittest.skipUnless(shutil.which("zsh"), "there is no zsh")
    def test_zsh_completes(self):
        """In a terminal of its own, as there is no other way; what is offered for an end is read as typed."""

        def offered_for(words):
            typed = " ".join(["entente", *words])
            script = f"""
                zmodload zsh/zpty
                zpty shell 'TERM=dumb COLUMNS=300 zsh -f -i'
                zpty -w shell "PS1='>'; autoload -U compinit; compinit -D -u; source ./entente.zsh; LISTMAX=1000; print -r rea''dy"
                zpty -r -m shell said '*ready*'
                zpty -w -n shell $'{typed}\\t\\t'
                for ((k = 0; k < 20; ++k)); do
                    sleep 0.05
                    while zpty -r -t shell more; do said=$more; print -r -- $more; done
                done
                zpty -d shell"""
            shown = said("zsh", "-f", "-c", script, cwd=self.place)
            return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).replace("/", " ").split()

        self.check(offered_for)


unittest.main(verbosity=2)
