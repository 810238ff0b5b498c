# Tests: gym, _gym, _spaces.
import sys
import types
from pathlib import Path

import numpy
import pytest

import entente as en

GAME = """
entente: 1
title: A game of one number
calendar: {start: 2020-01-01, end: 2020-02-04, step: week}
parameters:
  pull: {value: 0.5, range: [0, 1]}
agents:
  player:
    fields:
      bid: {start: 0, range: [0, 10]}
      free: {start: 1}
      mood: {start: calm, levels: [calm, cross, furious]}
      wealth: {start: 1, range: [-inf, inf]}
    derived:
      worth: {value: 2 * wealth}
    members: {ann: {wealth: 3}, bob: {}}
links:
  tie:
    source: player
    target: player
    fields: {warmth: {start: 0.5, range: [0, 1]}}
    pattern: complete
steps:
  - rule: earn
    on: player
    do:
      - wealth += pull * bid - normal(0, 1) * mood
measures:
  wealth_of_ann: {value: "player[ann].wealth"}
  wealth_of_all: {value: wealth, on: player}
  free_and_warm: {value: "player[ann].free + tie[bob, ann].warmth"}
  rich: {value: "first(player[ann].wealth > 20)"}
  spent: {value: "total(player[ann].bid)"}
  spent_yearly: {value: "total(player[ann].bid)", per: year}
"""

TICKS = 5


@pytest.fixture(scope="module")
def game():
    return en.Scenario(text=GAME)


@pytest.fixture(scope="module")
def kabul():
    return en.Scenario(Path(__file__).parents[2] / "scenarios/moscow-kabul.yaml")


def env_of(game, **options):
    options = {"acts": ["bid", "mood"], "observes": ["wealth", "worth", "tie[bob, ann].warmth", "rich"], "reward": "wealth_of_ann", "runs": 4} | options
    return en.gym.Env(game, options.pop("agent", "player[ann]"), **options)


def plays(env, actions, seed=1):
    seen, paid = [env.reset(seed=seed)[0]], []
    for _ in range(TICKS):
        observations, rewards, *_ = env.step(actions)
        seen.append(observations)
        paid.append(rewards)
    return numpy.array(seen), numpy.array(paid)


# What an episode is


def test_steps_are_ticks_of_a_session_whose_fields_are_written(game):
    actions = numpy.array([[1, 0], [2, 1], [3, 2], [4, 1.2]])
    seen, paid = plays(env_of(game), actions)
    with game.session(4, seed=1) as world:
        ann = world["player"]["ann"]
        for tick in range(TICKS):
            ann["bid"] = actions[:, 0]
            ann["mood"] = [0, 1, 2, 1]
            world.tick()
            assert (seen[tick + 1][:, 0] == ann["wealth"]).all()
            assert (seen[tick + 1][:, 1] == 2 * ann["wealth"]).all()
            assert (seen[tick + 1][:, 2] == 0.5).all()
            assert (paid[tick] == world.measure("wealth_of_ann")).all()


def test_without_acting_episode_e_of_lane_l_is_run_e_runs_l_of_the_seed(kabul):
    field = "government[afghanistan].seeks"  # which nothing else writes
    env = en.gym.Env(kabul, acts=[field], observes=["moscow_trust", "recognised"], reward="recognised", runs=6)
    for episode in range(2):
        observations, infos = env.reset(seed=5 if episode == 0 else None)
        assert (infos["run"] == 6 * episode + numpy.arange(6)).all()
        paid = 0
        while True:
            observations, rewards, _, truncations, _ = env.step(numpy.ones((6, 1)))
            paid += rewards
            if truncations.all():
                break
        runs = kabul.run(6, seed=5, first_run=6 * episode)
        assert (observations[:, 0] == runs.runs.moscow_trust).all()
        assert (observations[:, 1] == runs.runs.recognised.notnull()).all()
        assert (paid == runs.runs.recognised.notnull()).all()  # once, when it comes


def test_the_same_seed_and_actions_give_the_same_bits_whatever_the_lanes(game):
    one, more = (env_of(game, runs=runs, threads=threads) for runs, threads in ((4, 1), (4, 2)))
    actions = numpy.tile([2.0, 1], (4, 1))
    first, second = plays(one, actions, seed=9), plays(more, actions, seed=9)
    assert (first[0] == second[0]).all() and (first[1] == second[1]).all()
    assert (plays(one, actions, seed=10)[0] != first[0]).any()
    wide, _ = plays(env_of(game, runs=16), numpy.tile([2.0, 1], (16, 1)), seed=9)
    assert (wide[:, :4] == first[0]).all()


