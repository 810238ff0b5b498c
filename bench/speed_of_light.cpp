// How near the update loop comes to what one core of this machine can do: against the founding scenario written by hand, the memory's
// bandwidth, and the plain loop that people write for a random graph. What is compared runs interleaved, and medians are compared.

#include <entente/base/machine.hpp>
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <immintrin.h>
#include <founding.hpp>
#include <random_graph.hpp>
#include <recognition.hpp>
#include <scenes.hpp>
#include <states.hpp>

#include <array>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "folder.hpp"
#include "world.hpp"

namespace {

using namespace entente;

constexpr std::int64_t stream_length = 10'000'000;

World& world_of(const std::string& name, const std::string& text) {
    static std::map<std::string, std::unique_ptr<World>> kept;
    std::unique_ptr<World>& world = kept[name];
    if (!world) world = std::make_unique<World>(read_scenario_text(text, name, ENTENTE_ROOT).scenario, 1);
    return *world;
}

/// Counts `ticks` ticks of so many rows.
void count_rows(benchmark::State& state, double ticks, double rows) {
    state.counters["row_updates/s"] = benchmark::Counter(ticks * rows, benchmark::Counter::kIsRate);
    state.counters["ns/row"] = benchmark::Counter(ticks * rows * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// -- the founding scenario ---------------------------------------------------------------------------------------------------------------

void count_ticks(benchmark::State& state, const World& world, std::int64_t ticks) {
    count_rows(state, static_cast<double>(ticks), static_cast<double>(world.model.row_updates_per_tick() * world.batch.lanes()));
    state.counters["run_ticks/s"] = benchmark::Counter(static_cast<double>(ticks * world.batch.lanes()), benchmark::Counter::kIsRate);
    state.counters["lanes"] = world.batch.lanes();
}

/// One iteration is one tick. The runs begin anew when they are over, which is not measured.
template <class Simulation>
void tick_by_tick(benchmark::State& state, const World& world, Simulation& simulation) {
    const std::int64_t ticks = world.model.calendar.ticks();
    simulation.begin(1, 0);
    for (auto _ : state) {
        if (simulation.next_tick() == ticks) {
            state.PauseTiming();
            simulation.begin(1, 0);
            state.ResumeTiming();
        }
        simulation.tick();
    }
    count_ticks(state, world, state.iterations());
}

void founding_engine(benchmark::State& state) { tick_by_tick(state, founding_world(), founding_world().batch); }

void founding_by_hand(benchmark::State& state, std::string_view instruction_set, by_hand::Way way) {
    by_hand::Founding founding(founding_world().batch.lanes(), instruction_set, way);
    tick_by_tick(state, founding_world(), founding);
}

/// One iteration is all ticks, each vector of runs taken through them before the next.
void founding_by_hand_run_ticks(benchmark::State& state, std::string_view instruction_set) {
    const std::int64_t ticks = founding_world().model.calendar.ticks();
    by_hand::Founding founding(founding_world().batch.lanes(), instruction_set, by_hand::Way::sparing);
    for (auto _ : state) {
        state.PauseTiming();
        founding.begin(1, 0);
        state.ResumeTiming();
        founding.run_ticks(ticks);
    }
    count_ticks(state, founding_world(), state.iterations() * ticks);
}

// -- worlds of many states ---------------------------------------------------------------------------------------------------------------

constexpr int governments = 195;

constexpr std::int64_t runs_of_conflict = 1024;

World& conflict_world() {
    static const Folder folder;
    static const std::string text = scenes::conflict(governments, folder.path());
    static World world(read_scenario_text(text, "conflict", folder.path()).scenario, runs_of_conflict);
    return world;
}

void conflict_engine(benchmark::State& state) { tick_by_tick(state, conflict_world(), conflict_world().batch); }

void conflict_by_hand(benchmark::State& state, std::string_view instruction_set) {
    by_hand::Conflict conflict(governments, conflict_world().batch.lanes(), instruction_set);
    tick_by_tick(state, conflict_world(), conflict);
}

World& pairs_of_governments() { return world_of("governments", scenes::governments(200)); }

void governments_engine(benchmark::State& state) { tick_by_tick(state, pairs_of_governments(), pairs_of_governments().batch); }

/// From the engine's draws of what its first run begins with.
void governments_by_hand(benchmark::State& state, std::string_view instruction_set) {
    World& world = pairs_of_governments();
    world.batch.begin(1, 0);
    const auto field = [&](KindId kind) {
        return world.batch.column(world.model.field_columns[kind][{0}]).first(static_cast<std::size_t>(world.model.tables[kind].rows));
    };
    by_hand::Governments by_hand(200, field({0}), field({1}), instruction_set);
    tick_by_tick(state, world, by_hand);
}

World& many_governments() { return world_of("recognition", scenes::recognition(governments)); }

void recognition_engine(benchmark::State& state) { tick_by_tick(state, many_governments(), many_governments().batch); }

void recognition_by_hand(benchmark::State& state, std::string_view instruction_set) {
    by_hand::Recognition recognition(governments, many_governments().batch.lanes(), instruction_set);
    tick_by_tick(state, many_governments(), recognition);
}

// -- memory and arithmetic ---------------------------------------------------------------------------------------------------------------

void run_world(benchmark::State& state, World& world) {
    for (auto _ : state) world.batch.tick();
    count_rows(state, static_cast<double>(state.iterations()),
               static_cast<double>(world.model.row_updates_per_tick() * world.batch.lanes()));
}

void rows_engine(benchmark::State& state) {
    run_world(state, world_of("rows", scenes::rows(stream_length)));
    state.SetBytesProcessed(state.iterations() * stream_length * 24);  // two fields read, one written
}

/// McCalpin's STREAM: a = b + s * c.
/// In memory as the engine's columns are.
std::vector<double> stream_column(double value) {
    std::vector<double> column;
    column.reserve(stream_length);
    make_present(column.data(), stream_length * sizeof(double));
    column.assign(stream_length, value);
    return column;
}

void stream_triad(benchmark::State& state) {
    static std::vector<double> a = stream_column(1), b = stream_column(2), c = stream_column(3);
    double scalar = 0.5;
    benchmark::DoNotOptimize(scalar);
    for (auto _ : state) {
        for (std::size_t i = 0; i < a.size(); ++i) a[i] = b[i] + scalar * c[i];
        benchmark::ClobberMemory();
    }
    count_rows(state, static_cast<double>(state.iterations()), static_cast<double>(stream_length));
    state.SetBytesProcessed(state.iterations() * stream_length * 24);
}

constexpr int fma_rounds = 1000;
constexpr int fma_chains = 12;

[[gnu::target("avx512f,fma")]] double fma_avx512(double x) {
    __m512d chains[fma_chains];
    for (__m512d& chain : chains) chain = _mm512_set1_pd(x);
    const __m512d factor = _mm512_set1_pd(0.5);
    for (int round = 0; round < fma_rounds; ++round)
#pragma GCC unroll 12
        for (int i = 0; i < fma_chains; ++i) chains[i] = _mm512_fmadd_pd(chains[i], factor, factor);
    __m512d sum = chains[0];
    for (int i = 1; i < fma_chains; ++i) sum = _mm512_add_pd(sum, chains[i]);
    return _mm512_cvtsd_f64(sum);
}

[[gnu::target("avx2,fma")]] double fma_avx2(double x) {
    __m256d chains[fma_chains];
    for (__m256d& chain : chains) chain = _mm256_set1_pd(x);
    const __m256d factor = _mm256_set1_pd(0.5);
    for (int round = 0; round < fma_rounds; ++round)
#pragma GCC unroll 12
        for (int i = 0; i < fma_chains; ++i) chains[i] = _mm256_fmadd_pd(chains[i], factor, factor);
    __m256d sum = chains[0];
    for (int i = 1; i < fma_chains; ++i) sum = _mm256_add_pd(sum, chains[i]);
    return _mm256_cvtsd_f64(sum);
}

/// Fused multiplications and additions in registers alone.
void peak_fma(benchmark::State& state) {
    const bool wide = __builtin_cpu_supports("avx512f");
    double x = 1;
    for (auto _ : state) {
        x = wide ? fma_avx512(x) : fma_avx2(x);
        benchmark::DoNotOptimize(x);
    }
    const double each = 2.0 * (wide ? 8 : 4) * fma_chains * fma_rounds;
    state.counters["flop/s"] = benchmark::Counter(each * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

// -- a random graph ----------------------------------------------------------------------------------------------------------------------

World& graph_world(std::int64_t agents) { return world_of("random graph " + std::to_string(agents), scenes::random_graph(agents)); }

void random_graph_engine(benchmark::State& state, std::int64_t agents) { run_world(state, graph_world(agents)); }

/// The engine's own graph and attitudes.
by_hand::RandomGraph plain_graph(const World& world) {
    const Table& people = world.model.tables[{0}];
    const Table& ties = world.model.tables[{1}];
    std::vector<std::int32_t> neighbours;
    for (const RowIndex tie : ties.by_source) neighbours.push_back(ties.target[static_cast<std::size_t>(tie)]);
    const auto attitudes = world.batch.column(world.model.field_columns[{0}][{0}]).first(static_cast<std::size_t>(people.rows));
    return {ties.source_offset, neighbours, {attitudes.begin(), attitudes.end()}, {.dt = world.model.calendar.dt()}};
}

void random_graph_plain(benchmark::State& state, std::int64_t agents) {
    static std::map<std::int64_t, by_hand::RandomGraph> kept;
    const World& world = graph_world(agents);
    auto found = kept.find(agents);
    if (found == kept.end()) found = kept.emplace(agents, plain_graph(world)).first;
    for (auto _ : state) {
        found->second.tick();
        benchmark::DoNotOptimize(found->second.attitudes().data());
    }
    count_rows(state, static_cast<double>(state.iterations()), static_cast<double>(agents));
}

// -- ratios ------------------------------------------------------------------------------------------------------------------------------

constexpr std::array<std::int64_t, 3> graph_sizes{10'000, 100'000, 1'000'000};

/// The usual table, keeping each benchmark's speed: the median where there are repetitions.
class Medians : public benchmark::ConsoleReporter {
public:
    Medians() : ConsoleReporter(OO_None) {}

    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            const bool median = run.run_type == Run::RT_Aggregate && run.aggregate_name == "median";
            if (run.error_occurred || (!median && (run.run_type != Run::RT_Iteration || run.repetitions > 1))) continue;
            const auto bytes = run.counters.find("bytes_per_second");
            const auto rows = run.counters.find("row_updates/s");
            if (bytes != run.counters.end())
                speeds_[run.run_name.function_name] = bytes->second.value;
            else if (rows != run.counters.end())
                speeds_[run.run_name.function_name] = rows->second.value;
        }
        ConsoleReporter::ReportRuns(runs);
    }

    void print_ratios() const {
        fmt::print("\nSpeed of the engine, as a multiple of\n");
        print_ratio("the founding scenario's equations fused by hand", "founding/engine", "founding/fused");
        print_ratio("the same by hand with bounds, caches, compaction", "founding/engine", "founding/by_hand");
        print_ratio("  each vector of runs through all ticks", "founding/engine", "founding/by_hand_run_ticks");
        print_ratio("  without vectors", "founding/engine", "founding/scalar_loop");
        print_ratio("195 governments, fused by hand", "recognition/engine", "recognition/by_hand");
        print_ratio("200 governments, every pair, fused by hand", "governments/engine", "governments/by_hand");
        print_ratio("195 states in conflict, fused by hand", "conflict/engine", "conflict/by_hand");
        print_ratio("STREAM triad's bandwidth, 10^7 rows", "rows/engine", "stream_triad");
        for (const std::int64_t agents : graph_sizes)
            print_ratio(fmt::format("plain C++ on a random graph of {}", agents), fmt::format("random_graph/engine/{}", agents),
                        fmt::format("random_graph/plain_cpp/{}", agents));
    }

private:
    void print_ratio(const std::string& what, const std::string& of, const std::string& against) const {
        const auto a = speeds_.find(of);
        const auto b = speeds_.find(against);
        if (a != speeds_.end() && b != speeds_.end()) fmt::print("  {:<52}{:>8.2f}\n", what, a->second / b->second);
    }

    std::map<std::string, double> speeds_;
};

void register_all() {
    using benchmark::RegisterBenchmark;
    const std::string_view kernels = measured_kernels().name;
    const std::string_view best = kernels.substr(0, kernels.find('-'));
    const auto add = [](const std::string& name, auto&&... call) {
        return RegisterBenchmark(name.c_str(), call...)->Unit(benchmark::kMicrosecond);
    };
    add("founding/engine", founding_engine);
    add("founding/fused", founding_by_hand, best, by_hand::Way::fused);
    add("founding/by_hand", founding_by_hand, best, by_hand::Way::sparing);
    add("founding/by_hand_run_ticks", founding_by_hand_run_ticks, best);
    add("founding/scalar_loop", founding_by_hand, "portable", by_hand::Way::sparing);
    add("recognition/engine", recognition_engine);
    add("recognition/by_hand", recognition_by_hand, best);
    add("governments/engine", governments_engine);
    add("governments/by_hand", governments_by_hand, best);
    add("conflict/engine", conflict_engine);
    add("conflict/by_hand", conflict_by_hand, best);
    add("rows/engine", rows_engine);
    add("stream_triad", stream_triad);
    add("peak_fma", peak_fma);
    for (const std::int64_t agents : graph_sizes) {
        add(fmt::format("random_graph/engine/{}", agents), random_graph_engine, agents);
        add(fmt::format("random_graph/plain_cpp/{}", agents), random_graph_plain, agents);
    }
}

}  // namespace

/// Repetitions are interleaved and only their aggregates shown, unless flags say otherwise.
int main(int argc, char** argv) {
    std::vector<std::string> words{argv[0], "--benchmark_enable_random_interleaving=true", "--benchmark_repetitions=9",
                                   "--benchmark_display_aggregates_only=true", "--benchmark_min_time=0.2"};
    words.insert(words.end(), argv + 1, argv + argc);
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    int count = static_cast<int>(pointers.size());
    pointers.push_back(nullptr);
    register_all();
    benchmark::Initialize(&count, pointers.data());
    if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return EXIT_FAILURE;
    Medians medians;
    benchmark::RunSpecifiedBenchmarks(&medians);
    medians.print_ratios();
    benchmark::Shutdown();
}
