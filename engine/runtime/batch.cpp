#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include <entente/base/draws.hpp>
#include <entente/base/machine.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/runtime/batch_parts.hpp>
#include <entente/runtime/cuts.hpp>
#include <entente/runtime/ways.hpp>

namespace entente {
namespace {

/// Bytes of a batch's state, whatever little of it a tick has in hand.
constexpr std::int64_t most_batch = std::int64_t{1} << 29;

/// Elements of a column that a thread fills or copies at a time.
constexpr std::size_t piece_size = 1 << 15;

/// Bytes of it, or what is common where the system does not say.
std::int64_t second_level_cache() {
    static const long size = sysconf(_SC_LEVEL2_CACHE_SIZE);  // asks the processor, which takes long in a virtual machine
    return size > 0 ? size : 1 << 20;
}

/// Bytes of state of a lane but for what is shown of links, which is worked out at a few moments, of few runs: its columns come last.
std::int64_t bytes_of_runs(const Model& model) {
    std::int64_t bytes = model.bytes_per_lane();
    const auto first = std::ranges::find(model.shown, true, &ShownQuantity::is_derived);
    if (first == model.shown.end()) return bytes;
    for (ColumnId column = first->column; column.value < std::ssize(model.columns); ++column.value)
        bytes -= model.rows_of(column) * static_cast<std::int64_t>(sizeof(double));
    return bytes;
}

}  // namespace

int suitable_lanes(const Model& model, std::int64_t runs) {
    constexpr std::int64_t most = 1024;
    const std::int64_t budget = second_level_cache();
    const std::int64_t each = std::max<std::int64_t>(model.bytes_of_a_tick, 1);
    // A whole block of lanes reads other rows in place; that is worth twice the cache.
    std::int64_t fit = budget / each < block_size && 2 * budget / each >= block_size ? block_size : budget / each;
    fit = std::min(fit, most_batch / std::max<std::int64_t>(bytes_of_runs(model), 1));
    if (fit > block_size) fit = std::max<std::int64_t>(block_size, budget / 4 / each);  // more than a block pays while there is room to spare
    if (runs == 1 || fit < vector_size) return 1;
    const auto wanted = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(std::max<std::int64_t>(runs, vector_size))));
    return static_cast<int>(std::min({static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(fit))), most, wanted}));
}

