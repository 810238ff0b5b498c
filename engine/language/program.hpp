/// Block programs: what an expression becomes. Straight-line code over registers, each a block of doubles.
///
/// A program runs on a domain (a table of rows, each with W lanes). Its elements, row * W + lane, are taken in blocks of
/// `block_size`; every instruction works on a whole block. Operands are slots: registers that live in L1, loads that point
/// straight into a column, and uniforms, values that are the same on every row. There is no branch but one forward skip.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <entente/base/enumerators.hpp>
#include <entente/base/ids.hpp>
#include <entente/base/problem.hpp>
#include <entente/language/operations.hpp>

namespace entente {

/// Doubles in a block. A multiple of the widest vector; lanes are a power of two.
inline constexpr int block_size = 256;
/// Columns are padded to whole vectors of this many doubles, so that no element takes another path than its neighbours.
inline constexpr int vector_size = 8;

using ColumnId = Id<struct ColumnTag>;
using MapId = Id<struct MapTag>;            ///< none: the domain's own rows
using IdentityId = Id<struct IdentityTag>;  ///< names of a domain's rows, for draws

/// One row of a column.
struct Cell {
    ColumnId column;
    RowIndex row = no_row;
    auto operator<=>(const Cell&) const = default;
};

/// An operand: a slot, or a constant.
struct Operand {
    std::int32_t slot = -1;  ///< -1: the constant, or nothing
    double constant = 0;
    [[nodiscard]] bool is_constant() const { return slot < 0; }
};

struct Instruction {
    Op op = Op::copy;
    std::int32_t d = -1;
    std::int32_t second = -1;  ///< draw: the second uniform; -1: not wanted
    Operand a, b, c;
    std::int32_t extra = -1;  ///< number in draws, checks or effects; skip: the instruction to go on with
};

/// A column read through a map, or at one fixed row. The slot points into the column where the block is contiguous there.
struct Load {
    ColumnId column{};
    MapId map{};            ///< rows of the domain to rows of the column; a row of -1 reads 0
    bool presence = false;  ///< no column: 1 where the map leads to a row, 0 where it does not
    RowIndex row = no_row;  ///< fixed row; no_row: by the map
};

/// A value that is the same on every row (it may differ between lanes).
struct Uniform {
    enum class Form { parameter, tick, t, year, month, row, computed };
    Form form = Form::parameter;
    int number = -1;  ///< parameter: which; computed: which result of the prologue
    ColumnId column{};  ///< row: a column's row
    RowIndex row = no_row;
};

/// Two uniforms for every element: Philox4x32-10 with key (seed, stream) and counter (identity, run, tick).
struct DrawSpec {
    std::uint64_t stream = 0;
    IdentityId identity;
};

/// What a value must be, and whose fault it is if it is not.
struct Check {
    enum class Demand { finite, probability, not_negative, positive };
    struct Name {
        std::string text;  ///< as written
        Operand value;     ///< where it is when the check is made
    };
    Demand demand = Demand::finite;
    std::string what;           ///< the statement, or `rate of …`
    std::string step{};         ///< where it stands; "": in the program's own step …
    std::string row{};          ///< … on the rows that the program runs over
    std::vector<Name> names{};  ///< operands worth showing
};

/// What a demand is: a value from `low` to `high`, both included, which NaN is not.
struct Limits {
    Check::Demand demand;
    const char* demanded;  ///< in a word
    double low;
    double high;
    double instead;            ///< what a run that failed goes on with
    const char* but_it_is_so;  ///< what a message says of a finite value beyond the limits; "": there is none

