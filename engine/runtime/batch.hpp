/// The state of W runs advancing in lockstep, and the tick.
///
/// Every column is rows x W doubles, lane fastest: value(row, lane) = data[row * W + lane]. All memory is taken when the batch
/// is made; a tick takes none.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/runtime/kernels.hpp>

namespace entente {

/// What stopped a run.
struct LaneFailure {
    int lane = 0;
    std::int64_t tick = 0;  ///< -1: before the first tick
    std::string step;
    std::string statement;
    std::string row;
    std::string what;      ///< `is nan`, `is 1.3, but a probability is between 0 and 1`
    std::string operands;  ///< `goodwill = 0, grievance = 0`
};

/// The lanes that suit a model and so many runs: as many as keep what a tick has in hand in the second-level cache and the whole state within
/// 512 MB; 1 for worlds too large for that.
int suitable_lanes(const Model& model, std::int64_t runs);

/// Bytes of state of a run from which on threads help inside its world.
inline constexpr std::int64_t large_world = 1 << 16;

class Batch {
public:
    /// `lanes` is 1 or a power of two from vector_size on. With one lane, `threads` share out the rows of large tables among them.
    /// Throws Error when there is too little memory.
    Batch(const Model& model, int lanes, const Kernels& kernels, int threads = 1);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;

    /// Begins a run on each lane: those numbered `runs`, which key their draws, one a lane. `parameters[p]` holds one value a lane for
    /// each varied parameter; an empty one leaves the model's own.
    void begin(std::uint64_t seed, std::span<const std::uint64_t> runs, const std::vector<std::vector<double>>& parameters = {});
    /// Runs first_run … first_run + lanes - 1.
    void begin(std::uint64_t seed, std::int64_t first_run, const std::vector<std::vector<double>>& parameters = {});
    /// Begins the runs, and stands at the beginning of `tick` as if all before it had been: what the timeline did lies in the past. Fields
    /// and accumulators hold what runs begin with, until others are put there by way of `values`; no lane has failed.
    void resume(std::int64_t tick, std::uint64_t seed, std::span<const std::uint64_t> runs, const std::vector<std::vector<double>>& parameters = {});
    /// The lane continues as one that failed so.
    void mark_failed(const LaneFailure& failure);
    /// Before the first tick: the values of series and panels. Their columns alone are other than before.
    void measure_start();
    /// Between ticks, or before the first: fills the columns of derived values that are shown (`Model::shown`), as the last tick left the world.
    void show();
    /// One tick: the timeline, then every step, then what the measures read.
    void tick();
    /// The values of measures over time as they stand: after the last tick, and after a year's for those that are taken by year.
    void measure_over_time();
    /// Resets the accumulators of a measure.
    void restart(const CompiledMeasure& measure);

    [[nodiscard]] int lanes() const { return lanes_; }
    [[nodiscard]] std::int64_t next_tick() const { return tick_; }
    [[nodiscard]] std::int64_t run_of(int lane) const { return static_cast<std::int64_t>(runs_[static_cast<std::size_t>(lane)]); }
    [[nodiscard]] std::span<const double> column(ColumnId id) const;
    /// The same, to put a state there between ticks.
    [[nodiscard]] std::span<double> values(ColumnId id);
    [[nodiscard]] std::span<const double> lanes_of(ColumnId id, std::int64_t row) const {
        return column(id).subspan(static_cast<std::size_t>(row * lanes_), static_cast<std::size_t>(lanes_));
    }
    /// At most one a lane: the first. A lane that failed continues with 0 in the value's place, and its results count for nothing.
    [[nodiscard]] const std::vector<LaneFailure>& failures() const { return failures_; }
    [[nodiscard]] bool failed(int lane) const { return failed_[static_cast<std::size_t>(lane)]; }

private:
    void set_clocks();
    void put_inputs(std::int64_t tick);
    struct Prepared;  ///< one program's slots and states on this batch
    struct Running;
    struct Crew;  ///< the threads inside a batch

    void apply(const std::vector<Pass>& passes);
    void apply(const RunProgram& pass);
    void apply(const FillColumn& pass);
    void apply(const CopyColumn& pass);
    void apply(const SwapColumns& pass);
    void apply(const SpreadStarts& pass);
    void apply(const FindMedians& pass);
    void apply(const MatchItems& pass);
    void apply(const SumProducts& pass);
    void prepare(ProgramId number, int threads);
    void translate();
    void make_room();
    void bind_uniforms(const Program& program, Prepared& prepared);
    void run_prologue(const Program& program, Prepared& prepared);
    void run_blocks(const ProgramOnDomain& program, Prepared& prepared, int thread, std::int64_t first, std::int64_t end);
    void run_block(const ProgramOnDomain& program, Prepared& prepared, int thread, std::int64_t first, std::int64_t end);
    void resolve_loads(const Program& program, double** slots, double* gathered, const BlockContext& block);
    void fill(ColumnId column, double value);
    template <class Call>
    void share_out(std::size_t pieces, const Call& call);
    void reserve_matches();
    struct Meeting {
        std::uint64_t round = 0;  ///< the one in which it is taken
        double key = 0;
        double result = 0;
        double count = 0;
    };
    Meeting& meeting_of(double key);
    void diagnose(const ProgramOnDomain& program, const Instruction& failed, const BlockContext& block);
    [[nodiscard]] double* data(ColumnId id) { return columns_[id]; }
    [[nodiscard]] std::string row_text(const ProgramOnDomain& program, std::int64_t row) const;

    const Model& model_;
    const Kernels& kernels_;
    int lanes_;
    int tile_;  ///< elements of a uniform's tile: max(lanes, block_size)
    std::unique_ptr<double[], void (*)(double*)> slab_;
    ById<ColumnId, double*> columns_;       ///< SwapColumns exchanges two of them
    ById<ColumnId, double*> home_;          ///< as they were when the batch was made
    std::vector<double*> parameter_tiles_;  ///< by parameter; null where it is folded
    double* clock_tiles_[4];                ///< tick, t, year, month
    double* registers_ = nullptr;           ///< shared by all programs, one after the other; each thread has its own
    std::size_t scratch_ = 0;               ///< doubles of a thread: registers, then gathered rows by load
    std::size_t gathered_ = 0;              ///< where these begin
    std::unique_ptr<Crew> crew_;            ///< null: the caller's thread does it all
    double* zeros_ = nullptr;
    double* ones_ = nullptr;
    ById<ProgramId, std::unique_ptr<Prepared>> prepared_;
    std::unique_ptr<NativeCode> native_;  ///< null: all is interpreted
    std::vector<double> packed_;              ///< room for packed elements, shared by all programs
    std::vector<std::uint64_t> packed_runs_;
    std::vector<std::int32_t> packed_lanes_;
    std::vector<std::pair<double, double>> median_pairs_;
    std::vector<double> product_sums_;  ///< by thread, near end and lane
    std::size_t product_pitch_ = 0;     ///< of a thread
    std::vector<Meeting> meetings_;  ///< twice as many as items, so that a place is found soon
    std::uint64_t match_round_ = 0;
    std::size_t next_timeline_ = 0;
    std::vector<std::size_t> next_input_;  ///< by input: of its ticks, the first that is still to come
    std::uint64_t seed_ = 0;
    std::vector<std::uint64_t> runs_;  ///< by lane
    std::int64_t tick_ = 0;
    std::vector<LaneFailure> failures_;
    std::vector<std::pair<const Program*, std::int64_t>> failed_at_;  ///< by failure: program and row
    std::vector<bool> failed_;
};

}  // namespace entente
