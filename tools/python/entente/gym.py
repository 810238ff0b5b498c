"""Scenarios as environments for learning, in Gymnasium's form.

    env = en.gym.Env(s, agent="government[russia]", acts=["generosity"], bounds={"generosity": (0, 10)},
                     observes=["relation[afghanistan, russia].trust", "hardship"], reward="relation[afghanistan, russia].trust", runs=64)
    observations, infos = env.reset(seed=1)
    while not truncations.all(): observations, rewards, terminations, truncations, infos = env.step(policy(observations))

Gymnasium is not needed, and not imported. Where the program has imported it, environments are gymnasium's too: instances of its VectorEnv and Env,
with its spaces.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any, Mapping, Sequence

from . import _gym, _spaces
from ._errors import Error

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from ._scenario import Scenario

_MODES = {"next_step": "NextStep", "same_step": "SameStep", "disabled": "Disabled"}


@functools.lru_cache(maxsize=None)
def _with_kin(cls: Any, kin: Any) -> type:
    return type(cls.__name__, (cls, kin), {"__module__": cls.__module__, "__doc__": cls.__doc__})


class _Common:
    """What both forms of environment have."""

    _kin = ("", "")  # gymnasium's own class: module and name
    spec: Any = None
    render_mode: str | None = None
    closed = False
    _np_random: Any = None

    def __new__(cls, *_: Any, **__: Any) -> Any:
        kin = getattr(sys.modules.get(cls._kin[0]), cls._kin[1], None)
        made: Any = cls
        return object.__new__(cls if kin is None or issubclass(cls, kin) else _with_kin(made, kin))

    @property
    def np_random(self) -> "numpy.random.Generator":
        """For wrappers that want one; the engine's draws come from the seed and the number of the run."""
        import numpy

        if self._np_random is None:
            self._np_random = numpy.random.default_rng()
        return self._np_random

    @np_random.setter
    def np_random(self, generator: "numpy.random.Generator") -> None:
        self._np_random = generator

    def _seeded(self, seed: int) -> None:
        import numpy

        self._np_random = numpy.random.default_rng(seed)

    @property
    def unwrapped(self) -> Any:
        return self

    def render(self) -> None:
        """Nothing: what there is to see is in the observations and infos."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()  # type: ignore[attr-defined]


class Env(_Common):
    """Runs of a scenario side by side, in which an agent acts: the interface of gymnasium.vector.VectorEnv.

    Args:
        scenario: With variant and values as set.
        agent: Whose fields `acts` and `observes` name: `"government[afghanistan]"`, or a link, `"relation[russia, afghanistan]"`.
        acts: Fields that an action sets, of the agent or spelled in full: `"relation[afghanistan, russia].bid"`. An action holds for its step: it is
            written before each of its ticks.
        observes: Fields and derived values of the agent; of others, spelled in full; those of all rows of a kind, `"relation.trust"`; and measures,
            by name. A date is observed as 0, and 1 once it has come.
        reward: A measure's name, or an expression of the scenario's language. A value over time (a series) is the reward of each tick; a date is a reward
            of 1 in the tick in which it comes; one value a run, as `total(x)`, is rewarded as it grows, so that rewards add up to it. A step's
            reward is the sum over its ticks.
        runs: Lanes, `num_envs`.
        seed: Of all random numbers, where `reset` names none.
        bounds: By act: (low, high) where its field has no bounds, or to narrow them; or a list of values or levels, of which an action chooses one by
            number.
        ends: A measure or an expression like `reward`, on which an episode terminates: where a date has come or a value is not 0.
        ticks_per_step: Ticks between two actions.
        autoreset: What becomes of a lane whose episode ended, in Gymnasium's words: "next_step", the next step begins the next episode, whatever the
            action; "same_step", the same step does, and the last observation is in infos["final_obs"]; "disabled", `reset` has to,
            of some lanes by options={"reset_mask": mask}.
        threads: As for `Scenario.session`.

    Attributes:
        num_envs: How many lanes there are.
        single_action_space, single_observation_space: Of one lane. Actions are a Box over `acts`; where all of them are choices (fields with levels, lists
            in `bounds`) a Discrete of one or a MultiDiscrete of several. In a Box a choice is its number, rounded.
        action_space, observation_space: Of all lanes, the lane first.

    Episodes are runs with numbers: episode e of lane l is run e · runs + l of the seed, the one that `s.run(1, seed=seed, first_run=e * runs + l)`
    makes where no action changes anything. The same seed and actions give the same bits, however many lanes others have. Episodes are truncated at the
    calendar's end. A run that fails is terminated with reward 0 and its last observation; infos["failure"] tells what happened.
    infos has for each lane "run", its number, and "date", where it stands.

    Raises:
        Error: For unknown names, with the nearest one; for acts without bounds; for mistakes in an expression, with their place; from `step` for
            actions of the wrong shape or outside the space.
    """

    _kin = ("gymnasium.vector", "VectorEnv")
    is_vector_env = True
    _bands: "list[_gym.Band]" = []

    def __init__(
        self,
        scenario: "Scenario",
        agent: str | None = None,
        *,
        acts: Sequence[str],
        observes: Sequence[str],
        reward: str,
        runs: int = 64,
        seed: int = 1,
        bounds: Mapping[str, Any] | None = None,
        ends: str | None = None,
        ticks_per_step: int = 1,
        autoreset: str = "next_step",
        threads: int = 0,
    ):
        import numpy

        if autoreset not in _MODES:
            raise Error(f"autoreset is one of {', '.join(_MODES)}, not {autoreset!r}")
        if runs < 1:
            raise Error(f"an environment has at least one lane, not {runs}")
        if ticks_per_step < 1:
            raise Error(f"a step has at least one tick, not {ticks_per_step}")
        self._spec = _gym.Spec(scenario, agent, acts, observes, reward, bounds or {}, ends)
        self._ticks, self._mode, self._threads, self._seed = int(ticks_per_step), autoreset, threads, seed
        self.num_envs = runs
        self.single_action_space = self._spec.action_space()
        self.single_observation_space = _spaces.box(*self._spec.observed_bounds())
        self.action_space = _spaces.batched(self.single_action_space, runs)
        self.observation_space = _spaces.batched(self.single_observation_space, runs)
        self._bands = []
        self._episode = numpy.full(runs, -1)
        self._ended = numpy.ones(runs, dtype=bool)

    @property
    def metadata(self) -> dict[str, Any]:
        """What gymnasium wants to know: how episodes begin again, in its own enumeration where it is imported."""
        known = getattr(sys.modules.get("gymnasium.vector"), "AutoresetMode", None)
        mode = _MODES[self._mode]
        return {"render_modes": [], "autoreset_mode": known(mode) if known is not None else mode}

    def reset(self, *, seed: int | None = None, options: Mapping[str, Any] | None = None) -> tuple["NDArray[numpy.float64]", dict[str, Any]]:
        """Begins the next episode of each lane; the first of `seed`, where one is given.

        Args:
            options: {"episode": e} for that one; {"reset_mask": mask} for these lanes alone.

        Returns:
            Observations, lanes × observes, and infos.
        """
        import numpy

        options = dict(options or {})
        mask = numpy.asarray(options.pop("reset_mask", numpy.ones(self.num_envs, dtype=bool)))
        if mask.dtype != bool or mask.shape != (self.num_envs,):
            raise Error(f"a reset_mask is True or False for each of {self.num_envs} lanes, not an array of {mask.dtype} of shape {mask.shape}")
        if not mask.all() and not self._bands:
            raise Error("the first reset is of all lanes")
        if seed is not None:
            if not mask.all():
                raise Error("a seed is of all lanes: give it without a reset_mask")
            self._seed = self._whole(seed, "a seed")
            self._seeded(self._seed)
            self._episode[:] = -1
        if (episode := options.pop("episode", None)) is not None:
            self._episode[mask] = self._whole(episode, "the number of an episode") - 1
        if options:
            raise Error(f"reset takes the options episode and reset_mask, not {', '.join(map(repr, options))}")
        self.closed = False
        self._begin(mask)
        return self._observations(), self._infos()

    def step(self, actions: Any) -> tuple["NDArray[numpy.float64]", "NDArray[numpy.float64]", "NDArray[numpy.bool_]", "NDArray[numpy.bool_]", dict[str, Any]]:
        """Acts in all lanes and takes them a step on.

        Args:
            actions: One of `action_space`: lanes × acts, or one number a lane for a single choice.

        Returns:
            Observations (lanes × observes), rewards, terminations, truncations (a value a lane), and infos.
        """
        import numpy

        if not self._bands:
            raise Error("an environment is reset before its first step" if not self.closed else "this environment is closed; reset opens it again")
        if self._mode == "disabled" and self._ended.any():
            raise Error(f"the episode of lane {int(self._ended.argmax())} has ended: reset it first, with options={{'reset_mask': terminations | truncations}}")
        values = self._spec.values(actions, self.num_envs)
        fresh = self._ended.copy()
        rewards, terminations, truncations = numpy.zeros(self.num_envs), numpy.zeros(self.num_envs, dtype=bool), numpy.zeros(self.num_envs, dtype=bool)
        failures: dict[int, str] = {}
        if fresh.any():
            self._begin(fresh)
        for band in self._bands:
            if fresh[band.lanes[0]] and band.is_new:  # begins in this step
                continue
            band.step(values, self._ticks, rewards, terminations, truncations, failures)
        self._ended = terminations | truncations
        infos = self._infos(failures)
        if self._mode == "same_step" and self._ended.any():
            self._keep_last(infos)
            self._begin(self._ended.copy())
            infos |= self._infos(failures)
        return self._observations(), rewards, terminations, truncations, infos

    def close(self, **_: Any) -> None:
        """Ends it; `reset` begins it again."""
        for band in self._bands:
            band.close()
        self._bands, self.closed = [], True

    # Lanes

    @staticmethod
    def _whole(value: Any, what: str) -> int:
        import numbers

        if not isinstance(value, numbers.Integral) or value < 0:
            raise Error(f"{what} is a whole number from 0 on, of all lanes alike, not {value!r}")
        return int(value)

    def _begin(self, mask: "NDArray[numpy.bool_]") -> None:
        """The next episode of some lanes: those with the same number side by side in one band."""
        import numpy

        self._episode[mask] += 1
        for band in self._bands:
            band.drop(mask)
        self._bands = [band for band in self._bands if band.is_alive]
        numbers = self._episode * self.num_envs + numpy.arange(self.num_envs)
        lanes = numpy.flatnonzero(mask)
        for some in numpy.split(lanes, numpy.flatnonzero(numpy.diff(numbers[lanes]) != 1) + 1):
            self._bands.append(_gym.Band(self._spec, some, self._seed, int(numbers[some[0]]), self._threads))
        self._ended[mask] = False

    def _observations(self) -> "NDArray[numpy.float64]":
        import numpy

        out = numpy.empty(self.observation_space.shape)
        for band in self._bands:
            band.put(band.observed, out)
        return out

    def _infos(self, failures: Mapping[int, str] | None = None) -> dict[str, Any]:
        import numpy

        numbers = self._episode * self.num_envs + numpy.arange(self.num_envs)
        dates = numpy.empty(self.num_envs, dtype=self._spec.date_type)
        for band in self._bands:
            band.put(numpy.full(len(band.lanes), band.session.date), dates)
        everywhere = numpy.ones(self.num_envs, dtype=bool)
        infos: dict[str, Any] = {"run": numbers, "_run": everywhere, "date": dates, "_date": everywhere.copy()}
        if failures:
            told = numpy.full(self.num_envs, None, dtype=object)
            for lane, what in failures.items():
                told[lane] = what
            infos |= {"failure": told, "_failure": told != None}  # noqa: E711
        return infos

    def _keep_last(self, infos: dict[str, Any]) -> None:
        """The last observation of lanes that begin again at once, as Gymnasium 1.0 calls it and as 0.29 does."""
        import numpy

        observations = self._observations()
        last = numpy.full(self.num_envs, None, dtype=object)
        info = numpy.full(self.num_envs, None, dtype=object)
        for lane in numpy.flatnonzero(self._ended):
            last[lane] = observations[lane]
            info[lane] = {name: infos[name][lane] for name in infos if not name.startswith("_")}
        for name, values in (("final_obs", last), ("final_observation", last), ("final_info", info)):
            infos |= {name: values, "_" + name: self._ended.copy()}

    def __repr__(self) -> str:
        return f"<gym.Env of {self.num_envs} lanes of {self._spec.scenario.title or self._spec.scenario.path!r}: {self._spec.described}>"


class SingleEnv(_Common):
    """One run of a scenario, in which an agent acts: the interface of gymnasium.Env. Arguments as `Env`, but for `runs` and `autoreset`.

    Episode e is run e of the seed. `reset` begins the next one; with `seed=` the first one of that seed, with options={"episode": e} that one.

    Attributes:
        action_space, observation_space: As the single ones of `Env`.
    """

    _kin = ("gymnasium", "Env")
    metadata: dict[str, Any] = {"render_modes": []}

    def __init__(self, scenario: "Scenario", agent: str | None = None, **options: Any):
        for name in ("runs", "autoreset"):
            if name in options:
                raise Error(f"a SingleEnv is of one run and takes no {name}")
        self._env = Env(scenario, agent, runs=1, autoreset="disabled", **options)
        self.action_space = self._env.single_action_space
        self.observation_space = self._env.single_observation_space

    def reset(self, *, seed: int | None = None, options: Mapping[str, Any] | None = None) -> tuple["NDArray[numpy.float64]", dict[str, Any]]:
        """Begins the next episode: its observation and info (run, date)."""
        observations, infos = self._env.reset(seed=seed, options=options)
        if seed is not None:
            self._seeded(seed)
        return observations[0], self._one(infos)

    def step(self, action: Any) -> tuple["NDArray[numpy.float64]", float, bool, bool, dict[str, Any]]:
        """Acts and takes the run a step on: observation, reward, terminated, truncated, info."""
        import numpy

        observations, rewards, terminations, truncations, infos = self._env.step(numpy.asarray(action)[None])
        return observations[0], float(rewards[0]), bool(terminations[0]), bool(truncations[0]), self._one(infos)

    def close(self) -> None:
        """Ends it; `reset` begins it again."""
        self._env.close()
        self.closed = True

    @staticmethod
    def _one(infos: Mapping[str, Any]) -> dict[str, Any]:
        return {name: values[0] for name, values in infos.items() if not name.startswith("_")}

    def __repr__(self) -> str:
        return repr(self._env).replace("gym.Env of 1 lanes", "gym.SingleEnv", 1)
