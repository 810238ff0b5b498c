/// What is known of a world's columns before anything runs: which rows hold one number in all runs and ticks.
///
/// Whoever compiles supposes that every row keeps what it begins with, and lays out the steps; where a step may store something else, the
/// supposition is refuted, and steps are laid out anew, until nothing is refuted: then what is still supposed is so.
#pragma once

#include <memory>
#include <vector>

#include <entente/language/facts.hpp>
#include <entente/model/model.hpp>

namespace entente {

class Known {
public:
    /// Rows of a column, and the range that its values are clamped to where they are not supposed to be constant.
    void add(ColumnId column, std::int64_t rows, double low, double high);
    /// The row holds this number.
    void suppose(ColumnId column, RowIndex row, double value);
    void suppose(ColumnId column, const RowFacts& facts);
    /// It may hold others. Tells whether that was supposed until now.
    bool refute(ColumnId column, RowIndex row);
    /// The column may hold -0. Tells whether that is new.
    bool may_be_negative_zero(ColumnId column);
    /// Columns from here on are none any more.
    void forget_from(std::size_t columns);

    /// Null: nothing is known of any row.
    [[nodiscard]] const RowFacts* facts(ColumnId column) const;
    [[nodiscard]] Bounds bounds(ColumnId column) const;

private:
    struct Cells {
        RowFacts facts;
        std::int64_t count = 0;  ///< rows that are known
        double most_known = 0;   ///< of the values of those
        double most = 0;         ///< of all others
        bool is_above = false;   ///< its range begins at 0 or above
        bool no_negative_zero = true;
    };
    [[nodiscard]] const Cells* find(ColumnId column) const;
    Cells& of(ColumnId column);

    std::vector<std::unique_ptr<Cells>> columns_;
};

/// The same as a program over `rows` rows of a domain reads it.
class KnownRows : public Knowledge {
public:
    KnownRows(const Known& known, const Model& model, const std::vector<Bounds>& parameters, std::int64_t rows)
        : known_(known), model_(model), parameters_(parameters), rows_(rows) {}
    [[nodiscard]] RowFactsPtr facts(const Load& load) const override;
    [[nodiscard]] Bounds bounds(const Load& load) const override;
    [[nodiscard]] Bounds bounds(const Uniform& uniform) const override;

private:
    const Known& known_;
    const Model& model_;
    const std::vector<Bounds>& parameters_;  ///< by parameter
    std::int64_t rows_;
};

}  // namespace entente
