/// The parts of a scenario to the parts of a model.
#pragma once

#include <functional>
#include <optional>
#include <set>

#include <entente/model/lowering.hpp>

namespace entente {

class Compiler {
public:
    Compiler(const Scenario& scenario, const CompileOptions& options);
    Model run();
    /// One program for the whole tick that goes through the rows of every step one by one. Throws NotUnrolled.
    Model run_unrolled();

private:
    /// What every row adds to a field of the row at one of its ends, all statements together. Each end has an accumulator of its
    /// own, so that its sum is taken in row order however the rows are cut into blocks.
    struct Contribution {
        ColumnId sums;
        Route to;
        Value value;
        std::string text;                ///< of the first statement
        const RowList* rows = nullptr;  ///< that contributions lead to: those of `sums`
    };

    /// A field of the rows at one end.
    struct FieldAtEnd {
        KindId kind;
        FieldId field;
        Statement::On end;
        auto operator<=>(const FieldAtEnd&) const = default;
    };

    /// A step being compiled: its program under construction and what it will write.
    struct Draft {
        Draft(const Step& of, ProgramBuilder& program, Binding at, std::uint64_t stream)
            : step(of), builder(program), scope{builder, std::move(at), {&of.lets, stream}, nullptr, nullptr} {}
        const RowList* rows = nullptr;   ///< of the step's kind, over which the program goes; null: one row
        const Step& step;
        ProgramBuilder& builder;
        Scope scope;
        Frame frame;
        Value mask;                      ///< rows on which the statements take effect; none: all
        std::map<FieldId, Value> unclamped;  ///< own fields as assigned: what others contribute is added before the one clamp
        Value asked;                     ///< of events with a record: how often it is there
        Value chance;                    ///< of events whose chance is kept
        Value count;                     ///< of events: firings this tick, those of the timeline included
        std::vector<Pass> passes;
        std::map<FieldAtEnd, Contribution> contributions;
        std::map<FieldId, RowFlags> kept;  ///< of own fields, by row: all that was added up to now was 0, or multiplied 1
    };

    void begin();
    void add_tables();
    void add_columns();
    void add_inputs();
    void note_unchanging(const InputColumn& input);
    void add_events();
    void add_map_offsets();

    void add_known();
    void add_start(KindId kind);
    void suppose_start(ColumnId column, const ProgramBuilder& builder, Value begun);
    void add_start_overrides(KindId kind, FieldId field, std::vector<Pass>& passes);
    [[nodiscard]] std::optional<double> known_start(const Formula& formula) const;
    void assign_once(KindId kind, RowIndex row, FieldId field, const Formula& formula, const std::string& what, std::vector<Pass>& passes);

    void suppose();
    void compile_steps();
    CompiledStep step(const Step& step);
    const RowList& rows_where(const Step& step);
    void fill_in(Draft& draft);
    RowFlags rows_changed(const Draft& draft);
    RowFlags rows_left_alone(const Draft& draft, FieldId field) const;
    static bool may_be(const Draft& draft, Value condition, std::size_t row);
    void keep(Draft& draft, const Statement& statement, Value value) const;
    void note_changes(const Draft& draft);
    void note_event(const Draft& draft);
    void store_own(Draft& draft, std::vector<Pass>& before, std::vector<Pass>& after);
    Value driven(Draft& draft);
    void choose(Draft& draft);
    void keep_chance(Draft& draft, Value chance) const;
    void store_chance_kept(Draft& draft);
    Value share_of_choice(Draft& draft, const RowList& sources, const Route& source, ColumnId outside, ColumnId utility);
    Value scaled(const Step& step, Scope& scope, std::vector<Pass>& passes, Value utility, Value mask);
    Scope at_source(const Draft& draft, ProgramBuilder& builder, const Binding& source, const Route& route);
    Value outside_option(const Step& step, Scope& scope, std::vector<Pass>& passes);
    Value link_utility(const Step& step, Scope& scope, std::vector<Pass>& passes, Value mask);
    Value link_score(const Step& step, Scope& scope, std::vector<Pass>& passes, Value mask);
    std::uint64_t outside_stream(const Step& step, const Scope& scope);
    Value gumbel(Scope& scope, std::uint64_t stream, KindId kind, const Route& route);
    void fire(Draft& draft, Value count);
    void statements(Draft& draft);
    void statement(Draft& draft, const Statement& statement);
    void contribute(Draft& draft, const Statement& statement, Value value);
    Value clamped(ProgramBuilder& builder, Value value, const Range& range) const;
    void finish(Draft& draft, std::vector<Pass>& passes);
    const RowList& rows_contributed_to(const Draft& draft, KindId kind, FieldId field);
    void apply_contributions(Draft& draft, std::vector<Pass>& passes);
    void apply(ProgramBuilder& builder, KindId kind, FieldId id, const Effect& to, Value added, Value mask, Check check);
    Check check(Check::Demand demand, std::string what) const;
    Value checked(Draft& draft, Value value, const Formula& formula, Check::Demand demand, std::string what);

