// A batch's programs on its columns, and what is reported of values that no scenario may have.

#include <algorithm>
#include <cassert>
#include <cmath>
#include <mutex>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/runtime/batch_parts.hpp>
#include <entente/runtime/ways.hpp>

namespace entente {

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
        assert(tile);
    }
}

void Batch::run_prologue(const Program& program, Prepared& prepared) {
    if (program.prologue.empty()) return;
    assert(tile_ % block_size == 0);
    for (int first = 0; first < tile_; first += block_size) {
        for (std::size_t u = 0; u < program.uniforms.size(); ++u)
            prepared.prologue_slots[static_cast<std::size_t>(program.prologue_registers) + u] = prepared.uniform_tiles[u] + first;
        const BlockContext block{.slots = prepared.prologue_slots.data(),
                                 .base = 0,
                                 .draws = nullptr,
                                 .effects = nullptr,
                                 .checks = nullptr,
                                 .native = nullptr,
                                 .failed = {},
                                 .first = first,
                                 .count = block_size,
                                 .valid = block_size,
                                 .lanes = lanes_,
                                 .runs = nullptr,
                                 .tick = 0};
        kernels_.execute(program.prologue.data(), 0, static_cast<int>(program.prologue.size()), block);
    }
}

void Batch::apply(const RunProgram& pass) {
    const ProgramId number = program_on(model_, pass.program, lanes_);
    const ProgramOnDomain& program = model_.programs[number];
    Prepared& prepared = *prepared_[number];
    assert(!program.slices.is_given() || lanes_ == 1);
    bind_uniforms(program.program, prepared);
    run_prologue(program.program, prepared);
    for (std::size_t e = 0; e < program.program.effects.size(); ++e) {
        const Effect& effect = program.program.effects[e];
        EffectState& state = prepared.effects[e];
        state = {.column = data(effect.column), .map = nullptr, .offsets = nullptr, .row = effect.row, .by_segment = effect.by_segment};
        if (program.slices.is_given()) {
            state.slices = &model_.slices[program.slices];
            continue;
        }
        if (!effect.map.is_given()) continue;
        assert(effect.map.value < std::ssize(model_.map_offsets) && effect.row < 0);
        const auto& offsets = model_.map_offsets[effect.map];
        state.map = model_.maps[effect.map].data();
        state.offsets = offsets.empty() ? nullptr : offsets.data();
    }
    const std::int64_t total = model_.domain(program.domain).rows * lanes_;
    if (prepared.cuts.empty()) return run_blocks(program, prepared, 0, 0, total);
    assert(prepared.cuts.front() == 0 && prepared.cuts.back() == total);
    share_out(prepared.cuts.size() - 1, [&](std::size_t piece, int thread) {
        run_blocks(program, prepared, thread, prepared.cuts[piece], prepared.cuts[piece + 1]);
    });
}

void Batch::run_blocks(const ProgramOnDomain& program, Prepared& prepared, int thread, std::int64_t first, std::int64_t end) {
    if (prepared.sums_gathered) {
        const Load& load = program.program.loads.front();
        kernels_.sum_gathered(prepared.effects.front(), data(load.column), model_.maps[load.map].data(), first, end);
        return;
    }
    for (; first < end; first += block_size) run_block(program, prepared, thread, first, end);
}

void Batch::run_block(const ProgramOnDomain& program, Prepared& prepared, int thread, std::int64_t first, std::int64_t end) {
    assert(first % vector_size == 0 && first < end && static_cast<std::size_t>(thread) < prepared.slots.size());
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
    auto& targets = prepared.targets[static_cast<std::size_t>(thread)];
    if (native_)
        for (std::size_t e = 0; e < targets.size(); ++e) {
            const EffectState& to = prepared.effects[e];
            targets[e] = to.column + (to.row >= 0 ? to.row * lanes_ : 0) + first;
        }
    const BlockContext block{.slots = slots,
                             .base = 0,
                             .draws = prepared.draws.data(),
                             .effects = prepared.effects.data(),
                             .checks = p.checks.data(),
                             .native = native_ ? native_->loops() : nullptr,
                             .failed = {diagnose_there, &running},
                             .first = first,
                             .count = static_cast<int>(padded(valid)),
                             .valid = valid,
                             .lanes = lanes_,
                             .runs = runs_.data(),
                             .tick = static_cast<std::uint32_t>(tick_ + 1),
                             .targets = targets.data(),
                             .packings = prepared.packings ? prepared.packings->all().data() : nullptr,
                             .room = prepared.room.slots ? &prepared.room : nullptr};
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
            assert(block.first + block.valid <= lanes_);  // of a domain of one row
            slot = data(load.column) + static_cast<std::ptrdiff_t>(load.row) * lanes_ + block.first;
            continue;
        }
        if (!load.map.is_given()) {
            slot = data(load.column) + block.first;
            continue;
        }
        const RowIndex* map = model_.maps[load.map].data();
        double* copy = gathered + l * block_size;
        if (lanes_ >= block_size) {
            assert(block.first / lanes_ == (block.first + block.valid - 1) / lanes_);  // a block lies in one row
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
            kernels_.gather(copy, data(load.column), map, block.first, block.count, lanes_);
    }
}

std::string Batch::row_text(const ProgramOnDomain& program, std::int64_t row) const {
    const Domain& domain = model_.domain(program.domain);
    if (domain.kind.value >= 0) return row_name(model_.tables, domain.kind, row);
    if (domain.shown_rows.is_given()) return row_name(model_.tables, domain.shown_kind, model_.maps[domain.shown_rows][static_cast<std::size_t>(row)]);
    if (domain.shown_kind.value >= 0 && domain.shown_row >= 0) return row_name(model_.tables, domain.shown_kind, domain.shown_row);
    return domain.name;
}

/// A check failed on this block: notes the failed lanes with the values of their operands, and puts another in the bad values' place
/// so that the lanes beside them can go on.
void Batch::diagnose(const ProgramOnDomain& program, const Instruction& failed, const BlockContext& block) {
    const Program& p = program.program;
    const Check& check = p.checks[static_cast<std::size_t>(failed.extra)];
    const Limits& limits = limits_of(check.demand);
    const std::int32_t slot = failed.a.slot;
    const auto at = [&](std::int32_t number) { return block.slots[number] + block.base; };
    double* value = at(slot);
    const double* mask = failed.b.is_constant() ? nullptr : at(failed.b.slot);
    const auto shown = [&](const Operand& operand, int i) {
        return operand.is_constant() ? operand.constant : at(operand.slot)[i];
    };
    const auto mend = [&](int i) {
        if (slot < p.registers) value[i] = limits.instead;
    };
    for (int i = 0; i < block.valid; ++i) {
        const double x = value[i];
        if (mask && mask[i] == 0) continue;
        if (limits.admit(x)) continue;
        const int lane = block.lane_of ? block.lane_of[block.base + i] : static_cast<int>((block.first + i) % lanes_);
        const std::int64_t row = (block.first + i) / lanes_;
        assert(lane >= 0 && lane < lanes_ && row < model_.domain(program.domain).rows);
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
        const auto number = [](double v) { return std::isnan(v) ? "nan" : fmt::format("{:.6g}", v); };  // of whatever sign
        failure.what = fmt::format("is {}{}", number(x), std::isfinite(x) ? limits.but_it_is_so : "");
        for (const Check::Name& name : check.names)
            failure.operands += fmt::format("{}{} = {}", failure.operands.empty() ? "" : ", ", name.text, number(shown(name.value, i)));
        mend(i);
        failures_.push_back(std::move(failure));
        failed_at_.emplace_back(&p, row);
    }
}

}  // namespace entente
