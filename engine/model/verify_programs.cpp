#include <algorithm>
#include <optional>
#include <set>

#include <entente/language/verify.hpp>
#include <entente/model/verify_parts.hpp>

namespace entente::promises {
namespace {

bool is_contribution(Op op) { return operation(op).form == Operation::Form::contribution; }

/// The least and the greatest row that a map leads to, its last vector included.
struct Reach {
    RowIndex least = 0;
    RowIndex greatest = no_row;
};

class ProgramVerifier {
public:
    explicit ProgramVerifier(const Model& model) : model_(model), reach_(model.maps.size()) {}

    void verify(const ProgramOnDomain& on) {
        demand(has(model_.domains, on.domain.value), "runs over domain {}, of {}", on.domain.value, model_.domains.size());
        rows_ = model_.domain(on.domain).rows;
        const std::string broken = broken_promise(on.program);
        demand(broken.empty(), "{}", broken);
        for (std::size_t l = 0; l < on.program.loads.size(); ++l)
            within([&] { return fmt::format("load{}", l); }, [&] { load(on, on.program.loads[l]); });
        for (std::size_t u = 0; u < on.program.uniforms.size(); ++u)
            within([&] { return fmt::format("uniform{}", u); }, [&] { uniform(on.program, on.program.uniforms[u]); });
        for (std::size_t d = 0; d < on.program.draws.size(); ++d)
            within([&] { return fmt::format("draw {}", d); }, [&] { draw(on.program.draws[d]); });
        for (std::size_t e = 0; e < on.program.effects.size(); ++e)
            within([&] { return fmt::format("effect {}", e); }, [&] { effect(on, on.program.effects[e]); });
        if (rows_ > 1) order(on.program);
    }

private:
    [[nodiscard]] const std::string& name(ColumnId column) const { return model_.column(column).name; }

    const Reach& reach(MapId map) {
        std::optional<Reach>& known = reach_[static_cast<std::size_t>(map.value)];
        if (!known) {
            known.emplace();
            for (const RowIndex row : at(model_.maps, map.value))
                known->least = std::min(known->least, row), known->greatest = std::max(known->greatest, row);
        }
        return *known;
    }

    /// A map that is followed from each row of the program's domain, to `rows` rows.
    void map(MapId map, std::int64_t rows, std::string_view to) {
        demand(has(model_.maps, map.value), "follows map {}, of {}", map.value, model_.maps.size());
        demand(std::ssize(at(model_.maps, map.value)) == rows_ + vector_size,
               "follows map {}, which has {} entries for {} rows and a vector", map.value, at(model_.maps, map.value).size(), rows_);
        if (rows_ == 0) return;  // nobody follows it
        const Reach& found = reach(map);
        demand(found.least >= no_row && found.greatest < rows, "follows map {}, which leads to row {}, to '{}' of {} rows", map.value,
               found.least < no_row ? found.least : found.greatest, to, rows);
    }

    /// The program's own row of a column, a fixed one, or one by a map.
    void place(const ProgramOnDomain& on, ColumnId column, MapId by, int row) {
        demand_column(model_, column, "it");
        demand(by.value < 0 || row < 0, "leads to '{}' by a map and to a fixed row", name(column));
        if (by.value >= 0) return map(by, model_.rows_of(column), name(column));
        if (row >= 0)
            return demand(row < model_.rows_of(column), "leads to row {} of '{}', of {}", row, name(column), model_.rows_of(column));
        demand(model_.column(column).domain == on.domain, "takes '{}', which is of '{}', for a column of '{}'", name(column),
               model_.domain(model_.column(column).domain).name, model_.domain(on.domain).name);
    }

    void load(const ProgramOnDomain& on, const Load& load) {
        if (load.presence) {
            demand(load.row < 0, "asks whether a fixed row is there");
            return map(load.map, std::numeric_limits<RowIndex>::max(), "whatever it leads to");
        }
        place(on, load.column, load.map, load.row);
        demand(load.row < 0 || rows_ == 1, "reads a fixed row of '{}' in a block of {} rows", name(load.column), rows_);
    }

    void uniform(const Program& program, const Uniform& uniform) const {
        if (uniform.form == Uniform::Form::parameter)
            demand(has(model_.parameter_names, uniform.number), "is parameter {}, of {}", uniform.number, model_.parameter_names.size());
        if (uniform.form == Uniform::Form::computed)
            demand(uniform.number >= 0 && uniform.number < program.computed, "is result {} of the prologue, of {}", uniform.number,
                   program.computed);
        if (uniform.form != Uniform::Form::row) return;
        demand_column(model_, uniform.column, "it");
        demand(uniform.row >= 0 && uniform.row < model_.rows_of(uniform.column), "reads row {} of '{}', of {}", uniform.row,
               name(uniform.column), model_.rows_of(uniform.column));
    }

    void draw(const DrawSpec& draw) const {
        demand(has(model_.identities, draw.identity.value), "goes by identity {}, of {}", draw.identity.value, model_.identities.size());
        demand(std::ssize(at(model_.identities, draw.identity.value)) == rows_ + vector_size,
               "goes by identity {}, which has {} names for {} rows and a vector", draw.identity.value,
               at(model_.identities, draw.identity.value).size(), rows_);
    }