    /// What is on record of a step's event.
    struct StepConditions {
        std::vector<std::pair<const EventRecord*, ColumnId>> records;  ///< each with its input: by row what is asked in the tick
        ColumnId asked;   ///< by row: of all of them
        ColumnId chance;  ///< its logarithm, by row; of choices by source, as what follows
        ColumnId required;  ///< choices: whether that of one of its links is on record
        RowFlags fires;     ///< rows of which a firing is on record
        RowFlags rows;      ///< rows of which anything is; of choices their sources
        std::vector<std::pair<std::int64_t, std::int64_t>> firings;  ///< ticks and rows
    };
    void add_conditions();
    [[nodiscard]] RowIndex row_on_record(const Step& step, const EventRecord::Firing& firing) const;
    std::map<std::pair<std::int64_t, RowIndex>, std::int64_t> fired_by_timeline(int step);
    void tell_timeline_firings();
    StepConditions* conditions_of(const Step& step);
    [[nodiscard]] bool fires_on_record(const Step& step, RowIndex row) const;
    Value count_on_record(const Step& step, Scope& scope, std::vector<Pass>& passes);
    void ask(Draft& draft, Value where);
    Value as_on_record(Draft& draft, Value drawn, Value of_none, Value of_some);
    Value as_on_record_by_probability(Draft& draft, Value drawn, Value p);
    Value as_on_record_by_rate(Draft& draft, Value drawn, Value expected);
    Value as_on_record_by_count(Draft& draft, Value drawn, Value expected);
    static bool may_be_asked(const ProgramBuilder& builder, Value asked, std::size_t row);
    static Value left_by_record(ProgramBuilder& builder, Value asked, Value required);
    void choose_as_on_record(Draft& draft, StepConditions& on_record);
    void note_asked(const Draft& draft, std::size_t place, RowIndex row);
    void tell_conditions();