    [[nodiscard]] constexpr bool admit(double x) const { return x >= low && x <= high; }
};

/// By demand. The kernels read it without calling anything.
inline constexpr Limits limits_by_demand[]{
    {Check::Demand::finite, "finite", std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max(), 0, ""},
    {Check::Demand::probability, "a probability", 0, 1, 0, ", but a probability is between 0 and 1"},
    {Check::Demand::not_negative, "finite and not negative", 0, std::numeric_limits<double>::max(), 0, ", but a rate is not negative"},
    {Check::Demand::positive, "finite and above 0", std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::max(), 1, ", but a temperature is above 0"},
};
static_assert(is_table_of(std::to_array(limits_by_demand), &Limits::demand), "one row for each demand, in their order");

inline const Limits& limits_of(Check::Demand demand) { return limits_by_demand[static_cast<std::size_t>(demand)]; }

/// Where a store or contribution goes: to the same row, to the row that a map leads to, or to one fixed row.
struct Effect {
    ColumnId column;
    MapId map;
    RowIndex row = no_row;    ///< fixed row; no_row: by the map
    bool by_segment = false;  ///< contributions: to the row `segment_of` its own
};

/// Long sums are taken by segments, each in row order, and then the segments' sums likewise: always the same tree, whose parts can be
/// summed side by side. A segment holds those rows of a span that stand vector_size apart.
inline constexpr std::int64_t segment_span = 256;
inline constexpr std::int64_t longest_plain_sum = 4096;  ///< up to so many rows are summed in row order
inline constexpr std::int64_t segment_of(std::int64_t row) { return row / segment_span * vector_size + row % vector_size; }
inline constexpr std::int64_t segment_count(std::int64_t rows) { return (rows + segment_span - 1) / segment_span * vector_size; }

/// From here on a program does one part of what it was built for: a step, on all its rows or on one. What a part is, its builder says.
struct Mark {
    int part = -1;
    int row = -1;
    int prologue = 0;  ///< the first of the prologue's instructions …
    int body = 0;      ///< … and of the body's that belong to it
};

struct Program {
    std::vector<Instruction> prologue;  ///< once a step, on a tile of uniforms
    std::vector<Instruction> body;      ///< once a block
    std::vector<Load> loads;
    std::vector<Uniform> uniforms;
    std::vector<DrawSpec> draws;
    std::vector<Check> checks;
    std::vector<Effect> effects;
    std::vector<Mark> marks;     ///< in the order of the instructions; none: all is one part
    int folded = 0;              ///< operations whose result was known when the program was built
    int shared = 0;              ///< operations that were found to be there already
    int registers = 0;           ///< slots 0 … registers-1; then the loads; then the uniforms
    int prologue_registers = 0;  ///< the same for the prologue, which has its own registers and no loads
    int computed = 0;            ///< results of the prologue
    [[nodiscard]] int load_slot(int load) const { return registers + load; }
    [[nodiscard]] int uniform_slot(int uniform) const { return registers + static_cast<int>(loads.size()) + uniform; }
    [[nodiscard]] int slot_count() const { return registers + static_cast<int>(loads.size() + uniforms.size()); }
};

/// Calls use(slot) for each slot that an instruction reads.
template <class Use>
void each_read(const Instruction& i, Use use) {
    for (const Operand* operand : {&i.a, &i.b, &i.c})
        if (!operand->is_constant()) use(operand->slot);
}

/// Calls use(slot) for each slot that a check shows when it fails.
template <class Use>
void each_shown(const Instruction& i, const std::vector<Check>& checks, Use use) {
    if (operation(i.op).form != Operation::Form::check) return;
    for (const Check::Name& name : checks[static_cast<std::size_t>(i.extra)].names)
        if (!name.value.is_constant()) use(name.value.slot);
}

/// Calls use(slot) for each slot that an instruction writes.
template <class Use>
void each_written(const Instruction& i, Use use) {
    if (i.d >= 0) use(i.d);
    if (i.second >= 0 && operation(i.op).form == Operation::Form::draw) use(i.second);
}

/// One line an instruction, for tests and the curious.
std::string listing(const Program& program);

/// How people call what a program knows by number.
struct ProgramNames {
    std::function<std::string(const Load&)> load;
    std::function<std::string(const Uniform&)> uniform;  ///< of all forms but `computed`, which are `once0`, `once1` …
    std::function<std::string(const Effect&)> effect;
    std::function<std::string(const DrawSpec&, int half)> draw;
};

/// One of its instructions with these names: `r2 = multiply tie.trust[source] 0.5`, `store state.x = r2 where r1`. What skips lead to is an instruction's
/// number, counted from 0.
std::string prologue_line(const Program& program, const Instruction& instruction, const ProgramNames& called);
std::string body_line(const Program& program, const Instruction& instruction, const ProgramNames& called);

}  // namespace entente