    void effect(const ProgramOnDomain& on, const Effect& effect) {
        if (!effect.by_segment) {
            if (!on.slices.is_given()) return place(on, effect.column, effect.map, effect.row);
            return demand_column(model_, effect.column, "it");  // goes by the keys of the slices
        }
        demand_column(model_, effect.column, "it");
        demand(effect.map.value < 0 && effect.row < 0, "goes to segments of '{}', and elsewhere", name(effect.column));
        demand(model_.rows_of(effect.column) == segment_count(rows_), "goes to {} segments of '{}', which has {}", segment_count(rows_),
               name(effect.column), model_.rows_of(effect.column));
    }

    /// That blocks of rows may be taken one after the other.
    void order(const Program& program) const {
        std::set<int> stored, summed;
        std::set<std::pair<int, int>> stored_by_map;
        for (const Instruction& i : program.body) {
            if (i.op != Op::store && !is_contribution(i.op)) continue;
            const Effect& to = at(program.effects, i.extra);
            demand(i.op != Op::store || to.row < 0, "effect {}: stores many rows to a fixed row of '{}'", i.extra, name(to.column));
            if (i.op == Op::store && to.map.is_given()) {
                stored_by_map.emplace(to.column.value, to.map.value);
                leads_once(to.map, to.column);
            }
            const bool is_new = is_contribution(i.op) ? summed.insert(to.column.value).second : (stored.insert(to.column.value), true);
            demand(is_new, "effect {}: contributes to '{}' a second time", i.extra, name(to.column));
        }
        const auto elsewhere = [&](ColumnId column) {
            demand(!stored.contains(column.value) && !summed.contains(column.value), "reads '{}' on other rows, and changes it",
                   name(column));
        };
        for (const Load& load : program.loads) {
            if (load.presence) continue;
            if (load.map.value >= 0 && !stored_by_map.contains({load.column.value, load.map.value})) elsewhere(load.column);
            demand(!summed.contains(load.column.value), "reads '{}', and contributes to it", name(load.column));
        }
        for (const Uniform& uniform : program.uniforms)
            if (uniform.form == Uniform::Form::row) elsewhere(uniform.column);
    }

    /// That a map of stores leads to rows, and to none of them twice.
    void leads_once(MapId map, ColumnId column) const {
        const RowMap& leads = at(model_.maps, map.value);
        std::vector<bool> met(static_cast<std::size_t>(model_.rows_of(column)));
        for (std::size_t row = 0; row < static_cast<std::size_t>(rows_); ++row) {
            demand(leads[row] >= 0, "stores to '{}' by map {}, which leads nowhere from row {}", name(column), map.value, row);
            demand(!met[static_cast<std::size_t>(leads[row])], "stores to row {} of '{}' twice", leads[row], name(column));
            met[static_cast<std::size_t>(leads[row])] = true;
        }
    }

    const Model& model_;
    std::vector<std::optional<Reach>> reach_;  ///< by map, where it was asked for
    std::int64_t rows_ = 0;                    ///< of the program in hand
};

/// Of a map that contributions follow from the rows of a domain: that it does not descend, and where it begins to lead to each row.
void verify_offsets(const Model& model, MapId map, std::int64_t rows, ColumnId to) {
    demand(has(model.map_offsets, map.value), "contributions follow map {}, which no offsets were sought for", map.value);
    const auto& offsets = at(model.map_offsets, map.value);
    if (offsets.empty()) return;
    const RowMap& leads = at(model.maps, map.value);
    demand(std::ssize(offsets) == model.rows_of(to) + 1 && offsets.front() == 0 && offsets.back() == rows,
           "map {} has offsets that are not its own", map.value);
    for (std::size_t key = 0; key + 1 < offsets.size(); ++key) {
        demand(offsets[key] <= offsets[key + 1], "map {} has offsets that descend at row {}", map.value, key);
        for (auto row = static_cast<std::size_t>(offsets[key]); row < static_cast<std::size_t>(offsets[key + 1]); ++row)
            demand(leads[row] == static_cast<RowIndex>(key), "map {} leads from row {} to {}, by its offsets to {}", map.value, row,
                   leads[row], key);
    }
}

}  // namespace

void verify_programs(const Model& model) {
    ProgramVerifier verifier(model);
    std::set<std::pair<int, int>> sought;  // maps, and the domain of what they lead to
    for (const ProgramId number : model.programs.ids()) {
        const ProgramOnDomain& on = model.programs[number];
        within([&] { return fmt::format("program {} of '{}'", number.value, on.step); },
               [&] {
                   verifier.verify(on);
                   if (on.slices.is_given()) return;
                   for (const Effect& effect : on.program.effects)
                       if (effect.map.value >= 0 && sought.emplace(effect.map.value, model.column(effect.column).domain.value).second)
                           verify_offsets(model, effect.map, model.domain(on.domain).rows, effect.column);
                   if (on.by_key.is_given()) verify_slices(model, number);
               });
    }
}

}  // namespace entente::promises
