#include <fmt/format.h>

#include <entente/language/functions.hpp>
#include <entente/scenario/keys.hpp>

namespace entente {
namespace {

/// A vertical bar would end a cell.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|') safe += '\\';
        safe += c;
    }
    return safe;
}

std::string keys_table(std::string_view heading, Section section) {
    std::string out = fmt::format("## {}\n\n| key | what stands there | meaning |\n|---|---|---|\n", heading);
    for (const KeyEntry& entry : keys_of(section))
        out += fmt::format("| `{}`{} | {} | {} |\n", entry.key, entry.need == Need::required ? ", required" : "", cell(entry.type),
                           cell(entry.meaning));
    return out + "\n";
}

template <class Entry>
std::string callables_table(std::string_view heading, std::span<const Entry> entries) {
    std::string out = fmt::format("## {}\n\n| | |\n|---|---|\n", heading);
    for (const Entry& entry : entries) out += fmt::format("| `{}` | {} |\n", cell(entry.signature), cell(entry.meaning));
    return out + "\n";
}

constexpr std::pair<std::string_view, Section> headings[] = {
    {"The file", Section::top},
    {"`calendar`", Section::calendar},
    {"One of `parameters`", Section::parameter},
    {"One of `agents`", Section::agent_kind},
    {"One of `links`", Section::link_kind},
    {"One of `fields`", Section::field},
    {"One of `derived`", Section::derived},
    {"A rule of `steps`", Section::rule},
    {"An event of `steps`, with one of `probability`, `rate`, `count` and `choice`", Section::event},
    {"`code` of an event", Section::code},
    {"One of `timeline`", Section::timeline_entry},
    {"One of `variants`", Section::variant},
    {"One of a variant's `agents` or `links`", Section::variant_kind},
    {"One of `measures`", Section::measure},
    {"One of `observed`", Section::observed},
    {"`pattern: {ring: {…}}`, each agent linked to its nearest neighbours", Section::ring},
    {"`pattern: {grid: {…}}`", Section::grid},
    {"`pattern: {random: {…}}` (Erdős–Rényi)", Section::random},
    {"`pattern: {small_world: {…}}` (Watts–Strogatz)", Section::small_world},
    {"`pattern: {scale_free: {…}}` (Barabási–Albert)", Section::scale_free},
    {"`pattern: {regular: {…}}`, a random graph with equal degrees", Section::regular},
};

}  // namespace

std::string language_reference() {
    std::string out = "# The scenario language, format version 1\n\n";
    for (const auto& [heading, section] : headings) out += keys_table(heading, section);
    out += callables_table("Functions", functions());
    out += callables_table("Draws, one per row, tick and place in the text", draws());
    out += callables_table("Aggregates, over `kind`, `kind.out(agent)` or `kind.into(agent)`, with an optional `if`", aggregates());
    out += callables_table("Functions over time, in measures", over_time_functions());
    out.pop_back();
    return out;
}

}  // namespace entente