Batch::Batch(const Model& model, int lanes, const Kernels& kernels, int threads)
    : model_(model), kernels_(kernels), lanes_(lanes), tile_(std::max(lanes, block_size)), slab_(nullptr, [](double* p) { give_back_memory(p); }) {
    assert(lanes == 1 || (lanes % vector_size == 0 && std::has_single_bit(static_cast<unsigned>(lanes))));
    assert(threads >= 1);
    if (lanes == 1 && threads > 1) crew_ = std::make_unique<Crew>(threads);
    std::size_t most_registers = 1;
    std::size_t most_loads = 0;
    std::size_t total = 2 * block_size;
    std::vector<std::size_t> offsets;
    const auto reserve = [&](std::size_t count) {
        assert(count % vector_size == 0);  // so that all begins with a vector
        const std::size_t at = total;
        total += count;
        return at;
    };
    for (const Column& column : model.columns) offsets.push_back(reserve(padded(model.domain(column.domain).rows * lanes)));
    for (const ProgramOnDomain& program : model.programs) {
        most_registers = std::max({most_registers, static_cast<std::size_t>(program.program.registers),
                                   static_cast<std::size_t>(program.program.prologue_registers)});
        most_loads = std::max(most_loads, program.program.loads.size());
    }
    gathered_ = most_registers * block_size;
    scratch_ = gathered_ + (lanes < block_size ? most_loads * block_size : 0);
    const std::size_t registers = reserve(static_cast<std::size_t>(crew_ ? threads : 1) * scratch_);
    const auto tile = static_cast<std::size_t>(tile_);
    const std::size_t clocks = reserve(4 * tile);
    std::vector<std::size_t> parameters(model.parameter_names.size());
    std::vector<bool> varied(model.parameter_names.size());
    ById<ProgramId, std::vector<std::size_t>> own_tiles(model.programs.size());
    for (const ProgramId p : model.programs.ids()) {
        const Program& program = model.programs[p].program;
        for (const Uniform& uniform : program.uniforms) {
            const bool own = uniform.form == Uniform::Form::computed || (uniform.form == Uniform::Form::row && lanes < block_size);
            own_tiles[p].push_back(own ? reserve(tile) : 0);
            if (uniform.form != Uniform::Form::parameter || varied[static_cast<std::size_t>(uniform.number)]) continue;
            varied[static_cast<std::size_t>(uniform.number)] = true;
            parameters[static_cast<std::size_t>(uniform.number)] = reserve(tile);
        }
    }
    need_memory(static_cast<double>(total * sizeof(double)), fmt::format("the state of {} run{} at a time", lanes, lanes == 1 ? "" : "s"),
                "make the world smaller, or run on a machine with more memory");
    slab_.reset(static_cast<double*>(take_memory(total * sizeof(double))));
    make_present(slab_.get(), total * sizeof(double));
    std::memset(slab_.get(), 0, total * sizeof(double));
    zeros_ = slab_.get();
    ones_ = zeros_ + block_size;
    std::fill_n(ones_, block_size, 1.0);
    for (const std::size_t offset : offsets) columns_.add(slab_.get() + offset);
    home_ = columns_;
    registers_ = slab_.get() + registers;
    for (int i = 0; i < 4; ++i) clock_tiles_[i] = slab_.get() + clocks + static_cast<std::size_t>(i) * tile;
    for (std::size_t p = 0; p < parameters.size(); ++p) parameter_tiles_.push_back(varied[p] ? slab_.get() + parameters[p] : nullptr);
    for (const ProgramId p : model.programs.ids()) {
        auto made = std::make_unique<Prepared>();
        for (const std::size_t offset : own_tiles[p]) made->own_tiles.push_back(offset > 0 ? slab_.get() + offset : nullptr);
        prepared_.add(std::move(made));
        prepare(p, crew_ ? threads : 1);
    }
    translate();
    if (lanes > 1) make_room();
    std::int64_t largest = 0;
    for (const Groups& groups : model.groups) largest = std::max(largest, groups.largest);
    median_pairs_.resize(static_cast<std::size_t>(largest));
    reserve_matches();
    for (const ProductsOf& products : model.products) product_pitch_ = std::max(product_pitch_, padded(products.near * lanes));
    product_sums_.resize(product_pitch_ * static_cast<std::size_t>(crew_ ? threads : 1));
    failures_.reserve(static_cast<std::size_t>(lanes));
    failed_.resize(static_cast<std::size_t>(lanes));
    next_input_.resize(model.inputs.size());
}

Batch::~Batch() = default;

void Batch::translate() {
    if (kernels_.native) {
        native_ = std::make_unique<NativeCode>(kernels_.native);
        for (const ProgramId p : prepared_.ids()) prepared_[p]->body = native_->translate(model_.programs[p].program);
        if (native_->finish()) return;
        native_.reset();
    }
    for (const ProgramId p : prepared_.ids()) prepared_[p]->body = model_.programs[p].program.body;
}

