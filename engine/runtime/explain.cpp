#include <entente/runtime/explain.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <span>

#include <fmt/format.h>

#include <entente/runtime/explain_names.hpp>
#include <entente/runtime/explain_tables.hpp>
#include <entente/runtime/ways.hpp>

namespace entente {
namespace {

using Kind = ExplainedStage::Kind;

/// What the batch makes of one program before it runs.
struct Prepared {
    std::vector<bool> is_native;  ///< by instruction of the body: machine code does it
    std::vector<bool> is_packed;  ///< by instruction: a skip behind which elements may be brought together
};

/// Instructions of a program that belong together.
struct Stretch {
    std::string row;
    int prologue_begin = 0, prologue_end = 0, begin = 0, end = 0;
    [[nodiscard]] bool is_empty() const { return prologue_begin == prologue_end && begin == end; }
};

/// All that is known of a body in which instructions `native` stand before those that they do.
Prepared prepared(const std::vector<Instruction>& body) {
    Prepared made;
    std::size_t native_end = 0;
    for (std::size_t at = 0; at < body.size(); ++at) {
        if (body[at].op == Op::native) {
            native_end = static_cast<std::size_t>(body[at].second);
            continue;
        }
        made.is_native.push_back(at < native_end);
        made.is_packed.push_back(body[at].op == Op::skip && body[at].second >= 0);
    }
    return made;
}

double cost_of(std::span<const Instruction> code) {
    double sum = 0;
    for (const Instruction& i : code) sum += operation(i.op).cost;
    return sum;
}

CostRange cost_between(const Program& program, int begin, int end) {
    CostRange cost{0, cost_of(std::span(program.body).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)))};
    for (int at = begin; at < end;) {
        const Instruction& i = program.body[static_cast<std::size_t>(at)];
        cost.least += operation(i.op).cost;
        at = i.op == Op::skip ? i.extra : at + 1;
    }
    return cost;
}

CostRange& operator+=(CostRange& sum, const CostRange& more) {
    sum.least += more.least;
    sum.most += more.most;
    return sum;
}

CostRange operator*(double times, const CostRange& cost) {
    return {times * cost.least, times * cost.most};
}

class Explainer {
public:
    Explainer(const Model& model, const ExplainedBatch& batch, std::string detailed)
        : model_(model), batch_(batch), detailed_(std::move(detailed)), names_(program_names(model)) {
        prepare();
    }

    Explanation run() {
        Explanation made{.title = model_.title,
                         .path = model_.path,
                         .ticks = model_.calendar.ticks(),
                         .by_table = model_.record.by_table,
                         .batch = batch_,
                         .native_refused = native_refused_,
                         .row_updates = model_.row_updates_per_tick()};
        explain_tables(model_, made);
        explain_folds(model_, made);
        made.stages.push_back(stage({.kind = Kind::start, .name = "start"}, model_.start));
        std::vector<Pass> timeline;
        for (const CompiledTimeline& entry : model_.timeline) timeline.insert(timeline.end(), entry.passes.begin(), entry.passes.end());
        made.stages.push_back(stage({.kind = Kind::timeline, .name = "timeline"}, timeline));
        for (std::size_t s = 0; s < model_.steps.size(); ++s) made.stages.push_back(step(s));
        made.stages.push_back(stage({.kind = Kind::measures, .name = "measures"}, model_.every_tick));
        made.stages.push_back(stage({.kind = Kind::end, .name = "end"}, model_.measures_over_time));
        return made;
    }

private:
    /// As Batch does it.
    void prepare() {
        std::unique_ptr<NativeCode> native;
        ById<ProgramId, std::vector<Instruction>> bodies;
        if (batch_.kernels->native > 0) {
            native = std::make_unique<NativeCode>(batch_.kernels->native);
            for (const ProgramOnDomain& one : model_.programs) bodies.add(native->translate(one.program));
            native_refused_ = !native->finish();
        }
        if (native_refused_) native.reset();
        for (const ProgramId p : model_.programs.ids()) {
            const Program& program = model_.programs[p].program;
            std::vector<Instruction> body = native ? bodies[p] : program.body;
            if (batch_.lanes > 1) const Packings packings(program, body, native ? NativeResults(native->results()) : NativeResults());
            prepared_.add(prepared(body));
        }
    }

    ExplainedStage step(std::size_t number) {
        const CompiledStep& compiled = model_.steps[number];
        const StepRecord& record = model_.record.steps[number];
        const Table& table = model_.tables[compiled.on];
        ExplainedStage begun{.kind = Kind::step, .name = compiled.name, .table = table.name, .rows = compiled.rows, .where = record.where, .rows_left_out = record.rows_left_out};
        for (const std::int64_t row : record.left_out) begun.left_out.push_back(row_name(model_.tables, compiled.on, row));
        part_ = static_cast<int>(number);
        ExplainedStage made = stage(std::move(begun), is_row_by_row() ? std::vector{model_.every_tick.back()} : compiled.passes);
        part_ = -1;
        return made;
    }

