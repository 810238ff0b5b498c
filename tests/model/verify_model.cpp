// Tests: verify_parts, verify_passes, verify_programs, verify_slices.
// What compiled models promise: sound ones are let pass, and one that is broken on purpose is told which promise it breaks and where.
#include <algorithm>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <entente/base/draws.hpp>
#include <entente/model/verify_model.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::EndsWith;
using testing::StartsWith;

/// A world with everything that models are made of: more links than one plain sum takes, a kind large enough to be matched, links that
/// have no reverse, an event, entries of the timeline, medians and measures of all forms.
Model compiled() {
    return compile(scenario_of(R"yaml(
calendar: {start: 2021-01-03, ticks: 60, step: week}
parameters: {gain: 0.5}
agents:
  state: {fields: {rank: 0}, members: {a: {rank: 1}, b: {}, c: {}}}
  cell: {count: 1200, fields: {x: "uniform(0, 1)", owner: "floor(uniform(0, 9))", got: 0}}
links:
  tie: {source: cell, target: cell, fields: {w: "uniform(0, 1)"}, pattern: {ring: {k: 4}}}
  pact: {source: state, target: state, fields: {w: 1}, members: [a -> b, b -> a, a -> c]}
steps:
  - event: visit
    on: tie
    probability: clip(w * exp(-gain), 0, 1)
    do: [target.got += 1, w *= 0.9]
  - rule: look about
    on: cell
    do:
      - x = toward(x, mean(l.w for l in tie.into(self) if l.w > 0.1), 1) + normal(0, 0.1)
      - got += sum(k.x for k in cell if k.owner == owner) + median(l.w for l in tie.out(self)) + sum(l.w for l in tie) + sum(l.w for l in tie.out(self))
  - rule: turn
    on: pact
    do: [w = has(reverse) + reverse.w]
timeline:
  - {tick: 3, set: {"state[a].rank": 2}}
  - {tick: 7, set: {"state[b].rank": 3}}
measures:
  got: sum(k.got for k in cell)
  visits: "total(sum(l.visit for l in tie))"
  each: {value: rank, on: state}
)yaml"),
                   {.varied = {ParameterId{0}}, .unroll = Unroll::no});
}

constexpr KindId state{0}, cell{1}, tie{2}, pact{3};
constexpr DomainId world{4};

const Model& sound() {
    static const Model model = compiled();
    return model;
}

/// What is said when `change` breaks the sound model.
template <class Change>
std::string broken_by(Change change) {
    Model model = sound();
    change(model);
    return broken_promise(model);
}

/// The first of a list for which `is_sought` holds.
template <class List, class Sought>
auto& first(List& list, Sought is_sought) {
    const auto found = std::find_if(list.begin(), list.end(), is_sought);
    if (found == list.end()) throw std::logic_error("the sound model has none such");
    return *found;
}

/// The first program with such a load, uniform or effect, that load, uniform or effect, and its number.
template <class List, class Sought>
auto part(Model& model, List Program::*list, Sought is_sought) {
    for (ProgramOnDomain& on : model.programs)
        for (std::size_t i = 0; i < (on.program.*list).size(); ++i)
            if (is_sought((on.program.*list)[i]))
                return std::pair<ProgramOnDomain&, decltype((on.program.*list)[i])>(on, (on.program.*list)[i]);
    throw std::logic_error("the sound model has none such");
}

bool is_own(const Load& load) {
    return !load.presence && load.map.value < 0 && load.row < 0;
}
bool is_mapped(const Load& load) {
    return !load.presence && load.map.value >= 0;
}
bool is_own_effect(const Effect& effect) {
    return effect.map.value < 0 && effect.row < 0 && !effect.by_segment;
}