/// What can be packed, and room for it.
void Batch::make_room() {
    constexpr std::size_t pitch = most_packed + vector_size;  // no power of two, which would crowd a few sets of the cache
    std::size_t most = 0;
    for (const ProgramId p : prepared_.ids()) {
        Prepared& made = *prepared_[p];
        made.packings = std::make_unique<Packings>(model_.programs[p].program, made.body, native_ ? NativeResults(native_->results()) : NativeResults());
        most = std::max(most, made.packings->slots().size() + made.packings->effects().size());
    }
    packed_.resize(most * pitch);
    packed_runs_.resize(most_packed);
    packed_lanes_.resize(most_packed + vector_size);
    for (const ProgramId p : prepared_.ids()) {
        Prepared& made = *prepared_[p];
        if (made.packings->all().empty()) continue;
        made.packed_slots.resize(static_cast<std::size_t>(model_.programs[p].program.slot_count()));
        made.packed_kept.resize(made.effects.size());
        made.packed_effects.resize(made.effects.size());
        assert((made.packings->slots().size() + made.packings->effects().size()) * pitch <= packed_.size());
        double* next = packed_.data();
        const auto give = [&] { return std::exchange(next, next + pitch); };
        for (const std::int32_t slot : made.packings->slots()) made.packed_slots[static_cast<std::size_t>(slot)] = give();
        for (const std::int32_t effect : made.packings->effects()) made.packed_kept[static_cast<std::size_t>(effect)] = give();
        made.room = {made.packed_slots.data(), made.packed_kept.data(), made.packed_effects.data(), packed_runs_.data(), packed_lanes_.data()};
    }
}

void Batch::prepare(ProgramId number, int threads) {
    const Program& program = model_.programs[number].program;
    Prepared& made = *prepared_[number];
    for (std::size_t thread = 0; thread < static_cast<std::size_t>(threads); ++thread) {
        auto& slots = made.slots.emplace_back(static_cast<std::size_t>(program.slot_count()));
        made.targets.emplace_back(program.effects.size());
        for (int r = 0; r < program.registers; ++r) slots[static_cast<std::size_t>(r)] = registers_ + thread * scratch_ + r * block_size;
    }
    made.prologue_slots.assign(static_cast<std::size_t>(program.prologue_registers) + program.uniforms.size(), nullptr);
    for (int r = 0; r < program.prologue_registers; ++r) made.prologue_slots[static_cast<std::size_t>(r)] = registers_ + r * block_size;
    made.uniform_tiles.assign(program.uniforms.size(), nullptr);
    made.draws.resize(program.draws.size());
    made.effects.resize(program.effects.size());
    made.sums_gathered = lanes_ == 1 && only_sums_gathered(model_.programs[number]);
    made.cuts = cuts_of(model_, model_.programs[number], lanes_, threads).places;
}

void Batch::begin(std::uint64_t seed, std::int64_t first_run, const std::vector<std::vector<double>>& parameters) {
    std::vector<std::uint64_t> runs(static_cast<std::size_t>(lanes_));
    std::iota(runs.begin(), runs.end(), static_cast<std::uint64_t>(first_run));
    begin(seed, runs, parameters);
}

void Batch::begin(std::uint64_t seed, std::span<const std::uint64_t> runs, const std::vector<std::vector<double>>& parameters) {
    assert(std::ssize(runs) == lanes_);
    assert(parameters.size() <= parameter_tiles_.size());
    assert(std::ranges::all_of(parameters, [&](const auto& values) { return values.empty() || std::ssize(values) == lanes_; }));
    seed_ = seed;
    runs_.assign(runs.begin(), runs.end());
    tick_ = 0;
    next_timeline_ = 0;
    failures_.clear();
    failed_at_.clear();
    failed_.assign(failed_.size(), false);
    columns_ = home_;
    for (const ColumnId column : model_.columns.ids()) fill(column, model_.column(column).initial);
    std::ranges::fill(next_input_, 0);
    put_inputs(0);
    for (std::size_t p = 0; p < parameter_tiles_.size(); ++p)
        if (double* tile = parameter_tiles_[p])
            for (int i = 0; i < tile_; ++i)
                tile[i] = p < parameters.size() && !parameters[p].empty() ? parameters[p][static_cast<std::size_t>(i % lanes_)]
                                                                          : model_.parameter_values[p];
    for (const ProgramId n : model_.programs.ids()) {
        const Program& program = model_.programs[n].program;
        for (std::size_t d = 0; d < program.draws.size(); ++d) {
            const philox::Key key = draw_key(seed, program.draws[d].stream);
            prepared_[n]->draws[d] = {{key[0], key[1]}, model_.identities[program.draws[d].identity].data()};
        }
    }
    tick_ = -1;
    apply(model_.start);
    tick_ = 0;
}

