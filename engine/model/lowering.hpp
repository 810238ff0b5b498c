/// Checked expressions to block programs over the rows of a domain.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <entente/language/builder.hpp>
#include <entente/model/known.hpp>
#include <entente/model/maps.hpp>
#include <entente/model/model.hpp>

namespace entente {

/// What the rows of an expression mean on a domain: where its own row, its ends and its loop variable are found.
struct Binding {
    DomainId domain;
    std::int64_t rows = 0;
    KindId kind;  ///< of the own row; -1: none
    std::optional<Route> own;
    std::optional<Route> source;  ///< where only an end of the own row is known
    std::optional<Route> target;
    std::optional<Route> loop;
    std::optional<Route> loop_source;  ///< where only an end of the loop's row is known
    std::optional<Route> loop_target;
    KindId loop_kind;
};

/// Rows of a domain: true for those that are meant.
using RowFlags = std::vector<bool>;

/// Some rows of a kind in their order, as a domain of their own; or all of them, as the kind's.
struct RowList {
    KindId kind;
    DomainId domain;
    std::int64_t rows = 0;
    Route at;      ///< from the list to the kind's rows: a map, or (of all) the identity
    RowMap place;  ///< by row of the kind: its place in the list, or no_row; empty: all rows are in it
    [[nodiscard]] bool is_all() const { return at.form == Route::Form::identity; }
    [[nodiscard]] bool has(RowIndex row) const { return is_all() || place[static_cast<std::size_t>(row)] >= 0; }
};

/// What a row's statements have changed so far.
struct Frame {
    std::map<FieldId, Value> assigned;  ///< own fields
    EventId event;                  ///< the event whose statements these are
    Value fired;
};

/// What an expression's text belongs to: its step's row-local names and the stream of its draws.
struct TextOwner {
    const std::vector<Let>* lets = nullptr;
    std::uint64_t stream = 0;
};

/// What a function over time keeps: its value so far, and for means and shares the ticks that it sums over.
struct Accumulated {
    ColumnId value;
    ColumnId ticks;  ///< -1: not needed
};

/// A place where values are being made.
struct Scope {
    ProgramBuilder& builder;
    Binding binding;
    TextOwner owner;
    Frame* frame = nullptr;
    const std::map<const Expr*, Accumulated>* over_time = nullptr;  ///< accumulators of `first(…)`, `total(…)`, …
    std::shared_ptr<const RowFlags> demand = nullptr;  ///< rows on which the value will be looked at; null: all
};

/// A program that goes through the rows of a small world one by one: what is known of them on the way.
struct Unrolled {
    ProgramBuilder* builder = nullptr;
    std::map<Cell, double> constants;  ///< values that can't change
    std::map<Cell, Value> before;      ///< what the step in hand has overwritten and still reads
};

/// Thrown where a world does not lend itself to unrolling.
struct NotUnrolled {
    ByTable why;
};

/// Which rows of the step an expression depends on.
struct Mentions {
    bool own = false;
    bool source = false;
    bool target = false;
    Mentions& operator|=(const Mentions& other);
};

class Lowering {
public:
    Lowering(const Scenario& scenario, Model& model, Maps& maps, std::vector<bool> varied, std::int64_t most_pairs, std::int64_t fewest_products);

