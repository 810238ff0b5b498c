/// The scenario file and those it uses, made one: still nodes, but of the right shape down to the names.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include <entente/scenario/document.hpp>
#include <entente/scenario/files.hpp>
#include <entente/scenario/keys.hpp>

namespace entente {

/// Entries in the order in which their names came first.
class Named {
public:
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    [[nodiscard]] const Entry* find(std::string_view name) const;
    /// Adds, or replaces the value (and place) of an entry of the same name.
    void put(Text name, NodePtr value);

private:
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> index_;
};

struct MergedKind {
    Text name;
    Named keys;  ///< all but those below
    Named fields;
    Named derived;
    Named members;  ///< name, or `a -> b`, to starts
    bool has_members = false;
    bool is_broken = false;    ///< its value is no mapping
    bool is_misspelt = false;  ///< it has an unknown key: then no key is said to be missing
};

struct Merged {
    Place place;                                     ///< of the first file as a whole
    bool is_whole = true;                            ///< every file was found and is YAML; else no name can be said to be missing
    std::unordered_map<std::string, NodePtr> plain;  ///< title, about, calendar, runs, headline: of the file that uses the others, if it has them
    std::vector<NodePtr> authors, references, timeline, record;
    Named parameters, inputs, variants, measures, observed;
    std::vector<MergedKind> agents, links;
    Named steps;  ///< under their names
};

/// Reads `file` of `files` and all that it uses, and merges them: used files first.
Merged read_and_merge(Files& files, int file);

/// The earlier mapping with the later one's keys; a bare value `3` is {value: 3}, with `shorthand` for the key.
NodePtr with_keys_of(const NodePtr& later, const NodePtr& earlier, std::string_view shorthand);

/// `members` of a kind of agents or links (`section`) as name → starts, whichever way they are written.
std::vector<Entry> members_of(const Node& node, Section section, Problems& problems);

}  // namespace entente