    [[nodiscard]] bool is_row_by_row() const { return model_.record.by_table.reason == ByTable::Reason::none; }

    ExplainedStage stage(ExplainedStage made, const std::vector<Pass>& passes) {
        is_detailed_ = !detailed_.empty() && made.name == detailed_;
        for (const Pass& pass : passes) {
            made.joins += std::holds_alternative<MatchItems>(pass) ? 1 : 0;
            made.medians += std::holds_alternative<FindMedians>(pass) ? 1 : 0;
            made.passes.push_back(std::visit([this](const auto& one) { return explained(one); }, pass));
            add_cost(made, made.passes.back());
        }
        return made;
    }

    void add_cost(ExplainedStage& stage, const ExplainedPass& pass) const {
        stage.cost += {pass.moved, pass.moved};
        if (!pass.program) return;
        const ExplainedProgram& program = *pass.program;
        stage.instructions += program.prologue + program.body;
        stage.native += program.native;
        const double once = program.prologue_cost * std::max(batch_.lanes, block_size) / batch_.lanes;
        stage.cost += {once, once};
        stage.cost += static_cast<double>(program.rows) * program.cost;
    }

    [[nodiscard]] const std::string& name(ColumnId id) const { return model_.column(id).name; }
    [[nodiscard]] double rows(ColumnId id) const { return static_cast<double>(model_.rows_of(id)); }

    ExplainedPass explained(const RunProgram& pass) {
        ExplainedPass made{"", 0, explained(pass.program)};
        if (!model_.programs[pass.program].program.marks.empty()) made.program->name = "the whole tick";
        made.text = made.program->name;
        return made;
    }
    ExplainedPass explained(const FillColumn& pass) {
        return {fmt::format("fill {} with {}", name(pass.column), pass.value), rows(pass.column), {}};
    }
    ExplainedPass explained(const CopyColumn& pass) {
        return {fmt::format("copy {} to {}", name(pass.from), name(pass.to)), rows(pass.to), {}};
    }
    ExplainedPass explained(const SwapColumns& pass) { return {fmt::format("swap {} and {}", name(pass.one), name(pass.other)), 0, {}}; }
    ExplainedPass explained(const SpreadStarts& pass) {
        return {fmt::format("set {} on the rows that are given numbers", name(pass.to)), rows(pass.to), {}};
    }
    ExplainedPass explained(const FindMedians& pass) {
        return {fmt::format("median: {} from {}", name(pass.to), name(pass.values)), 0, {}};
    }
    ExplainedPass explained(const SumProducts& pass) {
        const ProductsOf& of = model_.products[pass.products];
        double products = 0;
        for (std::size_t group = 0; group < of.groups(); ++group)
            products += static_cast<double>((of.item_offset[group + 1] - of.item_offset[group]) * of.near);
        return {fmt::format("matrix: {} from {} by {}", name(pass.to), name(pass.ends), name(pass.items)), 2 * products, {}};
    }
    ExplainedPass explained(const MatchItems& pass) {
        return {
            fmt::format("join: {} from {} where {} equal {}", name(pass.to), name(pass.values), name(pass.keys), name(pass.sought)), 0, {}};
    }

    /// What the stage in hand has of a program: in the one program of a row-by-row tick what is marked as its own, else all.
    [[nodiscard]] std::vector<Stretch> stretches(const Program& program) const {
        const auto prologue = static_cast<int>(program.prologue.size());
        const auto body = static_cast<int>(program.body.size());
        if (program.marks.empty()) return {{"", 0, prologue, 0, body}};
        std::vector<Stretch> found;
        for (std::size_t m = 0; m < program.marks.size(); ++m) {
            const Mark& mark = program.marks[m];
            if (mark.part != part_) continue;
            const bool is_last = m + 1 == program.marks.size();
            Stretch one{"", mark.prologue, is_last ? prologue : program.marks[m + 1].prologue, mark.body,
                        is_last ? body : program.marks[m + 1].body};
            if (mark.row >= 0) one.row = row_name(model_.tables, model_.steps[static_cast<std::size_t>(part_)].on, mark.row);
            if (!one.is_empty()) found.push_back(std::move(one));
        }
        return found;
    }