def test_an_action_holds_for_all_ticks_of_its_step(game):
    env = env_of(game, acts=["bid"], observes=["bid", "wealth"], reward="spent", ticks_per_step=2)
    env.reset(seed=1)
    rewards, ended = [], []
    for _ in range(3):
        _, paid, _, truncations, infos = env.step(numpy.full((4, 1), 3.0))
        rewards.append(paid[0])
        ended.append(truncations.all())
    assert rewards == [6, 6, 3] and ended == [False, False, True]  # five ticks
    assert infos["date"][0] == game.dates[-1]


def test_rewards_of_a_total_add_up_to_it_and_expressions_do_as_measures(game):
    by_name, by_text = (env_of(game, acts=["bid"], reward=reward) for reward in ("spent", "total(player[ann].bid)"))
    actions = numpy.arange(4.0)[:, None]
    assert (plays(by_name, actions)[1] == actions[:, 0]).all()
    assert (plays(by_text, actions)[1] == plays(by_name, actions)[1]).all()
    assert (plays(env_of(game, acts=["bid"], reward="player[bob].wealth - player[ann].bid"), actions)[1][0] == 1 - actions[:, 0]).all()


def test_variants_and_values_that_were_set_count(game):
    _, paid = plays(env_of(game.set(pull=1), acts=["bid"], reward="player[ann].wealth"), numpy.full((4, 1), 10.0))
    assert (paid[0] == 13).all()


# Ends


def test_lanes_begin_again_each_by_itself_in_the_next_step(game):
    env = env_of(game, acts=["bid"], observes=["wealth"], reward="player[ann].bid", ends="rich", seed=3)
    env.reset()
    bids = numpy.array([[0.0], [10], [10], [0]])  # 5 a tick: 3 + 5 * 4 = 23 after the fourth
    for _ in range(3):
        assert not env.step(bids)[2].any()
    _, _, terminations, truncations, infos = env.step(bids)
    assert terminations.tolist() == [False, True, True, False] and not truncations.any()
    assert infos["run"].tolist() == [0, 1, 2, 3]
    observations, rewards, terminations, truncations, infos = env.step(bids)
    assert infos["run"].tolist() == [0, 5, 6, 3]
    assert observations[1:3, 0].tolist() == [3, 3] and rewards[1:3].tolist() == [0, 0]
    assert truncations.tolist() == [True, False, False, True] and not terminations.any()
    observations, rewards, _, _, infos = env.step(bids)
    assert infos["run"].tolist() == [4, 5, 6, 7] and rewards[1:3].tolist() == [10, 10]
    assert observations[:, 0].tolist() == [3, 8, 8, 3]


def test_lanes_begin_again_in_the_same_step_and_tell_what_they_saw_last(game):
    env = env_of(game, acts=["bid"], observes=["wealth"], autoreset="same_step")
    first, _ = env.reset(seed=1)
    for _ in range(TICKS):
        observations, _, _, truncations, infos = env.step(numpy.ones((4, 1)))
    assert truncations.all() and (observations == first).all()
    assert infos["_final_obs"].all() and infos["final_obs"][2][0] == 3 + 5 * 0.5
    assert infos["final_info"][2]["run"] == 2 and infos["run"].tolist() == [4, 5, 6, 7]


def test_disabled_lanes_wait_for_their_reset(game):
    env = env_of(game, acts=["bid"], observes=["wealth"], autoreset="disabled", ends="player[ann].wealth > 4")
    env.reset(seed=1)
    bids = numpy.array([[0.0], [0], [10], [0]])
    assert env.step(bids)[2].tolist() == [False, False, True, False]
    with pytest.raises(en.Error, match="episode of lane 2 has ended: reset it first"):
        env.step(bids)
    observations, infos = env.reset(options={"reset_mask": numpy.array([False, False, True, False])})
    assert infos["run"].tolist() == [0, 1, 6, 3] and observations[2, 0] == 3
    env.step(bids)


