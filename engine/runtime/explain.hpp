/// What a scenario was compiled into and how a batch runs it, as plain data for `entente explain`: tables, columns and maps with their
/// bytes, and for each stage of a tick its passes and programs, the way they go, and what they are expected to cost.
///
/// Costs are counted in additions on one row of one run: an addition is 1, a division 4, an exponential 20, a draw 40 (`cost_of`). They
/// leave out what reading memory takes, and medians and joins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/runtime/cuts.hpp>
#include <entente/runtime/kernels.hpp>

namespace entente {

/// The batch that is asked about.
struct ExplainedBatch {
    int lanes = 1;                     ///< runs side by side
    int threads = 1;                   ///< that share out the rows of this batch
    const Kernels* kernels = nullptr;  ///< never null when asked
};

/// In additions. The least is taken where every skip skips, the most where none does.
struct CostRange {
    double least = 0;
    double most = 0;
};

struct ExplainedInstruction {
    int number = 0;  ///< within the program; skips name it
    bool is_native = false;
    std::string text{};
};

/// Instructions of a step on one row; of a program over a table, all of them.
struct ExplainedPart {
    std::string row{};  ///< "": all rows, or what is done once for all
    std::vector<ExplainedInstruction> prologue{};
    std::vector<ExplainedInstruction> body{};
};

/// A program, or what one stage has of it.
struct ExplainedProgram {
    ProgramId number;
    std::string name{};                    ///< of its step or aggregate
    std::string domain{};                  ///< what it runs over …
    std::int64_t rows = 0;                 ///< … and how many rows those are; of slices with the empty ones
    int prologue = 0;                      ///< instructions once a step
    int body = 0;                          ///< instructions once a block
    int native = 0;                        ///< instructions of the body that machine code does
    int by_map = 0;                        ///< columns that it reads on other rows, by a map
    int draws = 0;                         ///< instructions that draw
    CostRange cost{};                      ///< of the body, on one row of the domain
    double prologue_cost = 0;              ///< once
    std::optional<Slicing> slicing{};      ///< none: the world went row by row
    bool is_sliced = false;                ///< it is the twin over slices that runs
    bool sums_gathered = false;            ///< it is one loop of its own
    int pieces = 1;                        ///< among which threads share it out
    OnePiece in_one_piece = OnePiece::no;  ///< why there is only one
    int skips = 0;
    int packed = 0;                      ///< skips behind which few elements may be brought together
    int folded = 0;                      ///< of the whole program: operations whose result was known when it was compiled …
    int shared = 0;                      ///< … and that another had computed already
    std::vector<ExplainedPart> parts{};  ///< where they were asked for
};

struct ExplainedPass {
    std::string text{};  ///< `fill result of 'sum(…)' with 0`; of programs their name
    double moved = 0;    ///< rows that are filled or copied
    std::optional<ExplainedProgram> program{};
};

/// A part of a run that is gone through as a whole.
struct ExplainedStage {
    enum class Kind { start, timeline, step, measures, end };
    Kind kind = Kind::step;
    std::string name{};                   ///< of the step; else `start`, `timeline`, `measures`, `end`
    std::string table{};                  ///< of a step
    std::int64_t rows = 0;                ///< of that table
    std::string where{};                  ///< the step's condition, as written
    std::int64_t rows_left_out = 0;       ///< on which it can never do anything …
    std::vector<std::string> left_out{};  ///< … the first of them, by name
    std::vector<ExplainedPass> passes{};
    int instructions = 0;
    int native = 0;
    int joins = 0;
    int medians = 0;
    CostRange cost{};  ///< of all passes, in one run
};

struct ExplainedColumn {
    enum class Use { field, input, parameter, event_count, measure, working };
    std::string name{};
    std::string table{};  ///< or what else has rows: `the world`, `pairs of 'sum(…)'`
    std::int64_t rows = 0;
    std::int64_t run_bytes = 0;
    std::int64_t batch_bytes = 0;
    Use use = Use::working;
};

struct ExplainedTable {
    std::string name{};
    std::int64_t rows = 0;
    int columns = 0;
    std::int64_t run_bytes = 0;
    std::int64_t batch_bytes = 0;
};

/// What is known in advance and put into a column.
struct ExplainedInput {
    std::string name{};   ///< `oil`, `state.aid`
    std::string table{};  ///< on whose rows; else `the world`
    std::int64_t ticks = 0;   ///< at which it changes after the first one
    std::int64_t values = 0;  ///< that are put there in all
};

struct ExplainedMap {
    std::string name{};
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
};

/// Values of a column that are written into the programs.
struct ExplainedFold {
    std::string column{};
    std::int64_t folded = 0;  ///< rows …
    std::int64_t rows = 0;    ///< … of so many
    double least = 0;
    double greatest = 0;
    bool is_event_count = false;  ///< the event can't happen there
};

struct Explanation {
    std::string title{};
    std::string path{};
    std::int64_t ticks = 0;
    ByTable by_table{};
    ExplainedBatch batch{};
    bool native_refused = false;   ///< the system lets no program write machine code
    std::int64_t rows = 0;         ///< of all kinds' tables
    std::int64_t row_updates = 0;  ///< a tick and run
    std::vector<ExplainedTable> tables{};
    std::vector<ExplainedColumn> columns{};
    std::vector<ExplainedMap> maps{};
    std::int64_t name_bytes = 0;  ///< of the rows' names that key draws
    std::int64_t slice_bytes = 0;
    int parameters = 0;
    std::vector<std::string> varied{};  ///< parameters that stay values
    std::vector<std::string> set{};     ///< parameters that the timeline sets, which stay values too
    std::vector<ExplainedInput> inputs{};
    std::vector<ExplainedFold> folds{};
    std::vector<ExplainedStage> stages{};  ///< in the order of a run

    [[nodiscard]] const ExplainedStage* stage(const std::string& name) const;
    /// Of the stages that every tick goes through, in one run.
    [[nodiscard]] CostRange cost_of_tick() const;
};

/// Whether the stage belongs to every tick.
bool is_every_tick(const ExplainedStage& stage);

/// `detailed`: the stage whose programs are to be listed, instruction by instruction; "": none.
Explanation explain(const Model& model, const ExplainedBatch& batch, const std::string& detailed = "");

/// A loop of machine code, of one program.
struct MachineCode {
    std::string program{};
    NativeListing run;
};

/// The loops that do instructions of a stage which was explained in detail, for vectors of so many doubles (4: AVX2, 8: AVX-512). They can
/// be listed on processors that could not run them.
std::vector<MachineCode> machine_code(const Model& model, const ExplainedStage& stage, int vector);

}  // namespace entente