    struct UnrolledStep;
    struct RecordedChoice {
        bool is_asked = false;  ///< the record ever says something
        std::map<RowIndex, Value> asked;  ///< by link
        Value required;                   ///< one of them is on record
        Effect chance{};
        Effect required_at{};
    };
    RecordedChoice choice_on_record(UnrolledStep& at, RowIndex source);
    static void ask(const RecordedChoice& recorded, ProgramBuilder& builder, Value any);
    void store_shares(UnrolledStep& at, Value outside, const std::vector<std::size_t>& links, const std::vector<Value>& utilities);
    void store_chance(UnrolledStep& at, const RecordedChoice& recorded, Value outside, const std::vector<std::size_t>& links, const std::vector<Value>& utilities);
    void suppose_constants();
    void unroll_with_constants(std::optional<ProgramBuilder>& tick);
    void store_field(UnrolledStep& at, ColumnId column, RowIndex row, Value value, Value mask);
    std::set<Cell> timeline_writes();
    static std::pair<KindId, RowIndex> end_of(const Table& table, KindId kind, RowIndex row, Statement::On on);
    void unroll_steps(ProgramBuilder& builder);
    void unroll(const Step& step, ProgramBuilder& builder);
    [[nodiscard]] int number_of(const Step& step) const { return static_cast<int>(&step - scenario_.steps.data()); }
    void record_constants();
    void clear_left_out(const Step& step);
    void record_left_out(const Step& step, const RowList& rows);
    void unroll_masks(UnrolledStep& at);
    void unroll_contributors(UnrolledStep& at);
    void unroll_choice(UnrolledStep& at);
    void unroll_row(UnrolledStep& at, std::size_t number);
    Value unroll_firing(UnrolledStep& at, Draft& draft, std::size_t number);
    void store_count(UnrolledStep& at, RowIndex row, Value fired);
    void finish_row(UnrolledStep& at, Draft& draft, RowIndex row);
    void apply_sums(UnrolledStep& at);
    void overwrite(ColumnId column, RowIndex row);
    Draft row_draft(UnrolledStep& at, RowIndex row);
    Binding unrolled_row(KindId kind, RowIndex row) const;

    void add_parameter_columns();
    void add_timeline();
    std::vector<Pass> fired_once(const Step& step, RowIndex row);
    void set(const TimelineEntry::Set& set, std::vector<Pass>& passes);
    void set_parameter(ParameterId id, const Formula& formula, const std::string& what, std::vector<Pass>& passes);
    void set_rows(const TimelineEntry::Set& set, const std::string& what, std::vector<Pass>& passes);
    std::vector<RowIndex> rows_set(const TimelineEntry::Set& set);

    void add_measures(ProgramBuilder& tick);
    void add_start_of_measures();
    [[nodiscard]] bool draws(const Table& table) const;
    [[nodiscard]] bool is_shown(const Table& table) const;
    void add_shown();
    ShownQuantity shown_derived(KindId kind, int number, ProgramBuilder& rows);
    [[nodiscard]] bool has_places(KindId kind) const;
    [[nodiscard]] bool is_grid(KindId kind) const;
    void add_spatial(KindId kind, ProgramBuilder& rows);
    enum class Rows { together, one_by_one };
    void measure_rows(KindId on, Rows rows, ProgramBuilder& world, std::vector<Pass>& passes,
                      const std::function<void(Scope&, RowIndex)>& make);
    void add_measure(const Measure& measure, ProgramBuilder& tick, ProgramBuilder& end);
    Accumulated add_accumulator(const Expr& part, CompiledMeasure& compiled, DomainId domain);
    void accumulate(const Expr& part, const Accumulated& kept, Scope& scope, RowIndex row, std::vector<Pass>& passes);

    [[nodiscard]] const Field& field(KindId kind, FieldId id) const { return scenario_.fields(kind)[static_cast<std::size_t>(id.value)]; }
    [[nodiscard]] std::string column_name(KindId kind, FieldId id) const;

    const Scenario& scenario_;
    Model model_;
    Maps maps_;
    Lowering lowering_;
    Known known_;
    bool refuted_any_ = false;  ///< of what was supposed when the steps were last laid out
    Unrolled unrolled_;
    bool has_tables_ = false;  ///< a scenario may have no kinds
    bool starts_known_;
    bool all_rows_;
    bool conditioned_;
    bool chances_;
    Shown shows_;
    std::map<Cell, double> unchanging_inputs_;
    std::map<Cell, double> start_values_;  ///< numbers that rows of a field begin with
    std::map<Cell, Value> old_values_;     ///< copies made before the step in hand overwrites them
    std::set<Cell> refuted_;               ///< supposed to be constant, and changed
    std::set<Cell> fired_by_timeline_;     ///< of count columns
    std::vector<StepConditions> conditions_;  ///< by step; empty where nothing is conditioned on
    std::string shown_step_;               ///< where the statement in hand stands, for messages; "": where its program does
    std::string shown_row_;
};

}  // namespace entente