void Batch::resume(std::int64_t tick, std::uint64_t seed, std::span<const std::uint64_t> runs, const std::vector<std::vector<double>>& parameters) {
    assert(tick >= 0 && tick <= model_.calendar.ticks());
    begin(seed, runs, parameters);
    failures_.clear();
    failed_at_.clear();
    failed_.assign(failed_.size(), false);
    tick_ = tick;
    put_inputs(tick);
    while (next_timeline_ < model_.timeline.size() && model_.timeline[next_timeline_].tick < tick) ++next_timeline_;
}

void Batch::mark_failed(const LaneFailure& failure) {
    assert(failure.lane >= 0 && failure.lane < lanes_ && !failed(failure.lane));
    failures_.push_back(failure);
    failed_at_.emplace_back(nullptr, 0);  // of a tick that is over: no other row will tell of it
    failed_[static_cast<std::size_t>(failure.lane)] = true;
}

void Batch::set_clocks() {
    const double clocks[4]{static_cast<double>(tick_), model_.calendar.years_since_start(tick_),
                           static_cast<double>(model_.calendar.year(tick_)), static_cast<double>(model_.calendar.month(tick_))};
    for (int i = 0; i < 4; ++i) std::fill_n(clock_tiles_[i], tile_, clocks[i]);
}

/// What inputs change at ticks that are still to come, as far as `tick`.
void Batch::put_inputs(std::int64_t tick) {
    for (std::size_t number = 0; number < next_input_.size(); ++number) {
        const InputColumn& input = model_.inputs[{static_cast<int>(number)}];
        const InputValues& values = *input.values;
        double* to = data(input.column);
        for (std::size_t& next = next_input_[number]; next < values.ticks.size() && values.ticks[next] <= tick; ++next) {
            const auto rows = values.rows_at(next);
            const auto changed = values.values_at(next);
            for (std::size_t i = 0; i < rows.size(); ++i) std::fill_n(to + static_cast<std::ptrdiff_t>(rows[i]) * lanes_, lanes_, changed[i]);
        }
    }
}

void Batch::measure_start() {
    assert(tick_ == 0);
    set_clocks();
    apply(model_.measures_at_start);
    for (const CompiledMeasure& measure : model_.measures) restart(measure);
}

void Batch::show() {
    if (tick_ == 0) set_clocks();
    apply(model_.show);
}

void Batch::tick() {
    assert(tick_ >= 0 && tick_ < model_.calendar.ticks());  // begun, and not over
    assert(next_timeline_ == model_.timeline.size() || model_.timeline[next_timeline_].tick >= tick_);
    set_clocks();
    put_inputs(tick_);
    // The timeline may ask how often any event has fired: not yet.
    const bool timeline_is_due = next_timeline_ < model_.timeline.size() && model_.timeline[next_timeline_].tick == tick_;
    for (const CompiledEvent& event : model_.events) {
        if (!event.reset_rows || timeline_is_due)
            fill(event.count, 0);
        else
            for (const std::int64_t row : *event.reset_rows) std::fill_n(data(event.count) + row * lanes_, lanes_, 0.0);
    }
    for (; next_timeline_ < model_.timeline.size() && model_.timeline[next_timeline_].tick == tick_; ++next_timeline_)
        apply(model_.timeline[next_timeline_].passes);
    for (const CompiledStep& step : model_.steps) apply(step.passes);
    apply(model_.every_tick);
    ++tick_;
}

void Batch::measure_over_time() {
    apply(model_.measures_over_time);
}

void Batch::restart(const CompiledMeasure& measure) {
    for (const Accumulator& one : measure.accumulators) fill(one.column, one.initial);
}

std::span<const double> Batch::column(ColumnId id) const {
    assert(id.value >= 0 && id.value < std::ssize(columns_));
    return {columns_[id], static_cast<std::size_t>(model_.rows_of(id) * lanes_)};
}

