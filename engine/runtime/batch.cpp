#include <entente/runtime/batch.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <entente/base/draws.hpp>
#include <entente/base/machine.hpp>

namespace entente {
namespace {

constexpr std::size_t alignment = 64;

std::size_t padded(std::int64_t count) {
    return static_cast<std::size_t>((count + vector_size - 1) / vector_size * vector_size);
}

/// Elements of a column that a thread fills or copies at a time.
constexpr std::size_t stretch = 1 << 15;
/// A thread takes at least so many elements of a program at a time, and each thread about so many pieces.
constexpr std::int64_t smallest_piece = 2048;
constexpr std::int64_t pieces_each = 16;

/// Where a program's elements may be cut so that no two parts write to the same place.
struct Cutter {
    std::int64_t step = segment_stretch;  ///< cuts stand at multiples of this …
    const Slices* slices = nullptr;       ///< … and between chunks of these …
    const std::vector<std::int64_t>* offsets = nullptr;  ///< … or keys of a map that never descends
    bool possible = true;

    Cutter(const Model& model, const ProgramOnDomain& program) {
        if (program.slices >= 0) {
            step = vector_size;
            slices = &model.slices[static_cast<std::size_t>(program.slices)];
            return;
        }
        MapId map;
        for (const Effect& effect : program.program.effects) {
            if (effect.row >= 0) possible = false;
            if (effect.map.value < 0 || effect.map == map) continue;
            const auto& of_map = model.map_offsets[static_cast<std::size_t>(effect.map.value)];
            if (of_map.empty() && is_injective(model.maps[static_cast<std::size_t>(effect.map.value)], model.domain(program.domain).rows,
                                               model.rows_of(effect.column)))
                continue;
            possible = possible && !of_map.empty() && map.value < 0;
            map = effect.map;
            offsets = &of_map;
        }
    }

    static bool is_injective(const RowMap& map, std::int64_t rows, std::int64_t keys) {
        std::vector<bool> met(static_cast<std::size_t>(keys));
        for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
            if (map[row] < 0) continue;
            if (met[static_cast<std::size_t>(map[row])]) return false;
            met[static_cast<std::size_t>(map[row])] = true;
        }
        return true;
    }

    [[nodiscard]] bool fits(std::int64_t element) const {
        if (slices) {
            const auto vector = static_cast<std::size_t>(element / vector_size);
            return slices->chunk[vector] != slices->chunk[vector - 1];
        }
        return !offsets || std::binary_search(offsets->begin(), offsets->end(), element);
    }
};

/// Nothing where a program runs in one piece.
std::vector<std::int64_t> cuts_of(const Model& model, const ProgramOnDomain& program, int lanes, int threads) {
    const std::int64_t total = model.domain(program.domain).rows;
    if (lanes != 1 || threads < 2 || total < 2 * smallest_piece) return {};
    Cutter cutter(model, program);
    if (!cutter.possible) return {};
    if (cutter.offsets) {
        const bool by_segment = std::any_of(program.program.effects.begin(), program.program.effects.end(), [](const Effect& e) { return e.by_segment; });
        if (!by_segment) cutter.step = vector_size;
    }
    const std::int64_t wanted = std::max(smallest_piece, total / (threads * pieces_each));
    std::vector<std::int64_t> cuts{0};
    for (std::int64_t at = wanted; at < total; at += wanted) {
        at = (std::max(at, cuts.back()) + cutter.step - 1) / cutter.step * cutter.step;
        while (at < total && !cutter.fits(at)) at += cutter.step;
        if (at < total && at > cuts.back()) cuts.push_back(at);
    }
    cuts.push_back(total);
    return cuts;
}

/// Bytes of it, or what is common where the system does not say.
std::int64_t second_level_cache() {
    const long size = sysconf(_SC_LEVEL2_CACHE_SIZE);
    return size > 0 ? size : 1 << 20;
}

}  // namespace

/// What a program needs on this batch: made once, then only pointers change.
struct Batch::Prepared {
    std::vector<Instruction> body;            ///< the program's, with runs of machine code
    std::vector<std::vector<double*>> slots;  ///< of the body, by thread: registers, loads, uniforms
    std::vector<double*> prologue_slots;  ///< of the prologue: its registers, uniforms
    std::vector<double*> uniform_tiles;   ///< by uniform: where it stands for this step
    std::vector<double*> own_tiles;       ///< by uniform: memory of its own, or null
    std::vector<DrawState> draws;
    std::vector<EffectState> effects;
    std::vector<std::int64_t> cuts;       ///< elements between which a thread takes all
};