Load& own_load(Model& model) {
    return part(model, &Program::loads, is_own).second;
}
Load& mapped_load(Model& model) {
    return part(model, &Program::loads, is_mapped).second;
}
RowMap& loaded_map(Model& model) {
    return model.maps[mapped_load(model).map];
}
Uniform& uniform(Model& model, Uniform::Form form) {
    return part(model, &Program::uniforms, [&](const Uniform& u) { return u.form == form; }).second;
}
DrawSpec& draw(Model& model) {
    return part(model, &Program::draws, [](const DrawSpec&) { return true; }).second;
}
Effect& own_effect(Model& model) {
    return part(model, &Program::effects, is_own_effect).second;
}
Effect& segments(Model& model) {
    return part(model, &Program::effects, [](const Effect& e) { return e.by_segment; }).second;
}

/// The offsets of a map that has them.
std::vector<std::int64_t>& offsets(Model& model) {
    return first(model.map_offsets, [](const auto& list) { return !list.empty(); });
}

/// The step's own program.
Program& program_of(Model& model, const std::string& step, KindId domain) {
    return first(model.programs, [&](const ProgramOnDomain& on) { return on.step == step && on.domain == domain_of(domain); })
        .program;
}

CompiledStep& step(Model& model, const std::string& name) {
    return first(model.steps, [&](const CompiledStep& one) { return one.name == name; });
}
/// The first pass of its kind in a list, or in a step's.
template <class One>
One& pass_in(std::vector<Pass>& passes) {
    return std::get<One>(first(passes, [](const Pass& one) { return std::holds_alternative<One>(one); }));
}
template <class One>
One& pass(Model& model, const std::string& of) {
    return pass_in<One>(step(model, of).passes);
}
ColumnId column(const Model& model, const std::string& name) {
    for (const ColumnId id : model.columns.ids())
        if (model.column(id).name == name) return id;
    throw std::logic_error("the sound model has no such column");
}

TEST(VerifyModel, lets_a_sound_model_pass) {
    EXPECT_EQ(broken_promise(sound()), "");
    EXPECT_NO_THROW(verify(sound(), "compiled"));
    EXPECT_FALSE(sound().slices.empty());
    EXPECT_FALSE(sound().groups.empty());
}

TEST(VerifyModel, calls_a_broken_promise_our_own_fault) {
    Model model = sound();
    model.parameter_values.clear();
    try {
        verify(model, "compiled");
        FAIL();
    } catch (const std::logic_error& fault) {
        EXPECT_STREQ(fault.what(), "a model that was compiled breaks a promise: there are 1 names, 0 values and 1 units of parameters");
    }
}