def test_a_run_that_fails_is_terminated_and_told():
    text = GAME.replace("wealth += pull * bid", "wealth += sqrt(4 - bid) + 0 * pull")
    env = env_of(en.Scenario(text=text), acts=["bid"], observes=["wealth"], reward="player[ann].wealth")
    before, _ = env.reset(seed=1)
    bids = numpy.array([[0.0], [9], [0], [0]])
    observations, rewards, terminations, truncations, infos = env.step(bids)
    assert terminations.tolist() == [False, True, False, False] and not truncations.any()
    assert rewards[1] == 0 and observations[1, 0] == before[1, 0] and observations[0, 0] == 3 + 2
    assert infos["_failure"].tolist() == [False, True, False, False]
    assert "run 1 failed in tick 0, step earn" in infos["failure"][1]
    _, _, terminations, _, infos = env.step(numpy.zeros((4, 1)))
    assert not terminations.any() and infos["run"].tolist() == [0, 5, 2, 3]


def test_a_random_agent_goes_through_whole_calendars(kabul):
    env = en.gym.Env(kabul, "government[russia]", acts=["generosity", "relation[russia, afghanistan].listed"], bounds={"generosity": (0, 20)},
                     observes=["relation.trust", "relation[russia, afghanistan].standing", "snubs", "recognised"], reward="moscow_trust", runs=8)
    env.action_space.seed(1)
    observations, _ = env.reset(seed=1)
    assert observations.shape == (8, 9)
    for step in range(2 * 228 + 1):
        assert env.observation_space.contains(observations)
        observations, rewards, terminations, truncations, _ = env.step(env.action_space.sample())
        assert numpy.isfinite(rewards).all() and not terminations.any()
        assert truncations.all() == (step in (227, 456))


# Spaces


def test_spaces_follow_from_fields_and_bounds(game):
    env = env_of(game, acts=["bid", "free"], bounds={"free": (-2, 2)})
    assert env.single_action_space.low.tolist() == [0, -2] and env.single_action_space.high.tolist() == [10, 2]
    assert env.action_space.shape == (4, 2) and env.single_action_space.dtype == numpy.float64
    assert env.observation_space.shape == (4, 4)
    assert env.single_observation_space.high.tolist() == [numpy.inf, numpy.inf, 1, 1]
    assert env_of(game, acts=["mood"]).single_action_space.n == 3
    assert env_of(game, acts=["mood"]).action_space.nvec.tolist() == [3] * 4
    both = env_of(game, acts=["mood", "bid"], bounds={"bid": [0, 2.5, 5, 10]})
    assert both.single_action_space.nvec.tolist() == [3, 4]
    assert both.action_space.shape == (4, 2) and both.action_space.high.max() == 3
    assert env_of(game, acts=["mood"], bounds={"mood": ["calm", "furious"]}).single_action_space.n == 2
    mixed = env_of(game, acts=["mood", "bid"]).single_action_space
    assert mixed.low.tolist() == [0, 0] and mixed.high.tolist() == [2, 10]


def test_choices_are_values_of_the_list(game):
    env = env_of(game, acts=["bid"], bounds={"bid": [0, 2.5, 10]}, observes=["bid"])
    env.reset(seed=1)
    assert env.step(numpy.array([0, 1, 2, 1]))[0][:, 0].tolist() == [0, 2.5, 10, 2.5]


@pytest.mark.parametrize(
    "space",
    [
        en.gym._spaces.Box([0, -1, -numpy.inf, 2], [1, 5, 3, numpy.inf]),
        en.gym._spaces.Box(0, 3, shape=(2, 3), dtype="int64"),
        en.gym._spaces.Discrete(4, start=2),
        en.gym._spaces.MultiDiscrete([[2, 3], [4, 5]]),
    ],
    ids=repr,
)
def test_samples_lie_in_their_space_and_repeat_by_seed(space):
    space.seed(1)
    drawn = [space.sample() for _ in range(200)]
    assert all(one in space for one in drawn)
    assert all(numpy.shape(one) == space.shape for one in drawn)
    space.seed(1)
    assert all((space.sample() == one).all() for one in drawn)
    assert "text" not in space and numpy.full((7,), 1.0) not in space and -100 * numpy.ones(space.shape) not in space
    assert len({str(one) for one in drawn}) > 3


