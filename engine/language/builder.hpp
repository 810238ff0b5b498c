/// Builds a block program: values in single assignment, folded, shared and hoisted as they are made, then given registers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

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
    Value constant(double x);
    Value load(const Load& load);
    Value uniform(const Uniform& uniform);
    /// Folds constants and gives back an equal value where there is one.
    Value op(Op op, Value a, Value b = {}, Value c = {});
    /// One of the two uniforms of a draw.
    Value draw(const DrawSpec& spec, int half);

    void check(Value value, Value mask, Check check, const std::vector<std::pair<std::string, Value>>& names);
    /// What follows is skipped in blocks where `mask` is 0 everywhere.
    void skip_unless(Value mask);
    /// Stores and contributions happen after everything was computed and checked, in the order told.
    void store(const Effect& where, Value value, Value mask);
    void contribute(Op how, const Effect& where, Value value, Value mask);

    [[nodiscard]] bool is_constant(Value value) const { return nodes_[static_cast<std::size_t>(value.id)].form == Form::constant; }
    [[nodiscard]] double constant_of(Value value) const { return nodes_[static_cast<std::size_t>(value.id)].constant; }
    [[nodiscard]] bool is_boolean(Value value) const;  ///< surely 0 or 1
    [[nodiscard]] const std::vector<Load>& loads() const { return program_.loads; }
    [[nodiscard]] const std::vector<Uniform>& uniforms() const { return program_.uniforms; }

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
    };
    struct Event {  ///< an instruction with an effect, in the order told
        enum class Kind { check, skip, store, contribute } kind;
        Op op;
        Value value, mask;
        int extra;
        int before;  ///< told when this many values existed
    };
    using Key = std::tuple<int, int, int, int, int, std::uint64_t, int, int>;

    static Node leaf(Form form);
    Value add(const Node& node, const Key& key);
    [[nodiscard]] Value negated(Value value) const;
    Value simplified(Op op, Value a, Value b, Value c);
    void add_effect(Event::Kind kind, Op op, const Effect& where, Value value, Value mask);
    [[nodiscard]] const Node& node(Value value) const { return nodes_[static_cast<std::size_t>(value.id)]; }

    friend class Emitter;
    std::vector<Node> nodes_;
    std::map<Key, int> known_;
    std::vector<Event> events_;
    std::vector<std::vector<std::pair<std::string, Value>>> check_names_;
    Program program_;
};

}  // namespace entente
