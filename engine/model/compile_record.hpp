/// What the compiler decided, and why: for who asks what became of a scenario. Nothing of it is read while runs are made.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <entente/language/program.hpp>

namespace entente {

using ProgramId = Id<struct ProgramTag>;

/// Why the steps go over whole tables instead of row by row.
struct ByTable {
    enum class Reason {
        none,             ///< they go row by row
        asked,            ///< whoever compiled wanted it so
        too_many_rows,    ///< `count` rows (about as many, where a random pattern makes them) are more than `most`
        too_many_values,  ///< of the tick's one program, or on the way to it, more than `most`
        has_median,       ///< of which there is no form row by row
    };
    Reason reason = Reason::none;
    double count = 0;
    double most = 0;
};

/// A row of a column that holds one number in all runs and ticks, which is written into the programs.
struct FoldedCell {
    Cell cell;
    double value = 0;
};

/// What is known of a step before any run.
struct StepRecord {
    std::string where;                     ///< its condition, as written; "": none
    std::int64_t rows_left_out = 0;        ///< on which it can never do anything: the programs do not go there …
    std::vector<std::int64_t> left_out{};  ///< … the first most_rows_recorded of them
    static constexpr std::size_t most_rows_recorded = 100;

    void leave_out(std::int64_t row) {
        if (++rows_left_out <= static_cast<std::int64_t>(most_rows_recorded)) left_out.push_back(row);
    }
};

/// What a stream of draws is called: the step (or other text) that draws, and which two of its places share a block of Philox.
struct DrawName {
    std::string owner;
    int pair = 0;  ///< places 2 pair and 2 pair + 1; place 0 decides whether an event fires, the others stand in the text
};

/// Whether batches of one lane take a program key by key, see slices.hpp.
enum class Slicing {
    not_by_key,  ///< it does other things than add up, over one map, what it computes without draws and checks
    few_rows,    ///< too few for that to pay
    uneven,      ///< keys have so different numbers of rows that half as many elements again would be empty
    sliced,
};

struct CompileRecord {
    ByTable by_table;
    std::vector<FoldedCell> folded;           ///< by column, then row
    std::vector<bool> varied;                 ///< by parameter: its value is no part of the programs
    std::vector<StepRecord> steps;            ///< in the order of the scenario
    ById<MapId, std::string> map_names;       ///< `source`, `target of item`
    ById<ProgramId, Slicing> slicing;         ///< of programs that are not sliced themselves
    std::map<std::uint64_t, DrawName> draws;  ///< by stream
};

}  // namespace entente