struct Batch::Crew {
    explicit Crew(int threads) : arena(threads) {}
    tbb::task_arena arena;
    std::mutex telling;  ///< of failures
};

/// What is being run, for the call that tells of a failed check.
struct Batch::Running {
    Batch* batch;
    const ProgramOnDomain* program;
};

int suitable_lanes(const Model& model, std::int64_t runs) {
    constexpr std::int64_t most = 1024;
    const std::int64_t budget = second_level_cache();
    const std::int64_t each = std::max<std::int64_t>(model.bytes_per_lane(), 1);
    // A whole block of lanes reads other rows in place; that is worth twice the cache.
    const std::int64_t fit = budget / each < block_size && 2 * budget / each >= block_size ? block_size : budget / each;
    if (runs == 1 || fit < vector_size) return 1;
    const auto wanted = static_cast<std::int64_t>(std::bit_ceil(static_cast<std::uint64_t>(std::max<std::int64_t>(runs, vector_size))));
    return static_cast<int>(std::min({static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(fit))), most, wanted}));
}

Batch::Batch(const Model& model, int lanes, const Kernels& kernels, int threads)
    : model_(model), kernels_(kernels), lanes_(lanes), tile_(std::max(lanes, block_size)), far_(second_level_cache() / static_cast<std::int64_t>(sizeof(double))), slab_(nullptr, [](double* p) { std::free(p); }) {
    assert(lanes == 1 || (lanes % vector_size == 0 && std::has_single_bit(static_cast<unsigned>(lanes))));
    if (lanes == 1 && threads > 1) crew_ = std::make_unique<Crew>(threads);
    std::size_t most_registers = 1;
    std::size_t most_loads = 0;
    std::size_t total = 2 * block_size;
    std::vector<std::size_t> offsets;
    const auto reserve = [&](std::size_t count) {
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
    std::vector<std::vector<std::size_t>> own_tiles(model.programs.size());
    for (std::size_t p = 0; p < model.programs.size(); ++p) {
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
    slab_.reset(static_cast<double*>(std::aligned_alloc(alignment, (total * sizeof(double) + alignment - 1) / alignment * alignment)));
    if (!slab_) throw std::bad_alloc();
    std::memset(slab_.get(), 0, total * sizeof(double));
    zeros_ = slab_.get();
    ones_ = zeros_ + block_size;
    std::fill_n(ones_, block_size, 1.0);
    for (const std::size_t offset : offsets) columns_.push_back(slab_.get() + offset);
    home_ = columns_;
    registers_ = slab_.get() + registers;
    for (int i = 0; i < 4; ++i) clock_tiles_[i] = slab_.get() + clocks + static_cast<std::size_t>(i) * tile;
    for (std::size_t p = 0; p < parameters.size(); ++p) parameter_tiles_.push_back(varied[p] ? slab_.get() + parameters[p] : nullptr);
    for (std::size_t p = 0; p < model.programs.size(); ++p) {
        auto made = std::make_unique<Prepared>();
        for (const std::size_t offset : own_tiles[p]) made->own_tiles.push_back(offset > 0 ? slab_.get() + offset : nullptr);
        prepared_.push_back(std::move(made));
        prepare(static_cast<int>(p), crew_ ? threads : 1);
    }
    translate();
    std::int64_t largest = 0;
    for (const Groups& groups : model.groups) largest = std::max(largest, groups.largest);
    median_values_.resize(static_cast<std::size_t>(largest));
    median_pairs_.resize(static_cast<std::size_t>(largest));
    failures_.reserve(static_cast<std::size_t>(lanes));
    failed_.resize(static_cast<std::size_t>(lanes));
}

Batch::~Batch() = default;

void Batch::translate() {
    if (kernels_.native) {
        native_ = std::make_unique<NativeCode>();
        for (std::size_t p = 0; p < prepared_.size(); ++p) prepared_[p]->body = native_->translate(model_.programs[p].program);
        if (native_->finish()) return;
        native_.reset();
    }
    for (std::size_t p = 0; p < prepared_.size(); ++p) prepared_[p]->body = model_.programs[p].program.body;
}

void Batch::prepare(int number, int threads) {
    const Program& program = model_.programs[static_cast<std::size_t>(number)].program;
    Prepared& made = *prepared_[static_cast<std::size_t>(number)];
    for (std::size_t thread = 0; thread < static_cast<std::size_t>(threads); ++thread) {
        auto& slots = made.slots.emplace_back(static_cast<std::size_t>(program.slot_count()));
        for (int r = 0; r < program.registers; ++r) slots[static_cast<std::size_t>(r)] = registers_ + thread * scratch_ + r * block_size;
    }
    made.prologue_slots.assign(static_cast<std::size_t>(program.prologue_registers) + program.uniforms.size(), nullptr);
    for (int r = 0; r < program.prologue_registers; ++r) made.prologue_slots[static_cast<std::size_t>(r)] = registers_ + r * block_size;
    made.uniform_tiles.assign(program.uniforms.size(), nullptr);
    made.draws.resize(program.draws.size());
    made.effects.resize(program.effects.size());
    made.cuts = cuts_of(model_, model_.programs[static_cast<std::size_t>(number)], lanes_, threads);
}

void Batch::begin(std::uint64_t seed, std::int64_t first_run, const std::vector<std::vector<double>>& parameters) {
    seed_ = seed;
    first_run_ = first_run;
    tick_ = 0;
    next_timeline_ = 0;
    failures_.clear();
    failed_at_.clear();
    failed_.assign(failed_.size(), false);
    columns_ = home_;
    for (std::size_t c = 0; c < columns_.size(); ++c)
        fill({static_cast<int>(c)}, model_.columns[c].initial);
    for (std::size_t p = 0; p < parameter_tiles_.size(); ++p)
        if (double* tile = parameter_tiles_[p])
            for (int i = 0; i < tile_; ++i)
                tile[i] = p < parameters.size() && !parameters[p].empty() ? parameters[p][static_cast<std::size_t>(i % lanes_)]
                                                                          : model_.parameter_values[p];
    for (std::size_t n = 0; n < model_.programs.size(); ++n) {
        const Program& program = model_.programs[n].program;
        for (std::size_t d = 0; d < program.draws.size(); ++d) {
            const philox::Key key = draw_key(seed, program.draws[d].stream);
            prepared_[n]->draws[d] = {{key[0], key[1]},
                                      model_.identities[static_cast<std::size_t>(program.draws[d].identity.value)].data()};
        }
    }
    tick_ = -1;
    run(model_.start);
    tick_ = 0;
}

void Batch::tick() {
    const double clocks[4]{static_cast<double>(tick_), model_.calendar.years_since_start(tick_),
                           static_cast<double>(model_.calendar.year(tick_)), static_cast<double>(model_.calendar.month(tick_))};
    for (int i = 0; i < 4; ++i) std::fill_n(clock_tiles_[i], tile_, clocks[i]);
    for (const CompiledEvent& event : model_.events) {
        if (!event.reset_rows)
            fill(event.count, 0);
        else
            for (const std::int64_t row : *event.reset_rows) std::fill_n(data(event.count) + row * lanes_, lanes_, 0.0);
    }
    for (; next_timeline_ < model_.timeline.size() && model_.timeline[next_timeline_].tick == tick_; ++next_timeline_)
        run(model_.timeline[next_timeline_].passes);
    for (const CompiledStep& step : model_.steps) run(step.passes);
    run(model_.observe);
    ++tick_;
}

void Batch::conclude() {
    run(model_.conclude);
}

void Batch::restart(const CompiledMeasure& measure) {
    for (const auto& [column, value] : measure.accumulators) fill(column, value);
}

std::span<const double> Batch::column(ColumnId id) const {
    return {columns_[static_cast<std::size_t>(id.value)], static_cast<std::size_t>(model_.rows_of(id) * lanes_)};
}

void Batch::run(const std::vector<Pass>& passes) {
    for (const Pass& pass : passes) run(pass);
}

void Batch::run(const Pass& pass) {
    switch (pass.kind) {
        case Pass::Kind::run:
            run_program(pass.program);
            break;
        case Pass::Kind::fill:
            fill(pass.column, pass.value);
            break;
        case Pass::Kind::copy:
            copy(pass.other, pass.column);
            break;
        case Pass::Kind::swap:
            std::swap(columns_[static_cast<std::size_t>(pass.column.value)], columns_[static_cast<std::size_t>(pass.other.value)]);
            break;
        case Pass::Kind::spread:
            spread(pass);
            break;
        case Pass::Kind::median:
            median(pass);
            break;
    }
}

/// Calls call(piece, thread) for all pieces.
template <class Call>
void Batch::share_out(std::size_t pieces, const Call& call) {
    if (!crew_ || pieces < 2) {
        for (std::size_t piece = 0; piece < pieces; ++piece) call(piece, 0);
        return;
    }
    crew_->arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, pieces, 1),
            [&](const tbb::blocked_range<std::size_t>& range) {
                for (std::size_t piece = range.begin(); piece != range.end(); ++piece) call(piece, tbb::this_task_arena::current_thread_index());
            },
            tbb::simple_partitioner());
    });
}