TEST(VerifyModel, tells_of_tables_whose_links_are_not_where_they_belong) {
    EXPECT_EQ(broken_by([](Model& m) { m.tables[tie].source.pop_back(); }), "table 'tie': has 4799 sources, and 4800 links");
    EXPECT_EQ(broken_by([](Model& m) { m.tables[tie].target_offset.pop_back(); }), "table 'tie': is not grouped by target");
    EXPECT_EQ(broken_by([](Model& m) { m.tables[tie].source_offset[2] = 3; }),
              "table 'tie': has a group of source 1 that ends before it begins");
    EXPECT_EQ(broken_by([](Model& m) { m.tables[tie].by_source[0] = 99'999; }), "table 'tie': groups link 99999 of 4800");
    EXPECT_EQ(broken_by([](Model& m) { std::swap(m.tables[tie].by_source[0], m.tables[tie].by_source[1]); }),
              "table 'tie': has links of source 0 out of order");
    EXPECT_EQ(broken_by([](Model& m) { std::swap(m.tables[tie].by_source[3], m.tables[tie].by_source[4]); }),
              "table 'tie': groups link 4 with source 0, and it is of 1");
    EXPECT_EQ(broken_by([](Model& m) { m.tables[tie].source_kind = {2}; }),
              "table 'tie': has links between kinds 2 and 1, which are not both of agents");
    EXPECT_EQ(broken_by([](Model& m) { m.tables[state].names.pop_back(); }), "table 'state': has 2 names for 3 rows");
    EXPECT_EQ(broken_by([](Model& m) { m.tables[state].name_hashes.pop_back(); }), "table 'state': has 2 hashes of 3 names");
}

TEST(VerifyModel, tells_of_domains_that_are_not_the_tables_and_the_world) {
    EXPECT_EQ(broken_by([](Model& m) { m.domains.resize(2); }), "there are 2 domains for 4 tables and the world");
    EXPECT_EQ(broken_by([](Model& m) { m.domains[domain_of(cell)].rows = 5; }), "domain 'cell' is not the table 'cell'");
    EXPECT_EQ(broken_by([](Model& m) { m.domains[world].rows = 2; }), "the world has 2 rows");
    EXPECT_EQ(broken_by([](Model& m) { m.domains[world].rows = -1; }), "domain 'the world' has -1 rows");
    EXPECT_EQ(broken_by([](Model& m) { m.domains[world].kind = {1}; }), "domain 'the world' passes for kind 1");
    const auto one_row = [](Model& m) -> Domain& { return first(m.domains, [](const Domain& d) { return d.name == "one row of state"; }); };
    EXPECT_EQ(broken_by([&](Model& m) { one_row(m).shown_kind = {7}; }), "domain 'one row of state' shows rows of kind 7, of 4");
    EXPECT_EQ(broken_by([&](Model& m) { one_row(m).shown_row = 9; }), "domain 'one row of state' is shown as row 9 of 3");
}

TEST(VerifyModel, tells_of_columns_that_are_not_what_they_pass_for) {
    const auto domains = sound().domains.size();
    const auto columns = sound().columns.size();
    EXPECT_EQ(broken_by([](Model& m) { m.columns[ColumnId{0}].domain = {99}; }), fmt::format("column 'state.rank' is of domain 99, of {}", domains));
    EXPECT_EQ(broken_by([](Model& m) { m.field_columns.resize(3); }), "there are fields of 3 kinds, of 4");
    EXPECT_EQ(broken_by([](Model& m) { m.field_columns[state][FieldId{0}] = {999}; }),
              fmt::format("field 0 of 'state' names column 999, of {}", columns));
    EXPECT_EQ(broken_by([](Model& m) { m.field_columns[state][FieldId{0}] = m.field_columns[cell][FieldId{0}]; }),
              "field 0 of 'state' is column 'cell.x', which is of 'cell'");
    EXPECT_EQ(broken_by([](Model& m) { m.field_columns[cell][FieldId{1}] = m.field_columns[cell][FieldId{0}]; }), "column 'cell.x' is two fields");
}

TEST(VerifyModel, tells_of_a_timeline_that_is_out_of_time) {
    EXPECT_EQ(broken_by([](Model& m) { std::swap(m.timeline[0], m.timeline[1]); }),
              "an entry of the timeline at tick 3 stands behind one at tick 7");
    EXPECT_EQ(broken_by([](Model& m) { m.timeline[1].tick = 60; }), "an entry of the timeline is at tick 60, of 60");
    EXPECT_EQ(broken_by([](Model& m) { m.calendar = Calendar::undated(most_ticks + 1); }), "the calendar has 16777216 ticks");
}

TEST(VerifyModel, tells_of_a_parameter_that_is_set_where_none_stands) {
    EXPECT_EQ(broken_by([](Model& m) { m.parameter_columns.clear(); }), "there are places of 0 parameters, of 1");
    EXPECT_EQ(broken_by([](Model& m) { m.parameter_columns[0].column = column(m, "state.rank"); }),
              "parameter 'gain' stands in 'state.rank', which is of 'state'");
    EXPECT_EQ(broken_by([](Model& m) { m.parameter_columns[0] = {column(m, "got"), 60}; }), "parameter 'gain' is set at tick 60, of 60");
}

TEST(VerifyModel, tells_of_inputs_that_leave_something_open) {
    const auto with = [](const auto& spoil) {
        return broken_by([&](Model& m) {
            InputValues values{{0, 5}, {0, 1, 2}, {0, 0}, {1, 2}};
            m.inputs.add({"oil", m.columns.add({"oil", world, 0}), nullptr});
            spoil(m, values);
            m.inputs[InputId{0}].values = std::make_shared<const InputValues>(values);
        });
    };
    EXPECT_EQ(with([](Model&, InputValues&) {}), "");
    EXPECT_EQ(with([](Model&, InputValues& v) { v.ticks[0] = 1; }), "input 'oil': does not begin with the first tick");
    EXPECT_EQ(with([](Model&, InputValues& v) { v.ticks[1] = 60; }), "input 'oil': changes at tick 60, of 60");
    EXPECT_EQ(with([](Model&, InputValues& v) { v.rows[1] = 1; }), "input 'oil': changes row 1, of 1");
    EXPECT_EQ(with([](Model&, InputValues& v) { v.values.pop_back(); }), "input 'oil': has 2 rows and 1 values for 2 ticks");
    EXPECT_EQ(with([](Model&, InputValues& v) { v.values[1] = std::numeric_limits<double>::infinity(); }), "input 'oil': has a value that is not finite");
    EXPECT_EQ(with([](Model& m, InputValues& v) {
                  m.inputs[InputId{0}].column = column(m, "state.rank");
                  v = {{0}, {0, 3}, {0, 1, 2}, {1, 2, 3}};
              }),
              "input 'oil': something else writes to 'state.rank'");
}

TEST(VerifyModel, tells_of_loads_that_read_what_is_not_there) {
    EXPECT_THAT(broken_by([](Model& m) { own_load(m).column = {999}; }),
                EndsWith(fmt::format(": it names column 999, of {}", sound().columns.size())));
    EXPECT_THAT(broken_by([](Model& m) { own_load(m).column = column(m, "state.rank"); }),
                EndsWith(": takes 'state.rank', which is of 'state', for a column of 'tie'"));
    EXPECT_THAT(broken_by([](Model& m) { own_load(m).row = 0; }), EndsWith("' in a block of 4800 rows"));
    EXPECT_THAT(broken_by([](Model& m) { own_load(m).row = 1'000'000; }), EndsWith("', of 4800"));
    EXPECT_THAT(broken_by([](Model& m) { mapped_load(m).row = 0; }), EndsWith("' by a map and to a fixed row"));
    EXPECT_THAT(broken_by([](Model& m) { mapped_load(m).map = {999}; }),
                EndsWith(fmt::format(": follows map 999, of {}", sound().maps.size())));
    EXPECT_THAT(broken_by([](Model& m) { part(m, &Program::loads, [](const Load& l) { return l.presence; }).second.row = 0; }),
                EndsWith(": asks whether a fixed row is there"));
    EXPECT_THAT(broken_by([](Model& m) { program_of(m, "turn", pact).registers = 0; }), StartsWith("program "));
}

TEST(VerifyModel, tells_of_maps_that_lead_out_of_their_columns_or_end_too_soon) {
    EXPECT_THAT(broken_by([](Model& m) { loaded_map(m).pop_back(); }), EndsWith(" entries for 3 rows and a vector"));
    EXPECT_THAT(broken_by([](Model& m) { loaded_map(m)[1] = 3; }), EndsWith(", which leads to row 3, to 'pact.w' of 3 rows"));
    EXPECT_THAT(broken_by([](Model& m) { loaded_map(m).back() = -2; }), testing::HasSubstr(", which leads to row -2, to "));
}

TEST(VerifyModel, tells_of_uniforms_and_draws_that_are_not_there) {
    EXPECT_THAT(broken_by([](Model& m) { uniform(m, Uniform::Form::parameter).number = 1; }), EndsWith(": is parameter 1, of 1"));
    EXPECT_THAT(broken_by([](Model& m) { uniform(m, Uniform::Form::computed).number = 7; }),
                EndsWith(": is result 7 of the prologue, of 1"));
    EXPECT_THAT(broken_by([](Model& m) { uniform(m, Uniform::Form::row).row = 1; }),
                EndsWith(": reads row 1 of 'result of 'sum(l.w for l in tie)'', of 1"));
    EXPECT_THAT(broken_by([](Model& m) { uniform(m, Uniform::Form::row).column = {-1}; }),
                EndsWith(fmt::format(": it names column -1, of {}", sound().columns.size())));
    EXPECT_THAT(broken_by([](Model& m) { draw(m).identity = {99}; }),
                EndsWith(fmt::format(": draw 0: goes by identity 99, of {}", sound().identities.size())));
    EXPECT_THAT(broken_by([](Model& m) { m.identities[draw(m).identity].pop_back(); }),
                EndsWith(" names for 1200 rows and a vector"));
}

TEST(VerifyModel, tells_of_effects_that_go_where_there_is_nothing) {
    EXPECT_THAT(broken_by([](Model& m) { own_effect(m).column = {999}; }),
                EndsWith(fmt::format(": it names column 999, of {}", sound().columns.size())));
    EXPECT_THAT(broken_by([](Model& m) { own_effect(m).row = 0; }),
                EndsWith(": effect 0: stores many rows to a fixed row of 'state.rank'"));
    EXPECT_THAT(broken_by([](Model& m) { segments(m).row = 0; }), EndsWith(", and elsewhere"));
    EXPECT_THAT(broken_by([](Model& m) { segments(m).column = column(m, "cell.x"); }),
                EndsWith(": goes to 152 segments of 'cell.x', which has 1200"));
    EXPECT_THAT(broken_by([](Model& m) { m.programs[ProgramId{0}].domain = {99}; }),
                EndsWith(fmt::format(": runs over domain 99, of {}", sound().domains.size())));
    EXPECT_THAT(broken_by([](Model& m) { program_of(m, "visit", tie).effects.clear(); }),
                testing::ContainsRegex(" names effect [0-9], of 0$"));
}

TEST(VerifyModel, tells_of_programs_that_depend_on_how_rows_are_cut_into_blocks) {
    EXPECT_THAT(broken_by([](Model& m) { program_of(m, "turn", pact).effects[0].column = column(m, "pact.w"); }),
                EndsWith(": reads 'pact.w' on other rows, and changes it"));
    EXPECT_THAT(broken_by([](Model& m) {
                    Program& fold = part(m, &Program::effects, [](const Effect& e) { return e.row == 0; }).first.program;
                    fold.effects[0] = {fold.loads[0].column, {}};
                }),
                EndsWith("', and contributes to it"));
    EXPECT_THAT(broken_by([](Model& m) {
                    Program& p = program_of(m, "visit", tie);
                    const auto sum =
                        std::find_if(p.body.begin(), p.body.end(), [](const Instruction& i) { return i.op == Op::contribute; });
                    for (Instruction& i : p.body)
                        if (i.op == Op::skip) ++i.extra;
                    p.body.insert(sum, Instruction(*sum));
                }),
                EndsWith(": contributes to 'contributions to cell.got' a second time"));
}

TEST(VerifyModel, tells_of_offsets_that_are_not_those_of_their_map) {
    EXPECT_THAT(broken_by([](Model& m) { m.map_offsets.resize(0); }), EndsWith(", which no offsets were sought for"));
    EXPECT_THAT(broken_by([](Model& m) { offsets(m).pop_back(); }), EndsWith(" has offsets that are not its own"));
    EXPECT_THAT(broken_by([](Model& m) { offsets(m)[1] = 3; }), EndsWith(" leads from row 3 to 0, by its offsets to 1"));
    EXPECT_THAT(broken_by([](Model& m) { offsets(m)[1] = 9; }),
                testing::AnyOf(EndsWith(" leads from row 4 to 1, by its offsets to 0"), EndsWith(" descend at row 1")));
}

TEST(VerifyModel, tells_of_slices_that_leave_out_or_misplace_an_item) {
    const auto order = [](Model& m) -> RowMap& {
        const ProgramOnDomain& twin = first(m.programs, [](const ProgramOnDomain& on) { return on.slices.is_given(); });
        return m.maps[twin.program.loads[0].map];
    };
    EXPECT_THAT(broken_by([](Model& m) { m.slices[SlicesId{0}].keys.pop_back(); }), EndsWith(": its slices 0: has places for 1199 keys, of 1200"));
    EXPECT_THAT(broken_by([](Model& m) { m.slices[SlicesId{0}].keys[1] = m.slices[SlicesId{0}].keys[0]; }), EndsWith(": has key 0 twice, or not among 1200"));
    EXPECT_THAT(broken_by([](Model& m) { m.slices[SlicesId{0}].chunk[0] = 5; }), EndsWith(": has a vector of chunk 0 behind one of chunk 5, of 150"));
    EXPECT_THAT(broken_by([](Model& m) { m.slices[SlicesId{0}].present.pop_back(); }),
                EndsWith(": has 600 vectors and 599 of their bits for 4800 elements"));
    EXPECT_THAT(broken_by([](Model& m) { m.slices[SlicesId{0}].present[0] = 0xFE; }),
                testing::HasSubstr(": element 0 is not there, and its item is "));
    EXPECT_THAT(broken_by([&](Model& m) { std::swap(order(m)[0], order(m)[1]); }), testing::HasSubstr(": adds item "));
    EXPECT_THAT(broken_by([&](Model& m) { std::swap(order(m)[0], order(m)[8]); }), testing::HasSubstr(" behind item "));
    EXPECT_THAT(broken_by([&](Model& m) { m.slices[SlicesId{0}].present[3] = 0xFE, order(m)[24] = no_row; }), EndsWith(": adds 4799 items, of 4800"));
    EXPECT_THAT(broken_by([](Model& m) { first(m.programs, [](const ProgramOnDomain& on) { return on.by_key.is_given(); }).by_key = {999}; }),
                EndsWith(fmt::format(": its twin is program 999, of {}", sound().programs.size())));
    EXPECT_THAT(broken_by([](Model& m) { first(m.programs, [](const ProgramOnDomain& on) { return on.slices.is_given(); }).slices = {-2}; }),
                testing::HasSubstr("slices -2"));
}

TEST(VerifyModel, tells_of_passes_that_move_what_does_not_fit) {
    const auto columns = sound().columns.size();
    EXPECT_THAT(broken_by([](Model& m) { pass<FillColumn>(m, "visit").column = {999}; }),
                EndsWith(fmt::format(": a fill names column 999, of {}", columns)));
    EXPECT_THAT(broken_by([](Model& m) { pass<SwapColumns>(m, "turn").other = pass<SwapColumns>(m, "turn").one; }),
                EndsWith(": a swap goes from 'pact.w' to itself"));
    EXPECT_THAT(broken_by([](Model& m) { pass<SwapColumns>(m, "turn").other = column(m, "tie.w"); }),
                EndsWith(": a swap takes 'tie.w' of 'tie' with 'pact.w' of 'pact'"));
    EXPECT_THAT(broken_by([](Model& m) {
                    const SwapColumns swap = pass<SwapColumns>(m, "turn");
                    step(m, "turn").passes.push_back(CopyColumn{column(m, "tie.w"), swap.one});
                }),
                EndsWith(": a copy takes 'tie.w' of 'tie' with 'pact.w' of 'pact'"));
    EXPECT_THAT(broken_by([](Model& m) { pass<RunProgram>(m, "visit").program = {999}; }),
                EndsWith(fmt::format(": runs program 999, of {}", sound().programs.size())));
    EXPECT_THAT(broken_by([](Model& m) {
                    for (const ProgramId id : m.programs.ids())
                        if (m.programs[id].slices.is_given()) pass<RunProgram>(m, "visit").program = id;
                }),
                EndsWith(", which is another's twin"));
}

TEST(VerifyModel, tells_of_contributions_to_what_no_pass_began) {
    const auto said =
        broken_by([](Model& m) { std::erase_if(step(m, "visit").passes, [](const Pass& one) { return std::holds_alternative<FillColumn>(one); }); });
    EXPECT_EQ(said, "step 'visit': pass 0: contributes to 'contributions to cell.got', which no pass before it began");
}

TEST(VerifyModel, tells_of_starts_groups_and_matches_of_another_size) {
    const auto spread = [](Model& m) -> SpreadStarts& { return pass_in<SpreadStarts>(m.start); };
    EXPECT_THAT(broken_by([&](Model& m) { spread(m).starts = {99}; }),
                EndsWith(fmt::format(": spreads starts 99, of {}", sound().starts.size())));
    EXPECT_THAT(broken_by([&](Model& m) { m.starts[spread(m).starts].pop_back(); }),
                EndsWith(": spreads 2 numbers over the 3 rows of 'state.rank'"));
    const auto median = [](Model& m) -> FindMedians& { return pass<FindMedians>(m, "look about"); };
    EXPECT_THAT(broken_by([&](Model& m) { median(m).groups = {99}; }),
                EndsWith(fmt::format(": takes medians of groups 99, of {}", sound().groups.size())));
    EXPECT_THAT(broken_by([&](Model& m) { m.groups[GroupsId{0}].offset.pop_back(); }),
                testing::HasSubstr(": takes medians of 1199 groups for the 1200 rows of "));
    EXPECT_THAT(broken_by([&](Model& m) { m.groups[GroupsId{0}].largest = 3; }),
                EndsWith(": takes the median of group 0 of 4 rows, and the largest has 3"));
    EXPECT_THAT(broken_by([&](Model& m) { m.groups[GroupsId{0}].rows[5] = 4800; }), EndsWith("', of 4800"));
    EXPECT_THAT(broken_by([&](Model& m) { median(m).mask = column(m, "cell.x"); }),
                testing::HasSubstr(": a median takes 'cell.x' of 'cell' with "));
    const auto match = [](Model& m) -> MatchItems& { return pass<MatchItems>(m, "look about"); };
    EXPECT_THAT(broken_by([&](Model& m) { match(m).keys = column(m, "tie.w"); }),
                testing::HasSubstr(": a match takes 'tie.w' of 'tie' with "));
    EXPECT_THAT(broken_by([&](Model& m) { match(m).sought = column(m, "tie.w"); }),
                testing::HasSubstr(": a match takes 'tie.w' of 'tie' with "));
    EXPECT_THAT(broken_by([&](Model& m) { match(m).how = Op::add; }), EndsWith(": matches by an operation that takes nothing together"));
    EXPECT_THAT(broken_by([&](Model& m) { match(m).start = std::numeric_limits<double>::quiet_NaN(); }), EndsWith(": matches from NaN on"));
}

TEST(VerifyModel, tells_of_steps_and_rows_that_draw_the_same_numbers) {
    const auto draw_of = [](Model& m, const std::string& name, KindId domain) -> DrawSpec& {
        return program_of(m, name, domain).draws.at(0);
    };
    EXPECT_EQ(broken_by([&](Model& m) { draw_of(m, "look about", cell).stream = draw_of(m, "visit", tie).stream; }),
              "step 'look about' draws from the stream of step 'visit'");
    EXPECT_EQ(broken_by([&](Model& m) {
                  auto& names = m.identities[draw_of(m, "visit", tie).identity];
                  names[17] = names[4000];
              }),
              "step 'visit': two rows of 'tie' draw by one name");
}

TEST(VerifyModel, lets_a_step_be_called_as_a_start_is_drawn) {
    for (const Unroll unroll : {Unroll::no, Unroll::yes}) {
        const Model model = compile(scenario_of("agents: {a: {fields: {x: \"uniform(0, 1)\"}, members: [k]}}\n"
                                                "steps: [{rule: start a.x, on: a, do: ['x = uniform(0, 1)']}]"),
                                    {.varied = {}, .unroll = unroll});
        EXPECT_EQ(broken_promise(model), "");
    }
}

TEST(VerifyModel, tells_of_steps_of_other_rows_and_of_maps_without_names) {
    EXPECT_EQ(broken_by([](Model& m) { m.steps[0].rows = 7; }), "step 'visit' is on 7 rows of kind 2, which has others");
    EXPECT_EQ(broken_by([](Model& m) { m.record.map_names.resize(0); }), fmt::format("there are 0 names of {} maps", sound().maps.size()));
    EXPECT_EQ(broken_by([](Model& m) { m.shown.push_back({{2}, false, 0, column(m, "cell.x")}); }), "'cell.x' is shown of kind 2, and it is of 'cell'");
}

TEST(VerifyModel, tells_of_events_that_are_counted_elsewhere) {
    EXPECT_EQ(broken_by([](Model& m) { m.events[EventId{0}].on = {9}; }), "event 'visit' is on kind 9, of 4");
    EXPECT_EQ(broken_by([](Model& m) { m.events[EventId{0}].count = {999}; }),
              fmt::format("event 'visit' names column 999, of {}", sound().columns.size()));
    EXPECT_EQ(broken_by([](Model& m) { m.events[EventId{0}].count = column(m, "cell.x"); }),
              "event 'visit' is counted in 'cell.x', which is of 'cell'");
    EXPECT_EQ(broken_by([](Model& m) { m.events[EventId{0}].reset_rows = {4800}; }), "event 'visit' is reset on row 4800, of 4800");
    EXPECT_EQ(broken_by([](Model& m) { m.events[EventId{0}].possible_rows = {3, 3}; }), "event 'visit' may fire on rows out of order");
}

TEST(VerifyModel, tells_of_measures_that_nothing_writes) {
    constexpr std::size_t got = 0, visits = 1, each = 2;
    EXPECT_EQ(broken_by([](Model& m) { m.measures[got].value = {999}; }),
              fmt::format("measure 'got': the value names column 999, of {}", sound().columns.size()));
    EXPECT_EQ(broken_by([](Model& m) { m.measures[got].value = column(m, "cell.x"); }),
              "measure 'got': its value is in 'cell.x', which is of 'cell'");
    EXPECT_EQ(broken_by([](Model& m) { m.measures[got].value = m.measures[visits].value; }), "measure 'got': nothing writes its value");
    EXPECT_EQ(broken_by([](Model& m) { m.measures[visits].value = m.measures[got].value; }), "measure 'visits': nothing writes its value");
    EXPECT_EQ(broken_by([](Model& m) { m.measures[each].on = {9}; }), "measure 'each': is on kind 9, of 4");
    EXPECT_EQ(broken_by([](Model& m) { m.measures[visits].accumulators[0].column = {-1}; }),
              fmt::format("measure 'visits': an accumulator names column -1, of {}", sound().columns.size()));
    EXPECT_EQ(broken_by([](Model& m) { m.measures[visits].accumulators[0].column = column(m, "cell.x"); }),
              "measure 'visits': accumulator 'cell.x' is of 'cell'");
    EXPECT_EQ(broken_by([](Model& m) { m.measures[visits].accumulators[0].initial = 1; }),
              "measure 'visits': accumulator 'total of visits' begins with 1, and its column with 0");
    EXPECT_EQ(broken_by([](Model& m) { m.measures[visits].accumulators[0].column = m.measures[visits].value; }),
              "measure 'visits': nothing writes accumulator 'visits'");
}

}  // namespace
}  // namespace entente::test
