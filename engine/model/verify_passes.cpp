#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <variant>

#include <entente/model/verify_parts.hpp>

namespace entente::promises {
namespace {

/// Columns that a sound pass writes to.
struct Written {
    const Model& model;
    std::vector<ColumnId> operator()(const RunProgram& pass) const {
        std::vector<ColumnId> columns;
        for (const Effect& effect : at(model.programs, pass.program).program.effects) columns.push_back(effect.column);
        return columns;
    }
    std::vector<ColumnId> operator()(const FillColumn& pass) const { return {pass.column}; }
    std::vector<ColumnId> operator()(const CopyColumn& pass) const { return {pass.to}; }
    std::vector<ColumnId> operator()(const SwapColumns& pass) const { return {pass.one, pass.other}; }
    std::vector<ColumnId> operator()(const SpreadStarts& pass) const { return {pass.to}; }
    std::vector<ColumnId> operator()(const FindMedians& pass) const { return {pass.to}; }
    std::vector<ColumnId> operator()(const SumProducts& pass) const { return {pass.to}; }
    std::vector<ColumnId> operator()(const MatchItems& pass) const {
        return pass.counts.is_given() ? std::vector{pass.to, pass.counts} : std::vector{pass.to};
    }
};

std::vector<ColumnId> written(const Model& model, const Pass& pass) { return std::visit(Written{model}, pass); }

/// Calls call(program) for each that a list of sound passes runs.
template <class Call>
void each_program(const Model& model, const std::vector<Pass>& passes, const Call& call) {
    for (const Pass& pass : passes)
        if (const auto* run = std::get_if<RunProgram>(&pass)) call(at(model.programs, run->program));
}

/// Goes through one list of passes and notes which columns something was put in.
class ListVerifier {
public:
    explicit ListVerifier(const Model& model) : model_(model), begun_(model.columns.size()) {}

    void verify(const std::vector<Pass>& passes) {
        for (std::size_t p = 0; p < passes.size(); ++p)
            within([&] { return fmt::format("pass {}", p); },
                   [&] {
                       verify(passes[p]);
                       for (const ColumnId column : written(model_, passes[p])) begun_[static_cast<std::size_t>(column.value)] = true;
                   });
    }

private:
    void verify(const Pass& pass) const {
        std::visit([this](const auto& one) { check(one); }, pass);
    }

    void check(const FillColumn& pass) const { demand_column(model_, pass.column, "a fill"); }
    void check(const CopyColumn& pass) const {
        demand_column(model_, pass.to, "a copy");
        alike("a copy", pass.from, pass.to);
    }
    void check(const SwapColumns& pass) const {
        demand_column(model_, pass.one, "a swap");
        alike("a swap", pass.other, pass.one);
    }

    /// That `column` is another column of the domain of `of`.
    void alike(std::string_view what, ColumnId column, ColumnId of) const {
        demand_column(model_, column, what);
        demand(column != of, "{} goes from '{}' to itself", what, name(of));
        demand(model_.column(column).domain == model_.column(of).domain, "{} takes '{}' of '{}' with '{}' of '{}'", what, name(column),
               domain_name(column), name(of), domain_name(of));
    }

    void check(const RunProgram& pass) const {
        demand(has(model_.programs, pass.program), "runs program {}, of {}", pass.program.value, model_.programs.size());
        const ProgramOnDomain& on = at(model_.programs, pass.program);
        demand(!on.slices.is_given(), "runs program {}, which is another's twin", pass.program.value);
        if (model_.domain(on.domain).rows <= 1) return;
        for (const Instruction& i : on.program.body)
            if (i.op == Op::contribute || i.op == Op::contribute_min || i.op == Op::contribute_max) {
                const ColumnId to = at(on.program.effects, i.extra).column;
                demand(begun_[static_cast<std::size_t>(to.value)], "contributes to '{}', which no pass before it began", name(to));
            }
    }

    void check(const SpreadStarts& pass) const {
        demand_column(model_, pass.to, "a spread");
        demand(has(model_.starts, pass.starts), "spreads starts {}, of {}", pass.starts.value, model_.starts.size());
        demand(std::ssize(at(model_.starts, pass.starts)) == model_.rows_of(pass.to), "spreads {} numbers over the {} rows of '{}'",
               at(model_.starts, pass.starts).size(), model_.rows_of(pass.to), name(pass.to));
    }

    void check(const FindMedians& pass) const {
        demand_column(model_, pass.to, "a median");
        demand_column(model_, pass.values, "a median");
        if (pass.mask.is_given()) alike("a median", pass.mask, pass.values);
        if (pass.weights.is_given()) alike("a median", pass.weights, pass.values);
        demand(has(model_.groups, pass.groups), "takes medians of groups {}, of {}", pass.groups.value, model_.groups.size());
        const Groups& groups = at(model_.groups, pass.groups);
        demand(std::ssize(groups.offset) == model_.rows_of(pass.to) + 1 && groups.offset.front() == 0 &&
                   groups.offset.back() == std::ssize(groups.rows),
               "takes medians of {} groups for the {} rows of '{}'", std::ssize(groups.offset) - 1, model_.rows_of(pass.to),
               name(pass.to));
        for (std::size_t g = 0; g + 1 < groups.offset.size(); ++g) {
            const std::int64_t size = groups.offset[g + 1] - groups.offset[g];
            demand(size >= 0 && size <= groups.largest, "takes the median of group {} of {} rows, and the largest has {}", g, size,
                   groups.largest);
        }
        for (const RowIndex row : groups.rows)
            demand(row >= 0 && row < model_.rows_of(pass.values), "takes a median with row {} of '{}', of {}", row, name(pass.values),
                   model_.rows_of(pass.values));
    }

