#include <entente/model/touched.hpp>

#include <algorithm>
#include <variant>

namespace entente {
namespace {

/// The rows of columns that a tick reads or writes.
class Touched {
public:
    explicit Touched(const Model& model) : model_(model), rows_(model.columns.size()) {
        for (const CompiledStep& step : model.steps) touch(step.passes);
        touch(model.every_tick);
        for (const CompiledEvent& event : model.events)
            if (!event.reset_rows) all(event.count);
    }
    [[nodiscard]] std::int64_t bytes() const {
        std::int64_t cells = 0;
        for (const std::vector<bool>& rows : rows_) cells += std::ranges::count(rows, true);
        return cells * static_cast<std::int64_t>(sizeof(double));
    }

private:
    void touch(const std::vector<Pass>& passes) {
        for (const Pass& pass : passes) std::visit([this](const auto& one) { touch(one); }, pass);
    }
    void touch(const RunProgram& pass) {
        const ProgramOnDomain& on = model_.programs[pass.program];
        const std::int64_t rows = model_.domain(on.domain).rows;
        for (const Load& load : on.program.loads)
            if (!load.presence) place(load.column, load.map, load.row, rows);
        for (const Effect& effect : on.program.effects) place(effect.column, effect.map, effect.row, effect.by_segment ? 0 : rows);
        for (const Uniform& uniform : on.program.uniforms)
            if (uniform.form == Uniform::Form::row) mark(uniform.column, uniform.row);
    }
    void touch(const FillColumn& pass) { all(pass.column); }
    void touch(const CopyColumn& pass) { all(pass.from), all(pass.to); }
    void touch(const SwapColumns& pass) { all(pass.one), all(pass.other); }
    void touch(const SpreadStarts& pass) { all(pass.to); }
    void touch(const FindMedians& pass) { all(pass.to), all(pass.values); }
    void touch(const MatchItems& pass) { all(pass.to), all(pass.values), all(pass.keys), all(pass.sought); }
    void touch(const SumProducts& pass) { all(pass.to), all(pass.ends), all(pass.items); }

    void place(ColumnId column, MapId map, RowIndex row, std::int64_t rows) {
        if (row >= 0) return mark(column, row);
        if (!map.is_given()) return all(column);
        for (std::int64_t from = 0; from < rows; ++from)
            if (const RowIndex to = model_.maps[map][static_cast<std::size_t>(from)]; to >= 0) mark(column, to);
    }
    void mark(ColumnId column, RowIndex row) { of(column)[static_cast<std::size_t>(row)] = true; }
    void all(ColumnId column) {
        std::vector<bool>& rows = of(column);
        rows.assign(rows.size(), true);
    }
    std::vector<bool>& of(ColumnId column) {
        std::vector<bool>& rows = rows_[column];
        if (rows.empty()) rows.resize(static_cast<std::size_t>(model_.rows_of(column)));
        return rows;
    }

    const Model& model_;
    ById<ColumnId, std::vector<bool>> rows_;
};

}  // namespace

std::int64_t bytes_touched(const Model& model) {
    return Touched(model).bytes();
}

}  // namespace entente
