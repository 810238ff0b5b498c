/// Expression text to a syntax tree: the grammar of Python's expressions, the part of it that the language has.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <entente/base/problem.hpp>
#include <entente/language/quotes.hpp>

namespace entente {

struct Ast;
using AstPtr = std::unique_ptr<Ast>;

/// One node. What its children are is said beside each kind.
struct Ast {
    enum class Kind {
        number,
        name,
        text,         ///< name: what stands in the quotes
        attribute,    ///< children: the object; name: the attribute
        subscript,    ///< children: the object, then the indices
        call,         ///< children: the callee, then the arguments; keywords[i] names argument i or is empty
        unary,        ///< name: "-", "+", "not"
        binary,       ///< name: "+", "-", "*", "/", "%", "**", "and", "or"
        comparison,   ///< children: operands; names: the signs between them
        conditional,  ///< children: condition, then, else
        generator,    ///< children: body, collection, conditions…; name: the loop variable
        tuple,        ///< children: items
    };
    Kind kind;
    std::size_t begin;  ///< bytes of the text
    std::size_t end;
    std::string name;
    double number = 0;
    std::vector<std::string> names;
    std::vector<std::string> keywords;
    std::vector<AstPtr> children;
};

/// The name of an index that stands for all rows, which the left side of a timeline's `set` may have: `state[*].alert`.
inline constexpr std::string_view all_rows = "*";

inline constexpr std::size_t most_tokens = 10'000;
inline constexpr int deepest_nesting = 64;

/// The tree of `text`, or null and one problem that says where and why it can't be read, and whether a name lacks its quotes there.
AstPtr parse(const Text& text, Problems& problems, const IsName& is_name = {});

}  // namespace entente
