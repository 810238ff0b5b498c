"""Ctrl-C and other signals: what stops, what is raised, and what is kept."""

import pytest

from conftest import FOUNDING, WALK
from test_bad_input import in_a_process_of_its_own


def test_ctrl_c_ends_a_loop_that_reads_scenarios():
    assert in_a_process_of_its_own("""
        import sys, threading, time
        import ctrl_c
        import entente as en
        began = time.monotonic()
        try:
            threading.Timer(0.7, ctrl_c.press).start()
            while time.monotonic() - began < 20:
                en.Scenario(sys.argv[1])
        except KeyboardInterrupt:
            print("ended")
    """, FOUNDING) == "ended\n"


@pytest.mark.parametrize("looked_at", ["r.events", "r.report(sys.argv[2])"])
def test_ctrl_c_while_runs_are_made_once_more_is_a_keyboard_interrupt(looked_at, tmp_path):
    assert in_a_process_of_its_own(f"""
        import os, sys, threading, time
        import ctrl_c
        import entente as en
        began = time.monotonic()
        r = en.Scenario(sys.argv[1]).run(60_000, series="none", progress=False)
        once = time.monotonic() - began
        try:
            threading.Timer(once / 3, ctrl_c.press).start()
            {looked_at}
        except KeyboardInterrupt:
            print("ended", os.path.exists(sys.argv[2]))
    """, FOUNDING, tmp_path / "report.html") == "ended False\n"


@pytest.mark.parametrize("work", ["s.run(2_000_000, series='none', progress=False)", "s.run(300_000, until='2023-01-01', progress=False)",
                                  "s.sweep(weight_aid=(0, 10), samples=64, replicates=10_000, progress=False)"])
def test_what_the_handler_of_a_signal_raises_is_raised(work):
    assert in_a_process_of_its_own(f"""
        import signal, sys
        import entente as en

        def too_long(*_):
            raise TimeoutError("a second is over")

        signal.signal(signal.SIGALRM, too_long)
        s = en.Scenario(sys.argv[1])
        signal.alarm(1)
        try:
            {work}
        except TimeoutError as error:
            print(error)
    """, FOUNDING) == "a second is over\n"


def test_a_study_that_keeps_nothing_says_how_to_keep_it():
    said = in_a_process_of_its_own("""
        import sys
        import ctrl_c
        import entente as en
        try:
            en.Scenario(sys.argv[1]).sweep(weight_aid=(0, 10), samples=64, replicates=10_000, progress=ctrl_c.OnceRunsAreThere())
        except en.Interrupted as stopped:
            print(stopped, stopped.partial)
    """, FOUNDING)
    assert "out=" in said and "/tmp" not in said and said.endswith(" None\n")


def test_files_of_its_own_go_without_a_warning():
    assert in_a_process_of_its_own("""
        import gc, os, sys, warnings
        import entente as en
        warnings.simplefilter("error")
        s = en.Scenario(sys.argv[1])
        snapshot, study = s.run(3, until=s.dates[2]), s.compare("standstill", replicates=2)
        folders = [os.path.dirname(snapshot._file), study.folder]
        del snapshot, study
        gc.collect()
        print([os.path.exists(one) for one in folders])
    """, WALK) == "[False, False]\n"