def test_a_mask_leaves_the_choices_that_are_allowed():
    space = en.gym._spaces.Discrete(4, start=2)
    space.seed(1)
    assert {int(space.sample(mask=numpy.array([0, 1, 0, 1], dtype="int8"))) for _ in range(40)} == {3, 5}
    assert space.sample(mask=numpy.zeros(4, dtype="int8")) == 2


# One run


def test_a_single_environment_is_the_first_lane(game):
    one = en.gym.SingleEnv(game, "player[ann]", acts=["bid", "mood"], observes=["wealth"], reward="wealth_of_ann")
    several = env_of(game, observes=["wealth"], runs=1)
    observation, info = one.reset(seed=4)
    assert observation.tolist() == several.reset(seed=4)[0][0].tolist() and info["run"] == 0
    for tick in range(TICKS):
        observation, reward, terminated, truncated, info = one.step(numpy.array([1.5, 2]))
        assert (observation[0], reward) == (several.step(numpy.array([[1.5, 2]]))[1][0],) * 2
        assert type(reward) is float and terminated is False and truncated is (tick == TICKS - 1)
    with pytest.raises(en.Error, match="reset it first"):
        one.step(numpy.array([1.5, 2]))
    assert one.reset()[1]["run"] == 1
    assert one.reset(options={"episode": 7})[1]["run"] == 7
    chooses = en.gym.SingleEnv(game, "player[ann]", acts=["mood"], observes=["wealth"], reward="wealth_of_ann")
    chooses.reset()
    chooses.step(2)
    one.close()
    with pytest.raises(en.Error, match="closed"):
        one.step(numpy.array([1, 1]))


# Mistakes