void Batch::fill(ColumnId column, double value) {
    double* to = data(column);
    const std::size_t elements = padded(model_.rows_of(column) * lanes_);
    share_out((elements + stretch - 1) / stretch,
              [&](std::size_t piece, int) { std::fill_n(to + piece * stretch, std::min(stretch, elements - piece * stretch), value); });
}

void Batch::copy(ColumnId from, ColumnId to) {
    const std::size_t elements = padded(model_.rows_of(to) * lanes_);
    share_out((elements + stretch - 1) / stretch, [&](std::size_t piece, int) {
        std::copy_n(data(from) + piece * stretch, std::min(stretch, elements - piece * stretch), data(to) + piece * stretch);
    });
}

void Batch::spread(const Pass& pass) {
    double* to = data(pass.column);
    const auto& starts = model_.starts[static_cast<std::size_t>(pass.data)];
    for (std::size_t row = 0; row < starts.size(); ++row)
        if (starts[row] == starts[row]) std::fill_n(to + row * static_cast<std::size_t>(lanes_), lanes_, starts[row]);
}

/// Middle values, lane by lane. The weighted one is the smallest value at which half of the weight is reached.
void Batch::median(const Pass& pass) {
    const Groups& groups = model_.groups[static_cast<std::size_t>(pass.data)];
    const double* values = data(pass.other);
    const double* mask = pass.mask.value >= 0 ? data(pass.mask) : nullptr;
    const double* weights = pass.weight.value >= 0 ? data(pass.weight) : nullptr;
    double* to = data(pass.column);
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

// -- programs --------------------------------------------------------------------------------------------------------------------------

void Batch::bind_uniforms(const Program& program, Prepared& prepared) {
    for (std::size_t u = 0; u < program.uniforms.size(); ++u) {
        const Uniform& uniform = program.uniforms[u];
        double*& tile = prepared.uniform_tiles[u];
        switch (uniform.form) {
            case Uniform::Form::parameter:
                tile = parameter_tiles_[static_cast<std::size_t>(uniform.number)];
                break;
            case Uniform::Form::tick:
                tile = clock_tiles_[0];
                break;
            case Uniform::Form::t:
                tile = clock_tiles_[1];
                break;
            case Uniform::Form::year:
                tile = clock_tiles_[2];
                break;
            case Uniform::Form::month:
                tile = clock_tiles_[3];
                break;
            case Uniform::Form::computed:
                tile = prepared.own_tiles[u];
                break;
            case Uniform::Form::row: {
                double* row = data(uniform.column) + static_cast<std::ptrdiff_t>(uniform.row) * lanes_;
                tile = prepared.own_tiles[u];
                if (!tile)
                    tile = row;
                else
                    for (int i = 0; i < tile_; i += lanes_) std::copy_n(row, lanes_, tile + i);
                break;
            }
        }
    }
}

void Batch::run_prologue(const Program& program, Prepared& prepared) {
    if (program.prologue.empty()) return;
    for (int first = 0; first < tile_; first += block_size) {
        for (std::size_t u = 0; u < program.uniforms.size(); ++u)
            prepared.prologue_slots[static_cast<std::size_t>(program.prologue_registers) + u] = prepared.uniform_tiles[u] + first;
        const BlockContext block{prepared.prologue_slots.data(), 0, nullptr, nullptr, nullptr, nullptr, {}, first, block_size, block_size, lanes_, 0, 0};
        kernels_.execute(program.prologue.data(), 0, static_cast<int>(program.prologue.size()), block);
    }
}

void Batch::run_program(int number) {
    if (const int by_key = model_.programs[static_cast<std::size_t>(number)].by_key; lanes_ == 1 && by_key >= 0) number = by_key;
    const ProgramOnDomain& program = model_.programs[static_cast<std::size_t>(number)];
    Prepared& prepared = *prepared_[static_cast<std::size_t>(number)];
    bind_uniforms(program.program, prepared);
    run_prologue(program.program, prepared);
    for (std::size_t e = 0; e < program.program.effects.size(); ++e) {
        const Effect& effect = program.program.effects[e];
        EffectState& state = prepared.effects[e];
        state = {data(effect.column), nullptr, nullptr, effect.row, effect.by_segment, nullptr};
        if (program.slices >= 0) {
            state.slices = &model_.slices[static_cast<std::size_t>(program.slices)];
            continue;
        }
        if (effect.map.value < 0) continue;
        const auto& offsets = model_.map_offsets[static_cast<std::size_t>(effect.map.value)];
        state.map = model_.maps[static_cast<std::size_t>(effect.map.value)].data();
        state.offsets = offsets.empty() ? nullptr : offsets.data();
    }
    const std::int64_t total = model_.domain(program.domain).rows * lanes_;
    if (prepared.cuts.empty()) return run_blocks(program, prepared, 0, 0, total);
    share_out(prepared.cuts.size() - 1, [&](std::size_t piece, int thread) {
        run_blocks(program, prepared, thread, prepared.cuts[piece], prepared.cuts[piece + 1]);
    });
}

void Batch::run_blocks(const ProgramOnDomain& program, Prepared& prepared, int thread, std::int64_t first, std::int64_t end) {
    for (; first < end; first += block_size) run_block(program, prepared, thread, first, end);
}

void Batch::run_block(const ProgramOnDomain& program, Prepared& prepared, int thread, std::int64_t first, std::int64_t end) {
    const Program& p = program.program;
    const int valid = static_cast<int>(std::min<std::int64_t>(block_size, end - first));
    double** slots = prepared.slots[static_cast<std::size_t>(thread)].data();
    Running running{this, &program};
    const auto diagnose_there = [](void* who, const Instruction& check, const BlockContext& part) {
        const Running& at = *static_cast<Running*>(who);
        std::unique_lock<std::mutex> lock;
        if (at.batch->crew_) lock = std::unique_lock(at.batch->crew_->telling);
        at.batch->diagnose(*at.program, check, part);
    };
    const BlockContext block{slots,
                             0,
                             prepared.draws.data(),
                             prepared.effects.data(),
                             p.checks.data(),
                             native_ ? native_->runs() : nullptr,
                             {diagnose_there, &running},
                             first,
                             static_cast<int>(padded(valid)),
                             valid,
                             lanes_,
                             static_cast<std::uint32_t>(first_run_),
                             static_cast<std::uint32_t>(tick_ + 1)};
    resolve_loads(p, slots, registers_ + static_cast<std::size_t>(thread) * scratch_ + gathered_, block);
    for (std::size_t u = 0; u < p.uniforms.size(); ++u)
        slots[p.uniform_slot(static_cast<int>(u))] =
            prepared.uniform_tiles[u] + first % tile_ / block_size * block_size;
    kernels_.execute(prepared.body.data(), 0, static_cast<int>(prepared.body.size()), block);
}

/// Points every load at its block: into the column where it is contiguous, else at a gathered copy.
void Batch::resolve_loads(const Program& program, double** slots, double* gathered, const BlockContext& block) {
    for (std::size_t l = 0; l < program.loads.size(); ++l) {
        const Load& load = program.loads[l];
        double*& slot = slots[program.load_slot(static_cast<int>(l))];
        if (load.row >= 0) {
            slot = data(load.column) + static_cast<std::ptrdiff_t>(load.row) * lanes_ + block.first;
            continue;
        }
        if (load.map.value < 0) {
            slot = data(load.column) + block.first;
            continue;
        }
        const RowIndex* map = model_.maps[static_cast<std::size_t>(load.map.value)].data();
        double* copy = gathered + l * block_size;
        if (lanes_ >= block_size) {
            const RowIndex row = map[block.first / lanes_];
            if (load.presence)
                slot = row < 0 ? zeros_ : ones_;
            else
                slot = row < 0 ? zeros_ : data(load.column) + row * static_cast<std::ptrdiff_t>(lanes_) + block.first % lanes_;
            continue;
        }
        slot = copy;
        if (load.presence)
            kernels_.presence(copy, map, block.first, block.count, lanes_);
        else
            kernels_.gather(copy, data(load.column), map, block.first, block.count, lanes_, model_.rows_of(load.column) * lanes_ > far_);
    }
}

std::string Batch::row_text(const ProgramOnDomain& program, std::int64_t row) const {
    const Domain& domain = model_.domain(program.domain);
    if (domain.kind.value >= 0) return row_name(model_.tables, domain.kind, row);
    if (domain.shown_kind.value >= 0 && domain.shown_row >= 0) return row_name(model_.tables, domain.shown_kind, domain.shown_row);
    return domain.name;
}

/// A check failed on this block: notes the failed lanes with the values of their operands, and puts 0 in the bad values' place so
/// that the lanes beside them can go on.
void Batch::diagnose(const ProgramOnDomain& program, const Instruction& failed, const BlockContext& block) {
    const Program& p = program.program;
    const Check& check = p.checks[static_cast<std::size_t>(failed.extra)];
    const std::int32_t slot = failed.a.slot;
    const auto at = [&](std::int32_t number) { return block.slots[number] + block.base; };
    double* value = at(slot);
    const double* mask = failed.b.is_constant() ? nullptr : at(failed.b.slot);
    const auto shown = [&](const Operand& operand, int i) {
        return operand.is_constant() ? operand.constant : at(operand.slot)[i];
    };
    const auto mend = [&](int i) {
        if (slot < p.registers) value[i] = check.demand == Check::Demand::positive ? 1 : 0;
    };
    for (int i = 0; i < block.valid; ++i) {
        const double x = value[i];
        if (mask && mask[i] == 0) continue;
        const bool finite = x - x == 0;
        const bool fine = check.demand == Check::Demand::finite         ? finite
                          : check.demand == Check::Demand::probability  ? x >= 0 && x <= 1
                          : check.demand == Check::Demand::not_negative ? finite && x >= 0
                                                                        : finite && x > 0;
        if (fine) continue;
        const int lane = static_cast<int>((block.first + i) % lanes_);
        const std::int64_t row = (block.first + i) / lanes_;
        if (failed_[static_cast<std::size_t>(lane)]) {  // of one program the first row tells, however rows are cut into blocks
            const auto known =
                std::find_if(failures_.begin(), failures_.end(), [&](const LaneFailure& f) { return f.lane == lane; }) - failures_.begin();
            const auto [where, known_row] = failed_at_[static_cast<std::size_t>(known)];
            if (where != &p || failures_[static_cast<std::size_t>(known)].tick != tick_ || known_row <= row) {
                mend(i);
                continue;
            }
            failures_.erase(failures_.begin() + known);
            failed_at_.erase(failed_at_.begin() + known);
        }
        failed_[static_cast<std::size_t>(lane)] = true;
        LaneFailure failure;
        failure.lane = lane;
        failure.tick = tick_;
        failure.step = check.step.empty() ? program.step : check.step;
        failure.statement = check.what;
        failure.row = check.row.empty() ? row_text(program, row) : check.row;
        const char* demand = check.demand == Check::Demand::probability    ? ", but a probability lies between 0 and 1"
                             : check.demand == Check::Demand::not_negative ? ", but a rate is not negative"
                             : check.demand == Check::Demand::positive     ? ", but a temperature is above 0"
                                                                           : "";
        const auto number = [](double v) { return std::isnan(v) ? "nan" : fmt::format("{:.6g}", v); };  // of whatever sign
        failure.what = fmt::format("is {}{}", number(x), finite ? demand : "");
        for (const Check::Name& name : check.names)
            failure.operands += fmt::format("{}{} = {}", failure.operands.empty() ? "" : ", ", name.text, number(shown(name.value, i)));
        mend(i);
        failures_.push_back(std::move(failure));
        failed_at_.emplace_back(&p, row);
    }
}

}  // namespace entente
