/// Models of one program made at random, over the rows of tables or over single ones.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/model/slices.hpp>

#include "programs.hpp"

namespace entente::test {

/// What programs run over.
enum class Shape {
    rows,    ///< of a table: they follow maps, and contribute to another table, to the world and to segments
    shared,  ///< of a table: they contribute to their own rows and to segments, so that threads may share the rows out
    sums,    ///< of a table: they only add up what they read, by one map to many keys
    world    ///< one row: they read, change and contribute to fixed rows of a table
};

/// What a column holds where a reference did not come by: behind a skip, for one.
inline constexpr double untouched = 12345.678;

class RandomModel {
public:
    RandomModel(std::mt19937_64& random, Shape shape, std::int64_t rows, int size)
        : rows_(rows), goals_(shape == Shape::sums ? 600 : 6), shape_(shape) {
        model_.calendar = Calendar::undated(9);
        model_.parameter_names = {"p"};
        model_.parameter_columns.resize(1);
        model_.parameter_values = {0.5};
        model_.parameter_units = {""};
        add_tables();
        Surroundings around;
        shape == Shape::world ? world(around) : rows_of_cells(random, around);
        around.uniforms.push_back({Uniform::Form::parameter, 0, {}, -1});
        around.uniforms.push_back({Uniform::Form::tick, -1, {}, -1});
        dumps_ = {add_column("dump", domain()), add_column("second dump", domain())};
        program_ = RandomProgram(random, around).make(size);
        CompiledStep step;
        step.name = "step";
        step.on = {0};
        step.rows = rows;
        for (const auto& [how, to] : around.contributions) {
            if (shape == Shape::world) break;  // there they go to what other instructions change too
            step.passes.push_back(FillColumn{to.column, static_cast<double>(random() % 5)});
        }
        step.passes.push_back(RunProgram{ProgramId{0}});
        model_.steps.push_back(step);
        seed_ = random();
        often_special_ = random() % 3 == 0;
    }

    [[nodiscard]] const Program& program() const { return program_; }
    [[nodiscard]] std::int64_t rows() const { return model_.domain(domain()).rows; }

    /// With the program as it is, or with its first `instructions` alone and what the last of them gave in the dumps.
    [[nodiscard]] Model model(std::size_t instructions) const {
        Model made = model_;
        made.programs.add({instructions < program_.body.size() ? beginning(instructions) : program_, domain(), "step", {}, {}});
        add_offsets(made);
        add_slices(made);
        return made;
    }

