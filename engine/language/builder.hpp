/// Builds a block program: values in single assignment, folded, shared and hoisted as they are made, then given registers.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <entente/language/facts.hpp>
#include <entente/language/program.hpp>

namespace entente {

/// Number of a value under construction.
struct Value {
    int id = -1;
    auto operator<=>(const Value&) const = default;
    [[nodiscard]] explicit operator bool() const { return id >= 0; }
};

class ProgramBuilder {
public:
    /// `knowledge` of what the program reads, if there is any, is asked as values are made.
    explicit ProgramBuilder(std::shared_ptr<const Knowledge> knowledge = nullptr) : knowledge_(std::move(knowledge)) {}

    Value constant(double x);
    /// What the column holds here in the text: after a store to it was settled, another value.
    Value load(const Load& load);
    Value uniform(const Uniform& uniform);
    /// Folds constants and gives back an equal value where there is one.
    Value op(Op op, Value a, Value b = {}, Value c = {});
    /// One of the two uniforms of a draw. Behind a skip they are drawn for their segment alone, as everything there.
    Value draw(const DrawSpec& spec, int half);

    void check(Value value, Value mask, Check check, const std::vector<std::pair<std::string, Value>>& names);
    /// What follows, to the end of the segment, is skipped in blocks where `mask` is 0 everywhere.
    void skip_unless(Value mask);
    /// Stores and contributions happen when they are settled, after everything told before was computed and checked: first the
    /// contributions, then the stores, each in the order told.
    void store(const Effect& where, Value value, Value mask);
    void contribute(Op how, const Effect& where, Value value, Value mask);
    void settle();
    /// Settles, and skips lead here. A program is one segment unless told otherwise; values made after a skip are not to be used
    /// beyond their segment.
    void end_segment();
    /// What is told from here on belongs to that part of the program, see Mark.
    void mark(int part, int row = -1);

    [[nodiscard]] bool is_constant(Value value) const { return nodes_[static_cast<std::size_t>(value.id)].form == Form::constant; }
    [[nodiscard]] double constant_of(Value value) const { return nodes_[static_cast<std::size_t>(value.id)].constant; }
    [[nodiscard]] bool is_boolean(Value value) const;  ///< surely 0 or 1
    /// What is known of it by row; null: nothing. A constant is known as such.
    [[nodiscard]] const RowFacts* facts(Value value) const { return node(value).facts.get(); }
    [[nodiscard]] const Bounds& bounds(Value value) const { return node(value).bounds; }
    [[nodiscard]] const std::vector<Load>& loads() const { return program_.loads; }
    [[nodiscard]] const std::vector<Uniform>& uniforms() const { return program_.uniforms; }
    [[nodiscard]] const std::vector<Effect>& effects() const { return program_.effects; }
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }

    Program finish();

private:
    enum class Form { constant, load, uniform, op, draw };
    struct Node {
        Form form = Form::constant;
        Op op = Op::copy;
        Value a, b, c;
        double constant = 0;
        int number = -1;  ///< load, uniform, draw: which
        int half = 0;
        bool is_uniform = false;
        RowFactsPtr facts;
        Bounds bounds;
    };
    struct Action {  ///< an instruction with an effect, or the place where effects are settled, in the order told
        enum class Kind { check, skip, store, contribute, settle, end, mark } kind;
        Op op;
        Value value, mask;
        int extra;
        int before;  ///< told when this many values existed
    };
    using Key = std::array<std::uint64_t, 6>;
    struct KeyHash {
        std::size_t operator()(const Key& key) const;
    };

    static Node leaf(Form form);
    Value add(const Node& node, const Key& key);
    void know(Node& made) const;
    static std::optional<double> everywhere(const Node& made);  ///< the number that it is on all rows
    [[nodiscard]] Value negated(Value value) const;
    [[nodiscard]] bool is(Value value, double x) const;  ///< is the constant x, bit for bit
    Value simplified(Op op, Value a, Value b, Value c);
    Value simplified_product(Value a, Value b);
    Value simplified_sum(Value a, Value b);
    Value simplified_and(Value a, Value b);
    Value simplified_or(Value a, Value b);
    Value simplified_choice(Value a, Value b, Value c);
    void add_effect(Action::Kind kind, Op op, const Effect& where, Value value, Value mask);
    void add_action(Action::Kind kind, Op op, Value value, Value mask, int extra);
    [[nodiscard]] const Node& node(Value value) const { return nodes_[static_cast<std::size_t>(value.id)]; }

    friend class Emitter;
    std::shared_ptr<const Knowledge> knowledge_;
    std::vector<Node> nodes_;
    std::vector<Key> keys_;                       ///< by value
    std::unordered_map<Key, int, KeyHash> known_;  ///< values that may be shared from here on
    std::map<Cell, int> versions_;                 ///< stores to each cell so far; no row: to the column by rows of the domain
    std::vector<Action> actions_;
    std::size_t settled_ = 0;         ///< actions settled so far
    std::size_t segment_actions_ = 0;  ///< actions before this segment
    std::vector<std::vector<std::pair<std::string, Value>>> check_names_;
    Program program_;
};

}  // namespace entente