std::span<double> Batch::values(ColumnId id) {
    assert(id.value >= 0 && id.value < std::ssize(columns_));
    return {data(id), static_cast<std::size_t>(model_.rows_of(id) * lanes_)};
}

void Batch::apply(const std::vector<Pass>& passes) {
    for (const Pass& pass : passes) std::visit([this](const auto& one) { apply(one); }, pass);
}

void Batch::apply(const FillColumn& pass) {
    fill(pass.column, pass.value);
}

void Batch::apply(const SumProducts& pass) {
    const ProductsOf& products = model_.products[pass.products];
    share_out(products.groups(), [&](std::size_t group, int thread) {
        kernels_.sum_products(data(pass.to), data(pass.ends), data(pass.items), products, group, lanes_,
                              product_sums_.data() + product_pitch_ * static_cast<std::size_t>(thread));
    });
}

void Batch::apply(const SwapColumns& pass) {
    std::swap(columns_[pass.one], columns_[pass.other]);
}

void Batch::fill(ColumnId column, double value) {
    double* to = data(column);
    const std::size_t elements = padded(model_.rows_of(column) * lanes_);
    share_out((elements + piece_size - 1) / piece_size,
              [&](std::size_t piece, int) { std::fill_n(to + piece * piece_size, std::min(piece_size, elements - piece * piece_size), value); });
}

void Batch::apply(const CopyColumn& pass) {
    const std::size_t elements = padded(model_.rows_of(pass.to) * lanes_);
    share_out((elements + piece_size - 1) / piece_size, [&](std::size_t piece, int) {
        std::copy_n(data(pass.from) + piece * piece_size, std::min(piece_size, elements - piece * piece_size), data(pass.to) + piece * piece_size);
    });
}

void Batch::apply(const SpreadStarts& pass) {
    double* to = data(pass.to);
    const auto& starts = model_.starts[pass.starts];
    for (std::size_t row = 0; row < starts.size(); ++row)
        if (starts[row] == starts[row]) std::fill_n(to + row * static_cast<std::size_t>(lanes_), lanes_, starts[row]);
}

/// Middle values, lane by lane. The weighted one is the smallest value at which half of the weight is reached.
void Batch::apply(const FindMedians& pass) {
    const Groups& groups = model_.groups[pass.groups];
    const double* values = data(pass.values);
    const double* mask = pass.mask.is_given() ? data(pass.mask) : nullptr;
    const double* weights = pass.weights.is_given() ? data(pass.weights) : nullptr;
    double* to = data(pass.to);
    for (std::size_t key = 0; key + 1 < groups.offset.size(); ++key)
        for (int lane = 0; lane < lanes_; ++lane) {
            std::size_t n = 0;
            double total = 0;
            bool sound = true;
            for (std::int64_t k = groups.offset[key]; k < groups.offset[key + 1]; ++k) {
                const auto at = static_cast<std::size_t>(groups.rows[static_cast<std::size_t>(k)]) * static_cast<std::size_t>(lanes_) +
                                static_cast<std::size_t>(lane);
                if (mask && mask[at] == 0) continue;
                const double weight = weights ? weights[at] : 1;
                sound = sound && values[at] == values[at] && weight >= 0;
                total += weight;
                median_pairs_[n++] = {values[at], weight};
            }
            double& result = to[key * static_cast<std::size_t>(lanes_) + static_cast<std::size_t>(lane)];
            if (n == 0 || !sound) {
                result = sound ? 0 : std::numeric_limits<double>::quiet_NaN();
                continue;
            }
            std::sort(median_pairs_.begin(), median_pairs_.begin() + static_cast<std::ptrdiff_t>(n));
            if (!weights) {
                const double upper = median_pairs_[n / 2].first;
                result = n % 2 == 1 ? upper : (median_pairs_[n / 2 - 1].first + upper) / 2;
                continue;
            }
            double reached = 0;
            std::size_t i = 0;
            while (i + 1 < n && (reached += median_pairs_[i].second) < total / 2) ++i;
            result = median_pairs_[i].first;
        }
}

}  // namespace entente