    /// What a row of a column holds on a lane before the tick.
    [[nodiscard]] double initial(std::size_t column, std::int64_t row, int lane) const {
        if (static_cast<int>(column) == dumps_.first.value || static_cast<int>(column) == dumps_.second.value) return untouched;
        static const std::vector<double> special{
            0, -0.0, 1, 0.25, 1e200, -1e-310, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
        const std::uint64_t bits = mix(seed_ + column, static_cast<std::uint64_t>(row) << 20 | static_cast<std::uint64_t>(lane));
        const std::uint64_t wild = bits % (often_special_ ? 10 : 5000);
        return wild < special.size() ? special[wild] : static_cast<double>((bits >> 20) % 2001) / 500 - 2;
    }

private:
    [[nodiscard]] DomainId domain() const { return {shape_ == Shape::world ? 2 : 0}; }

    ColumnId add_column(std::string name, DomainId domain) {
        return model_.columns.add({std::move(name), domain, 0});
    }

    void add_tables() {
        for (const auto& [name, rows] : {std::pair<std::string, std::int64_t>{"cell", rows_}, {"goal", goals_}}) {
            Table table;
            table.name = name;
            table.rows = rows;
            const KindId kind = model_.tables.add(table);
            model_.domains.add({name, rows, kind, kind, -1});
        }
        model_.domains.add({"the world", 1, {}, {}, 0});
        model_.domains.add({"segments", segment_count(rows_), {}, {}, -1});
        model_.field_columns.resize(2);
    }

    void add_identities(Surroundings& around) {
        for (const std::uint64_t salt : {3, 4}) {
            std::vector<std::uint64_t> names(static_cast<std::size_t>(rows()) + vector_size);
            for (std::int64_t row = 0; row < rows(); ++row)
                names[static_cast<std::size_t>(row)] = mix(salt, static_cast<std::uint64_t>(row));
            around.draws.push_back({100 + salt, model_.identities.add(std::move(names))});
        }
    }

    MapId add_map(std::mt19937_64& random, std::int64_t to, bool absent, bool sorted) {
        RowMap map;
        for (std::int64_t row = 0; row < rows_; ++row)
            map.push_back(absent && random() % 5 == 0 ? no_row : static_cast<RowIndex>(random() % static_cast<std::uint64_t>(to)));
        if (sorted) std::sort(map.begin(), map.end());
        map.resize(map.size() + vector_size, map.back());
        model_.record.map_names.add("map");
        return model_.maps.add(std::move(map));
    }

    /// Columns of cells, which the program changes or only reads; of goals, to which it contributes and which it reads; of the world.
    void rows_of_cells(std::mt19937_64& random, Surroundings& around) {
        const bool sums = shape_ == Shape::sums;
        const bool by_maps = shape_ != Shape::shared;
        const MapId some = add_map(random, goals_, true, false);
        const MapId all = add_map(random, goals_, false, true);
        const MapId beside = add_map(random, rows_, true, false);
        for (int c = 0; c < 5; ++c) {
            const ColumnId own = add_column(fmt::format("own {}", c), {0});
            around.loads.push_back({own, {}});
            if (!sums) around.stores.push_back({own, {}});
        }
        const ColumnId fixed = add_column("read only", {0});
        const ColumnId seen = add_column("of goals", {1});
        const ColumnId of_all = add_column("of the world", {2});
        around.loads.insert(around.loads.end(), {{fixed, {}}, {fixed, beside}, {seen, some}, {seen, all}, {{}, some, true}});
        around.uniforms.push_back({Uniform::Form::row, -1, seen, 2});
        around.uniforms.push_back({Uniform::Form::row, -1, of_all, 0});
        for (const auto& [how, name] :
             {std::pair<Op, std::string>{Op::contribute, "sum"}, {Op::contribute_min, "least"}, {Op::contribute_max, "greatest"}}) {
            if (by_maps)
                around.contributions.push_back({how, {add_column(name + " by a map", {1}), random() % 2 == 0 && !sums ? all : some}});
            if (sums) continue;
            if (by_maps) around.contributions.push_back({how, {add_column(name + " of all", {2}), {}, 0}});
            around.contributions.push_back({how, {add_column(name + " on its own", {0}), {}}});
            around.contributions.push_back({how, {add_column(name + " by segment", {3}), {}, -1, true}});
        }
        around.checks = !sums;
        if (!sums) add_identities(around);
    }

    void world(Surroundings& around) {
        for (int c = 0; c < 3; ++c) {
            const ColumnId column = add_column(fmt::format("cell's {}", c), {0});
            for (int row = 0; row < static_cast<int>(rows_); ++row) {
                around.loads.push_back({column, {}, false, row});
                around.stores.push_back({column, {}, row});
                around.contributions.push_back(
                    {std::vector{Op::contribute, Op::contribute_min, Op::contribute_max}[static_cast<std::size_t>(c)], {column, {}, row}});
            }
        }
        around.contributes_once = false;
        const ColumnId own = add_column("the world's", {2});
        around.loads.push_back({own, {}});
        around.stores.push_back({own, {}});
        add_identities(around);
    }

    /// Where maps to goals that never descend begin to lead to each row.
    static void add_offsets(Model& made) {
        made.map_offsets.resize(made.maps.size());
        for (const MapId m : made.maps.ids()) {
            const RowMap& map = made.maps[m];
            const auto end = map.end() - vector_size;
            if (m.value > 1 || map.front() < 0 || !std::is_sorted(map.begin(), end)) continue;
            for (RowIndex row = 0; row <= made.tables[KindId{1}].rows; ++row)
                made.map_offsets[m].push_back(std::lower_bound(map.begin(), end, row) - map.begin());
        }
    }

    [[nodiscard]] Program beginning(std::size_t instructions) const {
        Program part = program_;
        part.body.resize(instructions);
        const Instruction last = part.body.back();
        const std::pair<std::int32_t, ColumnId> results[]{{last.d, dumps_.first}, {last.op == Op::draw ? last.second : -1, dumps_.second}};
        for (const auto& [slot, to] : results) {
            if (slot < 0) continue;
            Instruction store;
            store.op = Op::store;
            store.a.slot = slot;
            store.extra = static_cast<std::int32_t>(part.effects.size());
            part.effects.push_back({to, {}});
            part.body.push_back(store);
        }
        for (Instruction& i : part.body)
            if (i.op == Op::skip && i.extra >= static_cast<std::int32_t>(instructions))
                i.extra = static_cast<std::int32_t>(part.body.size());
        return part;
    }

    std::int64_t rows_;   ///< of the table of cells
    std::int64_t goals_;  ///< rows of the other table
    Shape shape_;
    Model model_;  ///< without its program
    Program program_;
    std::pair<ColumnId, ColumnId> dumps_;
    std::uint64_t seed_ = 0;
    bool often_special_ = false;
};

}  // namespace entente::test
