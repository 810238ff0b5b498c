#include <entente/scenario/table_rows.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>

namespace entente {

namespace {

constexpr std::size_t longest_code = 3;

/// Numbers and codes are those of others sooner than misspelt: each is near to many.
bool is_code(std::string_view name) {
    return name.size() <= longest_code || std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

std::string help_with_name(std::string_view name, const Schema::Kind& kind) {
    if (kind.members.empty()) return "its agents have no names";
    std::string members = fmt::format("its members are {}; rows of others are left out by unknown: skip", listed(as_indices(kind.members)));
    return is_code(name) ? members : did_you_mean_name(name, kind.members, std::move(members));
}

}  // namespace

std::optional<int> TableRows::agent(std::size_t column, KindId of) {
    const Schema::Kind& kind = reader_.scenario.schema[of];
    const std::string name(table_.csv().cell(column));
    if (const auto found = kind.member_rows.find(name); found != kind.member_rows.end()) return found->second;
    if (skip_ && left_out_ > 0)
        ++left_out_;
    else
        refuse(column, fmt::format("no member of '{}' is called {}", kind.name, in_quotes(name)), help_with_name(name, kind));
    return std::nullopt;
}

std::optional<std::pair<int, int>> TableRows::ends(std::size_t source_column, std::size_t target_column, KindId kind) {
    const Schema::Kind& links = reader_.scenario.schema[kind];
    const auto source = agent(source_column, links.source);
    const auto target = source || !skip_ ? agent(target_column, links.target) : std::nullopt;
    return source && target ? std::optional(std::pair(*source, *target)) : std::nullopt;
}

bool TableRows::is_link(KindId kind, int source, int target) {
    const auto [links, is_new] = links_.try_emplace(kind.value);
    if (is_new) links->second = named_links(reader_.scenario.link_kind(kind));
    return reader_.incomplete.contains(kind.value) ||
           is_written(reader_.scenario.link_kind(kind), links->second, source, target).value_or(true);
}

void TableRows::refuse_link(std::size_t source, std::size_t target, KindId kind) {
    refuse(source,
           fmt::format("no link of '{}' runs from {} to {}", reader_.scenario.schema[kind].name, as_index(table_.csv().cell(source)),
                       as_index(table_.csv().cell(target))),
           "add it, or leave such lines out by unknown: skip");
}

void TableRows::refuse(std::size_t column, const std::string& what, std::string help) {
    if (!skip_) {
        if (told_.insert(what).second) table_.csv().error(column, what, std::move(help));
        return;
    }
    if (left_out_++ > 0) return;
    first_ = what;
    first_line_ = table_.csv().place(column).line;
}

void TableRows::tell(bool taken, Severity none_left) {
    if (left_out_ == 0) return;
    std::string what = fmt::format("{} of {} of '{}' {} left out, {}on line {}: {}", with_commas(left_out_), counted(table_.taken(), "row"),
                                   table_.path(), left_out_ == 1 ? "is" : "are", left_out_ == 1 ? "" : "the first ", first_line_, first_);
    if (taken)
        reader_.problems.note(*skip_, std::move(what));
    else
        reader_.problems.add({none_left, *skip_, std::move(what), "none is left: are they called otherwise?"});
}

}  // namespace entente
