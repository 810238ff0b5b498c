"""What programs do wrong to the module: clear errors, and no crash."""

import os
import pickle
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

import entente as en
from conftest import FOUNDING, WALK


def in_a_process_of_its_own(program, *arguments, **options):
    """What the program printed, by an interpreter that has done nothing yet. It must not crash."""
    made = process_of_its_own(program, *arguments, **options)
    assert made.returncode == 0, made.stderr
    return made.stdout


def process_of_its_own(program, *arguments, **options):
    helpers = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(Path(__file__).parent)])}
    line = [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)]
    return subprocess.run(line, **{"capture_output": True, "text": True, "timeout": 120, "env": helpers, **options})


@pytest.mark.parametrize("missing, use", [("xarray", "runs.ds"), ("pandas", "runs.runs"), ("pandas", "runs.came('ahead').curve")])
def test_what_is_not_installed_is_told_where_it_is_needed(missing, use):
    said = in_a_process_of_its_own(f"""
        import sys
        sys.modules["{missing}"] = None
        import entente as en
        runs = en.Scenario(sys.argv[1]).run(3)
        print(runs.digest)
        try:
            {use}
        except ImportError as error:
            print(error)
    """, WALK)
    assert f"needs {missing}" in said and f"apt install python3-{missing}" in said


def test_without_tqdm_there_is_no_bar_and_no_error():
    assert "done" in in_a_process_of_its_own("""
        import sys
        sys.modules["tqdm"] = sys.modules["tqdm.auto"] = None
        import entente as en
        en.Scenario(sys.argv[1]).run(20_000, series="none")
        print("done")
    """, FOUNDING)


def test_the_module_is_imported_without_what_only_tables_need():
    assert in_a_process_of_its_own("""
        import sys
        import entente
        print([name for name in ("pandas", "xarray", "tqdm", "matplotlib", "netCDF4") if name in sys.modules])
    """) == "[]\n"


def test_a_forked_process_is_told_why_it_cannot_go_on():
    said = in_a_process_of_its_own("""
        import os, sys
        import entente as en
        s = en.Scenario(sys.argv[1])
        s.run(3)
        sys.stdout.flush()
        if os.fork() == 0:
            try:
                s.run(3)
            except en.Error as error:
                print(error)
            sys.stdout.flush()
            os._exit(0)
        os.wait()
    """, WALK)
    assert "forked" in said and "spawn" in said


def test_a_process_forked_before_any_work_makes_runs():
    said = in_a_process_of_its_own("""
        import os, sys
        import entente as en
        if os.fork() == 0:
            print(en.Scenario(sys.argv[1]).run(3).digest)
            sys.stdout.flush()
            os._exit(0)
        os.wait()
        print(en.Scenario(sys.argv[1]).run(3).digest)
    """, WALK).split()
    assert len(said) == 2 and said[0] == said[1]


def test_processes_started_anew_make_runs_of_a_scenario_that_is_handed_to_them(tmp_path):
    program = tmp_path / "many.py"
    program.write_text(textwrap.dedent("""
        import multiprocessing, sys
        import entente as en

        def digest(scenario):
            return scenario.run(5).digest

        if __name__ == "__main__":
            s = en.Scenario(sys.argv[1]).set(drift=1)
            here = digest(s)
            with multiprocessing.get_context("spawn").Pool(2) as pool:
                print(set(pool.map(digest, [s, s])) == {here})
    """))
    made = subprocess.run([sys.executable, program, WALK], capture_output=True, text=True, timeout=120)
    assert made.stdout == "True\n", made.stderr


def test_a_scenario_is_pickled_by_its_file(walk, tmp_path):
    again = pickle.loads(pickle.dumps(walk.variant("standstill").set(drift=1)))
    assert again.run(3).digest == walk.variant("standstill").set(drift=1).run(3).digest
    file = tmp_path / "walk.yaml"
    file.write_text(WALK.read_text())
    pickled = pickle.dumps(en.Scenario(file))
    file.write_text(WALK.read_text() + "\n# changed\n")
    with pytest.raises(en.Error, match="has changed"):
        pickle.loads(pickled)


def test_two_threads_run_two_scenarios_at_once(walk, founding):
    expected = [walk.run(2000).digest, founding.run(500).digest]
    found = [[], []]

    def go(number, scenario, runs):
        found[number] += [scenario.run(runs, progress=False).digest for _ in range(5)]

    threads = [threading.Thread(target=go, args=(0, walk, 2000)), threading.Thread(target=go, args=(1, founding, 500))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[expected[0]] * 5, [expected[1]] * 5]


def test_two_threads_in_one_session_are_told_apart(founding):
    problems, world = [], founding.session(512)

    def go():
        try:
            while not world.done:
                world.tick()
        except en.Error as error:
            problems.append(str(error))

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("another thread" in one or "is over" in one for one in problems)


def test_a_second_interpreter_does_no_harm():
    said = in_a_process_of_its_own("""
        import sys
        import _xxsubinterpreters as interpreters
        import entente as en
        digest = en.Scenario(sys.argv[1]).run(3).digest
        other = interpreters.create()
        program = f"import sys; sys.path[:] = {sys.path!r}\\ntry:\\n    import entente as en\\n    print(en.Scenario({sys.argv[1]!r}).run(3).digest)\\nexcept ImportError as error:\\n    print(error)"
        try:
            interpreters.run_string(other, program)
        except interpreters.RunFailedError as error:
            print(error)
        sys.stdout.flush()
        print(digest, en.Scenario(sys.argv[1]).run(3).digest)
    """, WALK).split()
    assert said[-1] == said[-2]


@pytest.mark.parametrize("moment", ["", "while_told=True"])
def test_ctrl_c_ends_a_program(moment):
    made = process_of_its_own(f"""
        import sys
        import ctrl_c
        import entente as en
        en.Scenario(sys.argv[1]).run(1_000_000, series="none", progress=ctrl_c.OnceRunsAreThere({moment}))
    """, FOUNDING)
    assert made.returncode != 0 and "entente.Interrupted: interrupted: " in made.stderr


def test_many_scenarios_and_runs_come_and_go():
    for seed in range(300):
        s = en.Scenario(WALK)
        s.set(drift=seed / 300).run(8, seed=seed).ds
        s.session(8).tick()


def test_memory_that_is_not_there_is_told_before_runs_are_made(founding):
    with pytest.raises(en.Error, match="memory"):
        founding.run(2_000_000_000, series="all")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told(walk, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(en.Error, match="out"):
        walk.run(3).save(tmp_path / "out")