    void check(const SumProducts& pass) const {
        for (const ColumnId column : {pass.to, pass.ends, pass.items}) demand_column(model_, column, "a sum of products");
        demand(has(model_.products, pass.products), "sums products {}, of {}", pass.products.value, model_.products.size());
        const ProductsOf& of = at(model_.products, pass.products);
        const auto lists = [&](const std::vector<std::int64_t>& offset, const std::vector<RowIndex>& rows, const std::vector<RowIndex>& ends) {
            return offset.size() == of.groups() + 1 && offset.front() == 0 && std::ranges::is_sorted(offset) && offset.back() == std::ssize(rows) &&
                   rows.size() == ends.size();
        };
        demand(lists(of.item_offset, of.items, of.far) && lists(of.key_offset, of.keys, of.key_near), "sums products of groups that are not cut alike");
        const auto within_rows = [](const std::vector<RowIndex>& rows, std::int64_t most) {
            return std::ranges::all_of(rows, [&](RowIndex row) { return row >= 0 && row < most; });
        };
        const std::int64_t far = of.near > 0 ? model_.rows_of(pass.ends) / of.near : 0;
        demand(within_rows(of.items, model_.rows_of(pass.items)) && within_rows(of.far, far) && within_rows(of.key_near, of.near),
               "sums products with rows that '{}' or '{}' does not have", name(pass.items), name(pass.ends));
        std::vector<RowIndex> keys = of.keys;
        std::ranges::sort(keys);
        bool is_whole = std::ssize(keys) == model_.rows_of(pass.to);
        for (std::size_t row = 0; row < keys.size(); ++row) is_whole = is_whole && keys[row] == static_cast<RowIndex>(row);
        demand(is_whole, "sums products into other rows than those of '{}'", name(pass.to));
    }

    void check(const MatchItems& pass) const {
        demand_column(model_, pass.values, "a match");
        demand_column(model_, pass.to, "a match");
        alike("a match", pass.keys, pass.values);
        if (pass.mask.is_given()) alike("a match", pass.mask, pass.values);
        alike("a match", pass.sought, pass.to);
        if (pass.counts.is_given()) alike("a match", pass.counts, pass.to);
        demand(pass.how == Op::contribute || pass.how == Op::contribute_min || pass.how == Op::contribute_max,
               "matches by an operation that takes nothing together");
        demand(!std::isnan(pass.start), "matches from NaN on");
    }

    [[nodiscard]] const std::string& name(ColumnId column) const { return model_.column(column).name; }
    [[nodiscard]] const std::string& domain_name(ColumnId column) const { return model_.domain(model_.column(column).domain).name; }

    const Model& model_;
    std::vector<bool> begun_;  ///< by column
};

/// Streams of draws by whose they are: no two steps may draw the same numbers, nor a step what the timeline drew. The start draws as of a tick
/// of its own, so that its streams may be a step's. Where one program is the whole tick, all its steps count as one.
class Streams {
public:
    explicit Streams(const Model& model) : model_(model) {}

    void take(const std::vector<Pass>& passes, const std::string& owner) {
        each_program(model_, passes, [&](const ProgramOnDomain& on) {
            for (const DrawSpec& draw : on.program.draws) {
                const std::string& other = owners_.try_emplace(draw.stream, owner).first->second;
                demand(other == owner, "{} draws from the stream of {}", owner, other);
            }
        });
    }

private:
    const Model& model_;
    std::map<std::uint64_t, std::string> owners_;
};

/// That the rows of a step's table draw by names of their own. Aggregates are left out: what a row has drawn stands for all its items.
void verify_names(const Model& model, const CompiledStep& step, std::set<IdentityId>& known) {
    each_program(model, step.passes, [&](const ProgramOnDomain& on) {
        if (on.step != step.name || !model.domain(on.domain).kind.is_given()) return;
        for (const DrawSpec& draw : on.program.draws) {
            if (!known.insert(draw.identity).second) continue;
            std::vector<std::uint64_t> names = at(model.identities, draw.identity);
            names.resize(names.size() - vector_size);
            std::sort(names.begin(), names.end());
            demand(std::adjacent_find(names.begin(), names.end()) == names.end(), "two rows of '{}' draw by one name", model.domain(on.domain).name);
        }
    });
}

void verify_list(const Model& model, const std::vector<Pass>& passes, const std::string& what) {
    within([&] { return what; }, [&] { ListVerifier(model).verify(passes); });
}

}  // namespace

void verify_passes(const Model& model) {
    verify_list(model, model.start, "the start");
    for (const CompiledTimeline& entry : model.timeline)
        verify_list(model, entry.passes, fmt::format("the timeline at tick {}", entry.tick));
    for (const CompiledStep& step : model.steps) verify_list(model, step.passes, fmt::format("step '{}'", step.name));
    verify_list(model, model.measures_at_start, "the measures before the first tick");
    verify_list(model, model.every_tick, "the measures of a tick");
    verify_list(model, model.measures_over_time, "the measures at the end");
    verify_list(model, model.show, "what is shown");
    Streams streams(model);
    std::set<IdentityId> known;
    for (const CompiledTimeline& entry : model.timeline) streams.take(entry.passes, "the timeline");
    for (const CompiledStep& step : model.steps) {
        streams.take(step.passes, fmt::format("step '{}'", step.name));
        within([&] { return fmt::format("step '{}'", step.name); }, [&] { verify_names(model, step, known); });
    }
    streams.take(model.every_tick, "a tick");
}

std::vector<bool> written_by(const Model& model, const std::vector<Pass>& passes) {
    std::vector<bool> found(model.columns.size());
    for (const Pass& pass : passes)
        for (const ColumnId column : written(model, pass)) found[static_cast<std::size_t>(column.value)] = true;
    return found;
}

}  // namespace entente::promises