@pytest.mark.parametrize(
    "options, text",
    [
        ({"agent": "player[anne]"}, "there is no player 'anne'"),
        ({"agent": "palyer[ann]"}, "no kind 'palyer'"),
        ({"agent": "ann"}, "an agent is named by its kind and name, as government[russia], not 'ann'"),
        ({"acts": ["bud"]}, "the act 'bud' is no field of player; did you mean 'bid'?"),
        ({"acts": ["tie[ann, bob].warmt"]}, "tie has no field 'warmt'; did you mean 'warmth'?"),
        ({"acts": ["tye[ann, bob].warmth"]}, "no kind 'tye'\nhelp: did you mean 'tie'?"),
        ({"acts": ["tie[ann, ann].warmth"]}, "there is no tie ann -> ann"),
        ({"acts": ["player.bid"]}, "the act 'player.bid' is of all rows of player"),
        ({"acts": ["worth"]}, "the act 'worth' is derived"),
        ({"acts": ["free"]}, "the act 'free' has no bounds of its own (-inf to inf): give them, as bounds={'free': (0, 10)}"),
        ({"acts": ["bid"], "bounds": {"bid": (0, 11)}}, "bounds of 'bid' are 0 to 11, and the field is between 0 and 10"),
        ({"acts": ["bid"], "bounds": {"bid": (5, 5)}}, "two finite numbers in order"),
        ({"acts": ["bid"], "bounds": {"bud": (0, 1)}}, "bounds are of acts, and 'bud' is none of them; did you mean 'bid'?"),
        ({"acts": ["mood"], "bounds": {"mood": ["calm", "furios"]}}, "'mood' has no level 'furios'; did you mean 'furious'?"),
        ({"acts": ["mood"], "bounds": {"mood": [0, 7]}}, "'mood' can't be 7"),
        ({"acts": []}, "acts is a list of at least one name"),
        ({"acts": "bid"}, "acts is a list of at least one name, not 'bid'"),
        ({"observes": ["welth"]}, "the observation 'welth' is no field of player and no measure; did you mean 'wealth'?"),
        ({"reward": "wealth_of_an"}, "no parameter is called 'wealth_of_an'"),
        ({"reward": "player[an].wealth"}, "did you mean 'ann'?"),
        ({"reward": "spent_yearly"}, "is one a year"),
        ({"reward": "wealth_of_all"}, "has one for each row"),
        ({"ends": "sum("}, "ends too early"),
        ({"autoreset": "never"}, "autoreset is one of next_step, same_step, disabled, not 'never'"),
        ({"ticks_per_step": 0}, "at least one tick"),
        ({"runs": 0}, "at least one lane, not 0"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_mistakes_are_told_when_it_is_made(game, options, text):
    with pytest.raises(en.Error) as told:
        env_of(game, **options).reset()
    assert text in str(told.value)


@pytest.mark.parametrize(
    "actions, text",
    [
        (numpy.zeros((3, 2)), "actions are an array of numbers of shape (4, 2), lanes × acts, not of float64 of shape (3, 2)"),
        (numpy.zeros(4), "of shape (4,)"),
        (numpy.full((4, 2), "a"), "of shape (4, 2), lanes × acts, not of <U1"),
        ([[0, 0], [11, 0], [0, 0], [0, 0]], "the action on 'bid' in lane 1 is 11, and is between 0 and 10; numpy.clip keeps actions there"),
        ([[0, 0], [0, 0], [numpy.nan, 0], [0, 0]], "the action on 'bid' in lane 2 is nan"),
        ([[0, 3], [0, 0], [0, 0], [0, 0]], "the action on 'mood' in lane 0 is 3, and is the number of a choice, 0 to 2"),
    ],
    ids=str,
)
def test_actions_outside_the_space_are_refused_and_nothing_has_happened(game, actions, text):
    env = env_of(game)
    env.reset(seed=1)
    with pytest.raises(en.Error) as told:
        env.step(actions)
    assert text in str(told.value)
    assert env.step(numpy.zeros((4, 2)))[4]["date"][0] == game.dates[1]


def test_choices_are_whole_numbers(game):
    env = env_of(game, acts=["mood"])
    env.reset(seed=1)
    with pytest.raises(en.Error, match="number of a choice"):
        env.step(numpy.array([0, 1, 0.5, 0]))


def test_steps_and_resets_out_of_order_are_refused(game):
    env = env_of(game)
    with pytest.raises(en.Error, match="reset before its first step"):
        env.step(numpy.zeros((4, 2)))
    for options, text in (({"reset_mask": [True]}, "each of 4 lanes"), ({"reset_mask": numpy.array([True, False, False, False])}, "of all lanes"), ({"lane": 1}, "not 'lane'"), ({"episode": -1}, "from 0 on")):
        with pytest.raises(en.Error, match=text):
            env.reset(options=options)
    with pytest.raises(en.Error, match="a seed is a whole number"):
        env.reset(seed=[1, 2, 3, 4])
    env.reset(seed=1)
    env.close()
    with pytest.raises(en.Error, match="closed"):
        env.step(numpy.zeros((4, 2)))
    env.reset()


# With Gymnasium


def test_gymnasium_is_not_imported(game):
    env_of(game)
    assert "gymnasium" not in sys.modules or sys.modules["gymnasium"].__file__


def test_where_gymnasium_is_imported_environments_and_spaces_are_its_own(game, monkeypatch):
    class Kin:
        def close(self):
            raise AssertionError("not ours")

    class Box:
        def __init__(self, low, high, shape=None, dtype=None):
            self.low, self.high, self.dtype = low, high, numpy.dtype(dtype)
            self.shape = low.shape if shape is None else shape

    stand_in = types.ModuleType("gymnasium")
    stand_in.Env = stand_in.VectorEnv = Kin
    spaces = types.ModuleType("gymnasium.spaces")
    spaces.Box = Box
    for name, module in (("gymnasium", stand_in), ("gymnasium.vector", stand_in), ("gymnasium.spaces", spaces)):
        monkeypatch.setitem(sys.modules, name, module)
    env = env_of(game)
    assert isinstance(env, Kin) and isinstance(env, en.gym.Env) and type(env).__name__ == "Env"
    assert isinstance(env.action_space, Box) and isinstance(env.single_observation_space, Box)
    plays(env, numpy.zeros((4, 2)))
    env.close()
    single = en.gym.SingleEnv(game, "player[ann]", acts=["bid"], observes=["wealth"], reward="wealth_of_ann")
    assert isinstance(single, Kin) and isinstance(single.action_space, Box)
    single.reset(seed=1)


def test_gymnasiums_own_checker_is_content(game):
    gymnasium = pytest.importorskip("gymnasium")
    from gymnasium.utils.env_checker import check_env

    env = en.gym.SingleEnv(game, "player[ann]", acts=["bid"], observes=["wealth"], reward="wealth_of_ann")
    assert isinstance(env, gymnasium.Env)
    check_env(env, skip_render_check=True)