    /// The value of an expression; aggregates that it needs are appended to `passes`.
    Value value(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    /// 0 or 1.
    Value truth(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    static Value truth(ProgramBuilder& builder, Value value);

    [[nodiscard]] bool is_varied(ParameterId id) const { return varied_[static_cast<std::size_t>(id.value)]; }

    /// Aggregates made so far are those of another step.
    void begin_step() { aggregates_.clear(); }

    /// From here on programs are told what is known of columns; null: nothing is.
    void know(Known* known) { known_ = known; }
    [[nodiscard]] Known* known() const { return known_; }
    /// A builder of a program over so many rows.
    [[nodiscard]] ProgramBuilder builder(std::int64_t rows) const;

    /// What has been added to the model up to now.
    struct Checkpoint;
    [[nodiscard]] Checkpoint checkpoint() const;
    /// Takes back what has been added since. Maps between rows stay: they are facts of the world.
    void roll_back(const Checkpoint& to);

    /// Whether it pays to run over `few` rows by a map instead of `many` in place.
    static bool is_worth_a_list(std::int64_t few, std::int64_t many) { return few * 2 <= many; }
    /// A list of the rows that are wanted; of all, if it is not worth one.
    const RowList& list(KindId kind, const RowFlags& wanted);
    /// The rows of a kind that any of these routes leads to, each from so many rows.
    [[nodiscard]] RowFlags reached(KindId kind, const std::vector<std::pair<Route, std::int64_t>>& routes) const;
    [[nodiscard]] Binding rows_of(const RowList& list) const;
    /// From `rows` rows of a domain, of which `route` leads to those of the list's kind, to places in the list.
    Route within(const RowList& list, const Route& route, std::int64_t rows);
    /// From here on programs of that builder go through the rows one by one; null: none does.
    void unroll(Unrolled* unrolled) { unrolled_ = unrolled; }

    Binding own_rows(KindId kind) const;         ///< every row of a kind
    Binding one_row(KindId kind, RowIndex row);  ///< a single one
    Binding world() const;                       ///< no row at all
    Route route(const RowRef& row, const Binding& binding);
    Value read(ProgramBuilder& builder, ColumnId column, const Route& route) const;
    static Effect effect(ColumnId column, const Route& route);
    /// `number` as the stream of draws of whatever is called `owner`.
    std::uint64_t stream(std::string owner, std::uint64_t number);
    Value uniform_draw(Scope& scope, std::uint64_t stream, int place, KindId kind, const Route& route);

    ColumnId add_column(std::string name, DomainId domain, double initial = 0);
    ProgramId add_program(Program program, DomainId domain, std::string step);
    DomainId world_domain() const { return {static_cast<int>(model_.tables.size())}; }
    ColumnId field_column(KindId kind, FieldId field) const {
        return model_.field_columns[kind][field];
    }

    /// Names in an expression worth showing when it fails, with their values.
    std::vector<std::pair<std::string, Value>> operands(const Expr& expr, Scope& scope, std::vector<Pass>& passes);

private:
    struct AggregateColumns {
        ColumnId result;
        ColumnId count;  ///< -1: not needed
    };
    struct ListedAggregate {
        const RowList* keys;  ///< for which it is taken; null: for the world as a whole
        AggregateColumns columns;
    };
    struct Items {  ///< the pairs of an aggregate: (key row, item)
        DomainId domain;
        std::int64_t rows = 0;
        Route key;      ///< its place among those that the aggregate is taken for …
        Route key_row;  ///< … and the row that it is
        Route item;
    };

    /// An expression with a name, read somewhere: derived fields and row-local names.
    struct Named {
        const Expr* tree;
        std::uint64_t stream;
        DomainId domain;
        std::optional<Route> own, source, target;
        const Frame* frame;
        const RowFlags* demand;
        auto operator<=>(const Named&) const = default;
    };
    /// Values of named expressions met while one expression is lowered into one program: each is made once, however often it is named. Beyond
    /// that, what a step has assigned or skipped may have changed them.
    struct Memory {
        const ProgramBuilder* builder = nullptr;
        std::map<Named, Value> values;
    };

    struct Match {  ///< an equation between an item and the row that asks
        ExprPtr item;
        ExprPtr sought;
        std::vector<ExprPtr> filters;  ///< what else is demanded of the item
    };

    Value place_draw(ProgramBuilder& builder, std::uint64_t owner, int place, IdentityId identity);
    Value lowered(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    Value named(const Expr& tree, Scope& scope, std::vector<Pass>& passes);
    Value call(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    Value draw(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    Value derived(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    Value let(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    Value same_row(const Expr& expr, Scope& scope);
    Value presence(ProgramBuilder& builder, const Route& route);
    Value clock(ProgramBuilder& builder, Clock clock) const;
    Value over_time(const Expr& expr, Scope& scope) const;
    bool may_be_absent(const Route& route) const;

    [[nodiscard]] bool is_unrolled(const ProgramBuilder& builder) const { return unrolled_ && unrolled_->builder == &builder; }

    Value aggregate(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    Value unrolled_aggregate(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    AggregateColumns of_world(const Expr& expr, const std::string& name, const Binding& key, const Scope& scope, std::vector<Pass>& passes);
    AggregateColumns of_keys(const Expr& expr, const std::string& name, Binding key, Route& here, const Scope& scope, std::vector<Pass>& passes);
    AggregateColumns make_aggregate(const Expr& expr, const Binding& key, const Scope& scope, std::vector<Pass>& passes);
    Items items(const Expr& expr, const Binding& key);
    Items pairs_of(DomainId domain, const Binding& key, RowMap keys, RowMap items);
    Items some_of(const Expr& expr, const Items& pairs, const Binding& key, const RowFlags& wanted);
    static bool is_segmented(const Items& pairs);
    static RowFlags that_count(const ProgramBuilder& b, const Reduction& how, std::int64_t pairs, Value mask, Value body);
    static bool is_known(const Reduction& how, std::int64_t pairs, const ProgramBuilder& b, Value mask, Value body);
    AggregateColumns known_before(const Expr& expr, const Reduction& how, const Items& pairs, const Binding& key, const RowFlags& counted,
                                  const std::vector<double>& numbers);
    void note_result(ColumnId result, const Reduction& how, const Items& pairs, const Binding& key, const Bounds& item);
    ColumnId known_column(std::string name, const Binding& key, std::vector<double> values);
    [[gnu::noinline]] Value operand(const Expr& expr, Scope& scope, std::vector<Pass>& passes);
    [[gnu::noinline]] void count_value();
    [[gnu::noinline]] Value lowered_where(const Expr& expr, Value condition, bool truth, Scope& scope, std::vector<Pass>& passes);
    [[nodiscard]] bool first_decides(const Expr& expr, const ProgramBuilder& builder) const;
    static bool is_for_true(const Expr& expr, std::size_t argument);
    std::shared_ptr<const RowFlags> where_it_may_be(const Scope& scope, Value condition, bool truth);
    RowFlags keys_wanted(const Route& here, const Scope& scope, std::int64_t keys) const;
    Items listed_items(const Expr& expr, const Binding& key);
    Items list_pairs(const Expr& expr, const Binding& key, const Route& anchor);
    Route list_of(const Binding& key) const;
    static Value contributed(ProgramBuilder& builder, const Reduction& how, Value result, Value item);
    static Value of_counted(ProgramBuilder& builder, Aggregate aggregate, Value result, Value number);
    AggregateColumns reduce(const Expr& expr, const Reduction& how, const Items& items, const Binding& key, const Scope& outer, std::vector<Pass>& passes);
    Scope of_pairs(const Expr& expr, const Items& pairs, const Binding& key, const Scope& outer, ProgramBuilder& builder) const;
    Effect segments(Op how, const Effect& to, DomainId domain, double initial, std::string_view text, std::vector<Pass>& before, std::vector<Pass>& after);
    /// A product in a sum, taken apart.
    struct Factors {
        const Expr* ends;  ///< hangs on the link's other end and on where the item comes from or leads to
        const Expr* item;  ///< hangs on the item
        bool at_target;    ///< the items are the links at the link's target, rather than its source …
        bool into;         ///< … and lead there
    };
    std::optional<Factors> factors_of(const Expr& expr, const Binding& key) const;
    std::optional<AggregateColumns> sum_of_products(const Expr& expr, const Factors& factors, const Binding& key, const Scope& outer, std::vector<Pass>& passes);
    ColumnId factor_of_ends(const Expr& expr, const Factors& factors, const Binding& key, const Scope& outer, const RowList& near, std::vector<Pass>& passes);
    ColumnId factor_of_items(const Expr& expr, const Factors& factors, const Binding& key, const Scope& outer, const RowList& asked, std::vector<Pass>& passes);
    Route end_of_grid(const RowList& near, std::int64_t far, bool is_far);
    static std::optional<std::vector<double>> known_numbers(const ProgramBuilder& b, Value value, std::int64_t rows);
    std::optional<Match> match_of(const Expr& expr, const Binding& key, const TextOwner& owner) const;
    AggregateColumns matched(const Expr& expr, const Match& match, const Binding& key, const Scope& outer, std::vector<Pass>& passes);
    AggregateColumns median(const Expr& expr, const Items& items, const Binding& key, const Scope& outer, std::vector<Pass>& passes);
    ColumnId item_counts(const Items& items, DomainId key_domain);
    GroupsId groups_of(const Items& items, std::int64_t keys);
    Mentions mentions(const Expr& expr, const TextOwner& owner) const;
    static Mentions mentions(const RowRef& row);
    std::string signature(const Expr& expr, const TextOwner& owner) const;
    int let_number(const Expr& tree, const TextOwner& owner) const;
    static std::string signature(const RowRef& row);

    const Scenario& scenario_;
    Model& model_;
    Maps& maps_;
    std::vector<bool> varied_;
    std::int64_t most_pairs_;
    std::int64_t fewest_products_;
    std::map<std::string, std::vector<ListedAggregate>> aggregates_;
    std::map<std::tuple<Collection::Form, KindId, Route, Route, std::int64_t>, Items> pairs_;  ///< listed; their domain is whoever's asks for them
    std::map<std::tuple<Route, std::int64_t, std::int64_t, bool>, Route> grids_;  ///< ends of combinations of ends
    Known* known_ = nullptr;
    struct ByContent {
        bool operator()(const std::shared_ptr<const RowFlags>& a, const std::shared_ptr<const RowFlags>& b) const { return *a < *b; }
    };
    std::set<std::shared_ptr<const RowFlags>, ByContent> demands_;  ///< of one content one
    std::vector<Bounds> parameter_bounds_;
    std::map<std::tuple<KindId, bool, RowMap>, RowList> lists_;  ///< by whether they are all rows of the kind, and which
    std::map<std::uint64_t, std::string> owners_;  ///< by stream: whose draws it has
    Unrolled* unrolled_ = nullptr;
    int unrolled_values_ = 0;  ///< made so far
    Memory memory_;
    mutable std::map<const Expr*, Mentions> let_mentions_;
    mutable std::map<std::pair<const Expr*, std::uint64_t>, int> let_numbers_;  ///< by a let's expression and its step's stream
    mutable std::map<std::string, int> signatures_;                            ///< of lets: those that mean the same have one number
    std::map<std::pair<DomainId, Route>, ColumnId> item_counts_;  ///< by the pairs' domain and key
};

struct Lowering::Checkpoint {
    std::size_t domains, columns, programs, starts, groups, products, start_passes;
    std::map<std::string, std::vector<ListedAggregate>> aggregates;
};

}  // namespace entente
