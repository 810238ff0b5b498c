/// A YAML document as a tree in which every key and value knows its place.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <entente/base/problem.hpp>

namespace entente {

struct Node;
using NodePtr = std::shared_ptr<const Node>;

struct Entry {
    Text key;
    NodePtr value;  ///< never null
};

struct Node {
    enum class Kind { null, scalar, list, map };
    Kind kind = Kind::null;
    Place place;  ///< of the first character; of a null beside a key, the key's
    Text text;    ///< of a scalar
    bool quoted = false;
    std::optional<Place> comment;  ///< of a `#` behind an unquoted text that has no blank behind itself: was it meant as part of the text?
    std::vector<NodePtr> items;
    std::vector<Entry> entries;  ///< as written, without repeated keys
    std::size_t weight = 1;      ///< values in it, itself included, every alias counted as what it stands for
    int depth = 1;               ///< levels in it, itself included

    [[nodiscard]] const Node* find(std::string_view key) const;
    [[nodiscard]] bool is_map() const { return kind == Kind::map; }
    [[nodiscard]] bool is_list() const { return kind == Kind::list; }
    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_null() const { return kind == Kind::null; }
};

inline constexpr std::size_t largest_file = std::size_t{16} << 20;  ///< bytes
inline constexpr int deepest_nesting = 64;
inline constexpr std::size_t most_values = 1'000'000;

/// Whether a file of `sources` holds text: UTF-8 without control characters. The first byte that is none is a problem.
bool check_text(int file, const Sources& sources, Problems& problems);

/// The mapping with its key `on` back, which programs that write YAML 1.1 take for a truth and write as `true`.
NodePtr with_key_on(const NodePtr& map);

/// The one document in a file of `sources`; null when there is none that can be read, and `problems` says why.
NodePtr parse_document(int file, const Sources& sources, Problems& problems);

/// `count` bytes of `text` from `offset` on, with their places; without white space around.
Text trimmed_part(const Text& text, std::size_t offset, std::size_t count = std::string::npos);

}  // namespace entente
