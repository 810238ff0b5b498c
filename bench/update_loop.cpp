// The update loop: time per row and tick on small worlds with many lanes and large worlds with one.

#include <benchmark/benchmark.h>
#include <scenes.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>

#include "folder.hpp"
#include "world.hpp"

namespace {

using namespace entente;

/// Made when first asked for, kept one at a time: large worlds would not fit side by side.
World& world_of(const std::string& name, const std::string& text, std::int64_t runs, int threads = 1,
                const std::filesystem::path& folder = ENTENTE_ROOT) {
    static std::string kept_name;
    static std::unique_ptr<World> kept;
    if (name != kept_name) {
        kept.reset();
        kept = std::make_unique<World>(read_scenario_text(text, name, folder).scenario, runs, threads);
        kept_name = name;
    }
    return *kept;
}

/// Bytes that the programs of a tick of one run read from columns and write to them: 8 for every load, store and contribution on
/// every row, skipped or not.
double bytes_per_tick(const Model& model) {
    double doubles = 0;
    const auto add = [&](const std::vector<Pass>& passes) {
        for (const Pass& pass : passes) {
            const auto* run = std::get_if<RunProgram>(&pass);
            if (!run) continue;
            const ProgramOnDomain& program = model.programs[run->program];
            const std::size_t each = program.program.loads.size() + program.program.effects.size();
            doubles += static_cast<double>(each) * static_cast<double>(model.domain(program.domain).rows);
        }
    };
    for (const CompiledStep& step : model.steps) add(step.passes);
    add(model.every_tick);
    return 8 * doubles;
}

/// Ticks of runs as they are made: at the calendar's end, other runs begin.
void run_ticks(benchmark::State& state, World& world) {
    std::int64_t first_run = 0;
    for (auto _ : state) {
        if (world.batch.next_tick() == world.model.calendar.ticks()) {
            state.PauseTiming();
            world.batch.begin(1, first_run += world.batch.lanes());
            state.ResumeTiming();
        }
        world.batch.tick();
    }
    const auto ticks = static_cast<double>(state.iterations());
    const double rows = static_cast<double>(world.model.row_updates_per_tick()) * world.batch.lanes();
    state.counters["row_updates/s"] = benchmark::Counter(ticks * rows, benchmark::Counter::kIsRate);
    state.counters["ns/row"] = benchmark::Counter(ticks * rows * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["bytes/s"] = benchmark::Counter(ticks * bytes_per_tick(world.model) * world.batch.lanes(), benchmark::Counter::kIsRate);
    state.counters["run_ticks/s"] = benchmark::Counter(ticks * world.batch.lanes(), benchmark::Counter::kIsRate);
    const auto ticks_of_run = static_cast<double>(world.model.calendar.ticks());
    state.counters["runs/s"] = benchmark::Counter(ticks * world.batch.lanes() / ticks_of_run, benchmark::Counter::kIsRate);
    state.counters["lanes"] = world.batch.lanes();
}

void founding(benchmark::State& state) { run_ticks(state, founding_world()); }
BENCHMARK(founding)->Unit(benchmark::kMicrosecond);

void governments(benchmark::State& state) {
    run_ticks(state, world_of("governments " + std::to_string(state.range(0)), scenes::governments(state.range(0)), 1024));
}
BENCHMARK(governments)->Arg(30)->Arg(200)->Arg(1000)->Unit(benchmark::kMicrosecond);

/// The library of recognition among so many governments; batches are sized for as many runs as suit them.
void recognition(benchmark::State& state) {
    run_ticks(state, world_of("recognition " + std::to_string(state.range(0)), scenes::recognition(state.range(0)), 1024));
}
BENCHMARK(recognition)->Arg(17)->Arg(195)->Arg(1000)->Unit(benchmark::kMicrosecond);

void conflict_world(benchmark::State& state) {
    const Folder folder;
    const std::string text = scenes::conflict(195, folder.path());
    run_ticks(state, world_of("conflict", text, 1024, 1, folder.path()));
}
BENCHMARK(conflict_world)->Unit(benchmark::kMicrosecond);

void grid(benchmark::State& state) { run_ticks(state, world_of("grid", scenes::grid(260, 250), 1)); }
BENCHMARK(grid)->Unit(benchmark::kMicrosecond);

void random_graph(benchmark::State& state) {
    run_ticks(state, world_of("random graph " + std::to_string(state.range(0)), scenes::random_graph(state.range(0)), 1));
}
BENCHMARK(random_graph)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

void rows(benchmark::State& state) {
    run_ticks(state, world_of("rows " + std::to_string(state.range(0)), scenes::rows(state.range(0)), 1));
}
BENCHMARK(rows)->RangeMultiplier(10)->Range(1000, 10'000'000)->Unit(benchmark::kMicrosecond);

/// One run, its rows shared out among threads. The first argument says how many.
void shared_random_graph(benchmark::State& state) {
    const int threads = static_cast<int>(state.range(0));
    run_ticks(state, world_of("random graph by " + std::to_string(threads), scenes::random_graph(state.range(1)), 1, threads));
}
BENCHMARK(shared_random_graph)->ArgsProduct({{1, 2}, {1'000'000}})->Unit(benchmark::kMicrosecond)->UseRealTime();

void shared_governments(benchmark::State& state) {
    const int threads = static_cast<int>(state.range(0));
    run_ticks(state, world_of("governments by " + std::to_string(threads), scenes::governments(state.range(1)), 1, threads));
}
BENCHMARK(shared_governments)->ArgsProduct({{1, 2}, {1000}})->Unit(benchmark::kMicrosecond)->UseRealTime();

void shared_grid(benchmark::State& state) {
    const int threads = static_cast<int>(state.range(0));
    run_ticks(state, world_of("grid by " + std::to_string(threads), scenes::grid(state.range(1), state.range(1)), 1, threads));
}
BENCHMARK(shared_grid)->ArgsProduct({{1, 2}, {1000}})->Unit(benchmark::kMicrosecond)->UseRealTime();

void events(benchmark::State& state) { run_ticks(state, world_of("events", scenes::events(10'000), 1)); }
BENCHMARK(events)->Unit(benchmark::kMicrosecond);

void aggregates(benchmark::State& state) { run_ticks(state, world_of("aggregates", scenes::aggregates(200), 1)); }
BENCHMARK(aggregates)->Unit(benchmark::kMicrosecond);

}  // namespace
