/// Who is there and who is linked to whom: fixed for all runs and ticks.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <entente/base/ids.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

using RowMap = std::vector<RowIndex>;

/// The rows of one kind.
struct Table {
    std::string name;
    bool is_link = false;
    KindId source_kind;  ///< of links
    KindId target_kind;
    std::int64_t rows = 0;
    std::vector<std::string> names;  ///< of agents; empty when they are unnamed
    std::string label{};             ///< people's words for the kind, or ""
    std::vector<std::string> labels{};  ///< of agents, people's words for them, "" for those without; empty where none has any
    RowMap source;                   ///< of links: row in the source kind
    RowMap target;
    std::vector<std::uint64_t> name_hashes;   ///< of named agents
    std::vector<RowIndex> by_source;          ///< links grouped by source, in row order within each
    std::vector<std::int64_t> source_offset;  ///< group of agent a: [source_offset[a], source_offset[a + 1])
    std::vector<RowIndex> by_target;
    std::vector<std::int64_t> target_offset;
    bool targets_ascend = false;  ///< the targets of each agent's links, in row order, so that one is found by halving
    bool sources_ascend = false;  ///< likewise the sources of the links to each

    [[nodiscard]] std::span<const RowIndex> out_of(RowIndex agent) const;
    [[nodiscard]] std::span<const RowIndex> into(RowIndex agent) const;
    /// The link between two agents, or no_row.
    [[nodiscard]] RowIndex between(RowIndex source_row, RowIndex target_row) const;
};

using Tables = ById<KindId, Table>;

/// A table for every kind of the scenario. Throws Error when a pattern can't be laid out, when the agents would not
/// fit into memory, and when the scenario asks by name for a link that the patterns did not make.
Tables lay_out(const Scenario& scenario);

/// About as many rows as its tables have all together.
double expected_rows(const Scenario& scenario);

/// What keys a row's draws: a hash of its name or of its ends' names; of its number when unnamed.
std::uint64_t row_identity(const Tables& tables, KindId kind, std::int64_t row);

/// `russia`, `russia -> afghanistan`, or `cell 17`; the ends of links in quotes where `a -> b` could not be read back without.
std::string row_name(const Tables& tables, KindId kind, std::int64_t row);

/// The same in people's words: the label of an agent that has one, `Russia -> Afghanistan`.
std::string row_label(const Tables& tables, KindId kind, std::int64_t row);
/// Whether any row's label is not its name.
bool has_labels(const Tables& tables, KindId kind);

}  // namespace entente
