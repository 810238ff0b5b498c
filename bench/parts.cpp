// The engine's parts one by one: each kernel on a block that lies in L1, a choice among many, loading, recording, writing. What a tick is
// made of; how much of it each is, a profile tells.

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <scenes.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <entente/base/draws.hpp>
#include <entente/model/model.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/output/series_file.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/runtime/kernels.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/summary/ensemble_summary.hpp>

#include "folder.hpp"

namespace {

using namespace entente;

void count_elements(benchmark::State& state, double elements) {
    state.counters["ns/element"] = benchmark::Counter(static_cast<double>(state.iterations()) * elements * 1e-9,
                                                      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// -- kernels -----------------------------------------------------------------------------------------------------------------------------

/// Slots of the instructions below; `result` and `second` are written.
enum Slot { result, second, numbers, others, uniforms, half_of_them, few_of_them, slot_count };
/// Where effects go: the same row; the rows of a sorted map, ten to each; rows in no order.
enum To { same_row, sorted, scattered };

constexpr int rows_led_to = 4096;

/// A block, and what its instructions may ask for beside it.
class Block {
public:
    explicit Block(int lanes)
        : column_(static_cast<std::size_t>(rows_led_to * lanes), 1), identity_(block_size + vector_size), hashes_(block_size, 1) {
        std::mt19937_64 random(1);
        for (auto& name : identity_) name = random();
        for (std::vector<double>& slot : slots_) slot.resize(block_size);
        for (std::size_t i = 0; i < block_size; ++i) {
            slots_[numbers][i] = 0.5 + unit_uniform(random());
            slots_[others][i] = 0.5 + unit_uniform(random());
            slots_[uniforms][i] = unit_uniform(random());
            slots_[half_of_them][i] = static_cast<double>(random() % 2);
            slots_[few_of_them][i] = i % 128 == 77 ? 1 : 0;
            sorted_.push_back(static_cast<RowIndex>(i / 10));
            scattered_.push_back(static_cast<RowIndex>(random() % rows_led_to));
        }
        for (std::int64_t row = 0; row <= rows_led_to; ++row) offsets_.push_back(std::min<std::int64_t>(10 * row, block_size));
        for (std::size_t slot = 0; slot < slots_.size(); ++slot) pointers_[slot] = slots_[slot].data();
        effects_[same_row] = {.column = column_.data(), .map = nullptr, .offsets = nullptr, .row = -1};
        effects_[sorted] = {.column = column_.data(), .map = sorted_.data(), .offsets = offsets_.data(), .row = -1};
        effects_[scattered] = {.column = column_.data(), .map = scattered_.data(), .offsets = nullptr, .row = -1};
        context_.slots = pointers_.data();
        context_.draws = &draws_;
        context_.runs = runs_.data();
        context_.effects = effects_.data();
        context_.checks = &check_;
        context_.count = context_.valid = block_size;
        context_.lanes = lanes;
    }
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;

    void execute(const Kernels& kernels, const std::vector<Instruction>& code) {
        kernels.execute(code.data(), 0, static_cast<int>(code.size()), context_);
    }
    void gather(const Kernels& kernels) {
        kernels.gather(pointers_[result], column_.data(), scattered_.data(), 0, block_size, context_.lanes);
    }
    void hash(const Kernels& kernels) { kernels.hash(hashes_.data(), pointers_[numbers], block_size, nullptr); }

private:
    std::vector<double> column_;
    std::vector<std::uint64_t> identity_;
    std::vector<std::uint64_t> runs_ = std::vector<std::uint64_t>(block_size);
    std::vector<std::uint64_t> hashes_;
    RowMap sorted_, scattered_;
    std::vector<std::int64_t> offsets_;
    std::array<std::vector<double>, slot_count> slots_;
    std::array<double*, slot_count> pointers_{};
    std::array<EffectState, 3> effects_{};
    DrawState draws_{{1, 2}, identity_.data()};
    Check check_{.demand = Check::Demand::finite, .what = {}};
    BlockContext context_{};
};

Instruction instruction(Op op, Operand a = {}, Operand b = {}, Operand c = {}, int extra = 0) {
    Instruction made;
    made.op = op;
    made.d = result;
    made.a = a, made.b = b, made.c = c;
    made.extra = extra;
    return made;
}

Operand constant(double x) {
    return {-1, x};
}

/// What is done to a block, and on how many lanes.
struct Kernel {
    std::string name;
    std::function<void(Block&, const Kernels&)> work;
    int lanes = block_size;
};

std::vector<Kernel> kernels_to_measure() {
    std::vector<Kernel> all;
    const auto add = [&](std::string name, std::vector<Instruction> code, int lanes = block_size) {
        all.push_back(
            {std::move(name), [code = std::move(code)](Block& block, const Kernels& kernels) { block.execute(kernels, code); }, lanes});
    };
    const Operand x{numbers, 0}, y{others, 0}, u{uniforms, 0}, half{half_of_them, 0}, few{few_of_them, 0};
    const std::pair<const char*, Op> of_two[]{{"add", Op::add},         {"multiply", Op::multiply}, {"divide", Op::divide},
                                              {"maximum", Op::maximum}, {"less", Op::less},         {"power", Op::power}};
    for (const auto& [name, op] : of_two) add(name, {instruction(op, x, y)});
    add("select", {instruction(Op::select, half, x, y)});
    const std::pair<const char*, Op> of_one[]{{"exp", Op::exp}, {"expm1", Op::expm1}, {"log", Op::log},   {"log1p", Op::log1p},
                                              {"sin", Op::sin}, {"cos", Op::cos},     {"tanh", Op::tanh}, {"atan", Op::atan}};
    for (const auto& [name, op] : of_one) add(name, {instruction(op, x)});
    for (const int lanes : {1, 64}) {
        Instruction draw = instruction(Op::draw);
        add(fmt::format("draw/{}_lanes", lanes), {draw}, lanes);
        draw.second = second;
        add(fmt::format("draw_two/{}_lanes", lanes), {draw}, lanes);
    }
    add("normal", {instruction(Op::normal, u)});
    for (const double mean : {0.01, 1.0}) add(fmt::format("fires/mean_{}", mean), {instruction(Op::fires, u, constant(mean))});
    for (const double mean : {0.01, 0.3, 10.0, 60.0})
        add(fmt::format("poisson/mean_{}", mean), {instruction(Op::poisson, u, constant(mean), constant(0))});
    for (const int lanes : {1, 64})
        all.push_back({fmt::format("gather/{}_lanes", lanes), [](Block& block, const Kernels& kernels) { block.gather(kernels); }, lanes});
    for (const int lanes : {1, 64})
        for (const auto& [name, to] : {std::pair{"sorted", sorted}, {"scattered", scattered}})
            add(fmt::format("contribute/{}/{}_lanes", name, lanes), {instruction(Op::contribute, x, {}, {}, to)}, lanes);
    add("store", {instruction(Op::store, x, {}, {}, same_row)});
    add("store/masked", {instruction(Op::store, x, half, {}, same_row)});
    add("check", {instruction(Op::check, x)});
    for (const auto& [name, mask] : {std::pair{"sparse", few}, {"dense", half}})  // around one exponential function
        add(fmt::format("skip/{}", name), {instruction(Op::skip, mask, {}, constant(40), 2), instruction(Op::exp, x)});
    all.push_back({"hash", [](Block& block, const Kernels& kernels) { block.hash(kernels); }});
    return all;
}

void run_kernel(benchmark::State& state, const Kernel& kernel, const Kernels& kernels) {
    Block block(kernel.lanes);
    for (auto _ : state) {
        kernel.work(block, kernels);
        benchmark::ClobberMemory();
    }
    count_elements(state, block_size);
}

/// One of each, by its interpreter: where simple instructions become machine code, those that stay are the same.
std::vector<const Kernels*> instruction_sets() {
    std::vector<const Kernels*> sets;
    for (const Kernels* kernels : available_kernels())
        if (std::none_of(sets.begin(), sets.end(), [&](const Kernels* other) { return other->execute == kernels->execute; }))
            sets.push_back(kernels);
    return sets;
}

// -- a choice ----------------------------------------------------------------------------------------------------------------------------

void choose(benchmark::State& state, std::int64_t runs) {
    const Model model = compile(read_scenario_text(scenes::text("choice"), "choice", ENTENTE_ROOT).scenario);
    Batch batch(model, suitable_lanes(model, runs), choose_kernels(""));
    batch.begin(1, 0);
    for (auto _ : state) batch.tick();
    count_elements(state, static_cast<double>(model.tables.back().rows) * batch.lanes());  // options: links come last
    state.counters["lanes"] = batch.lanes();
}

// -- loading -----------------------------------------------------------------------------------------------------------------------------

const std::filesystem::path founding_file = ENTENTE_ROOT "/tests/scenes/founding.yaml";

/// People tied to fifty others each, the ties in no order.
std::filesystem::path write_links(const Folder& folder, std::int64_t links) {
    constexpr std::int64_t each = 50;
    const std::int64_t people = links / each;
    std::vector<std::string> ties;
    for (std::int64_t source = 0; source < people; ++source)
        for (std::int64_t k = 0; k < each; ++k)
            ties.push_back(fmt::format("p{},p{},0.{}\n", source, (source + 1 + k * (people - 1) / each) % people, 100 + k));
    std::shuffle(ties.begin(), ties.end(), std::mt19937_64(1));
    std::ofstream named(folder.file("people.csv")), tied(folder.file("ties.csv")), scenario(folder.file("links.yaml"));
    named << "name\n";
    for (std::int64_t person = 0; person < people; ++person) named << 'p' << person << '\n';
    tied << "source,target,weight\n";
    for (const std::string& tie : ties) tied << tie;
    scenario << "entente: 1\ntitle: A table of links\ncalendar: {ticks: 1}\n"
                "agents: {person: {fields: {mood: 0}, table: people.csv}}\n"
                "links: {tie: {source: person, target: person, fields: {weight: 1}, table: ties.csv}}\n"
                "measures: {mood: mean(p.mood for p in person)}\n";
    return folder.file("links.yaml");
}

void load(benchmark::State& state, const std::filesystem::path& file) {
    for (auto _ : state) benchmark::DoNotOptimize(compile(read_scenario(file).scenario));
}

void load_recognition(benchmark::State& state, std::int64_t governments) {
    const std::string text = scenes::recognition(governments);
    for (auto _ : state) benchmark::DoNotOptimize(compile(read_scenario_text(text, "recognition", ENTENTE_ROOT).scenario));
    count_elements(state, static_cast<double>(governments * (governments - 1)));
}

void load_links(benchmark::State& state, std::int64_t links) {
    const Folder folder;
    load(state, write_links(folder, links));
    count_elements(state, static_cast<double>(links));
}

// -- recording and writing ---------------------------------------------------------------------------------------------------------------

constexpr std::int64_t runs_recorded = 256;

const Model& founding() {
    static const Model model = compile(read_scenario(founding_file).scenario);
    return model;
}

RunPlan plan(std::int64_t series_runs) {
    return {.runs = runs_recorded, .threads = 1, .lanes = runs_recorded, .series_runs = series_runs};
}

const Results& recorded() {
    static const Results results = run_ensemble(founding(), plan(runs_recorded));
    return results;
}

/// The ticks of those runs with nothing recorded: what the next two are to be compared with.
void ticks_alone(benchmark::State& state) {
    Batch batch(founding(), runs_recorded, choose_kernels(""));
    for (auto _ : state) {
        batch.begin(1, 0);
        for (std::int64_t tick = 0; tick < founding().calendar.ticks(); ++tick) batch.tick();
    }
}

void record(benchmark::State& state, std::int64_t series_runs) {
    for (auto _ : state) benchmark::DoNotOptimize(run_ensemble(founding(), plan(series_runs)).digest);
}

std::int64_t series_bytes() {
    std::size_t doubles = 0;
    for (const auto& one : recorded().series) doubles += one.size();
    return static_cast<std::int64_t>(doubles * sizeof(double));
}

void write_netcdf(benchmark::State& state) {
    const Folder folder;
    const std::filesystem::path file = folder.file("series.nc");
    for (auto _ : state) write_series(file, recorded(), {"bench", founding_file.string(), "", ""});
    state.SetBytesProcessed(state.iterations() * series_bytes());
    state.counters["bytes"] = static_cast<double>(std::filesystem::file_size(file));
}

void write_table(benchmark::State& state) {
    std::size_t written = 0;
    for (auto _ : state) write_runs(recorded(), {}, [&](std::string_view text) { written += text.size(); });
    state.SetBytesProcessed(static_cast<std::int64_t>(written));
}

void summarise_runs(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(summarise(recorded()));
}

// -- all of them -------------------------------------------------------------------------------------------------------------------------

void register_all() {
    const auto add = [](const std::string& name, auto&&... call) { return benchmark::RegisterBenchmark(name.c_str(), call...); };
    for (const Kernels* kernels : instruction_sets())
        for (const Kernel& kernel : kernels_to_measure())
            add(fmt::format("{}/{}", kernel.name, kernels->name.substr(0, kernels->name.find('-'))),
                [=](benchmark::State& state) { run_kernel(state, kernel, *kernels); });
    for (const std::int64_t runs : {1, 1024}) add(fmt::format("choice/{}_runs", runs), choose, runs)->Unit(benchmark::kMicrosecond);
    add("load/founding", load, founding_file)->Unit(benchmark::kMillisecond);
    for (const std::int64_t links : {10'000, 1'000'000})
        add(fmt::format("load/links/{}", links), load_links, links)->Unit(benchmark::kMillisecond);
    for (const std::int64_t governments : {195, 1000})
        add(fmt::format("load/recognition/{}", governments), load_recognition, governments)->Unit(benchmark::kMillisecond);
    add("ensemble/ticks_alone", ticks_alone)->Unit(benchmark::kMillisecond);
    add("ensemble/series_not_kept", record, std::int64_t{0})->Unit(benchmark::kMillisecond);
    add("ensemble/series_kept", record, runs_recorded)->Unit(benchmark::kMillisecond);
    add("write/series.nc", write_netcdf)->Unit(benchmark::kMillisecond);
    add("write/runs.csv", write_table)->Unit(benchmark::kMillisecond);
    add("summarise", summarise_runs)->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
    register_all();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return EXIT_FAILURE;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