    ExplainedProgram explained(ProgramId asked) {
        const ProgramId number = program_on(model_, asked, batch_.lanes);
        const ProgramOnDomain& on = model_.programs[number];
        ExplainedProgram made{
            .number = number, .name = on.step, .domain = model_.domain(on.domain).name, .rows = model_.domain(on.domain).rows};
        made.folded = on.program.folded;
        made.shared = on.program.shared;
        if (!is_row_by_row()) made.slicing = model_.record.slicing[asked];
        made.is_sliced = on.slices.is_given();
        made.sums_gathered = batch_.lanes == 1 && only_sums_gathered(on);
        const Cuts cuts = cuts_of(model_, on, batch_.lanes, batch_.threads);
        made.pieces = cuts.places.empty() ? 1 : static_cast<int>(cuts.places.size()) - 1;
        made.in_one_piece = cuts.in_one_piece;
        std::set<std::int32_t> by_map;
        for (const Stretch& one : stretches(on.program)) add(one, on.program, made, by_map);
        made.by_map = static_cast<int>(by_map.size());
        return made;
    }

    void add(const Stretch& one, const Program& program, ExplainedProgram& made, std::set<std::int32_t>& by_map) const {
        const Prepared& known = prepared_[made.number];
        made.prologue += one.prologue_end - one.prologue_begin;
        made.body += one.end - one.begin;
        made.cost += cost_between(program, one.begin, one.end);
        made.prologue_cost += cost_of(
            std::span(program.prologue)
                .subspan(static_cast<std::size_t>(one.prologue_begin), static_cast<std::size_t>(one.prologue_end - one.prologue_begin)));
        for (int at = one.begin; at < one.end; ++at) {
            const Instruction& i = program.body[static_cast<std::size_t>(at)];
            made.native += known.is_native[static_cast<std::size_t>(at)] ? 1 : 0;
            made.packed += known.is_packed[static_cast<std::size_t>(at)] && packs(made.rows, batch_.lanes) ? 1 : 0;
            made.skips += i.op == Op::skip ? 1 : 0;
            made.draws += i.op == Op::draw ? 1 : 0;
            for (const Operand* operand : {&i.a, &i.b, &i.c}) {
                const std::int32_t load = operand->slot - program.registers;
                if (load >= 0 && load < std::ssize(program.loads) && program.loads[static_cast<std::size_t>(load)].map.is_given())
                    by_map.insert(load);
            }
        }
        if (is_detailed_) made.parts.push_back(listed(one, program, known));
    }

    [[nodiscard]] ExplainedPart listed(const Stretch& one, const Program& program, const Prepared& known) const {
        ExplainedPart part{one.row, {}, {}};
        for (int at = one.prologue_begin; at < one.prologue_end; ++at)
            part.prologue.push_back({at, false, prologue_line(program, program.prologue[static_cast<std::size_t>(at)], names_)});
        for (int at = one.begin; at < one.end; ++at) {
            const auto i = static_cast<std::size_t>(at);
            part.body.push_back({at, known.is_native[i], body_line(program, program.body[i], names_)});
        }
        return part;
    }

    const Model& model_;
    ExplainedBatch batch_;
    std::string detailed_;
    ProgramNames names_;
    ById<ProgramId, Prepared> prepared_;
    bool native_refused_ = false;
    int part_ = -1;  ///< the step in hand
    bool is_detailed_ = false;
};

}  // namespace

const ExplainedStage* Explanation::stage(const std::string& name) const {
    const ExplainedStage* found = nullptr;
    for (const ExplainedStage& one : stages)  // a step may be called as another stage is
        if (one.name == name && (!found || one.kind == Kind::step)) found = &one;
    return found;
}

bool is_every_tick(const ExplainedStage& stage) {
    return stage.kind == Kind::step || stage.kind == Kind::measures;
}

CostRange Explanation::cost_of_tick() const {
    CostRange sum;
    for (const ExplainedStage& one : stages)
        if (is_every_tick(one)) sum += one.cost;
    return sum;
}

Explanation explain(const Model& model, const ExplainedBatch& batch, const std::string& detailed) {
    return Explainer(model, batch, detailed).run();
}

std::vector<MachineCode> machine_code(const Model& model, const ExplainedStage& stage, int vector) {
    std::vector<MachineCode> made;
    for (const ExplainedPass& pass : stage.passes) {
        if (!pass.program) continue;
        const ExplainedProgram& asked = *pass.program;
        const auto is_wanted = [&](const NativeListing& run) {
            return std::ranges::any_of(asked.parts, [&](const ExplainedPart& part) {
                return !part.body.empty() && part.body.front().number < run.end && run.begin <= part.body.back().number;
            });
        };
        NativeCode native(vector, NativeCode::Log::kept);
        native.translate(model.programs[asked.number].program);
        for (const NativeListing& run : native.listings())
            if (is_wanted(run)) made.push_back({asked.name, run});
    }
    return made;
}

}  // namespace entente
