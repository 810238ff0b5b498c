#include <entente/import/state_codes.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <vector>

#include <entente/import/country_names.hpp>
#include <entente/import/embedded_tables.hpp>
#include <entente/scenario/csv.hpp>

namespace entente {

namespace {

int year_or(std::string_view cell, int otherwise) {
    int year = otherwise;
    std::from_chars(cell.data(), cell.data() + cell.size(), year);
    return year;
}

StateSpell spell_of(const CsvReader& csv) {
    const std::string_view list = csv.cell(0);
    StateSpell spell{.in_cow = list == "both" || list == "cow",
                     .in_gw = list != "cow",
                     .is_microstate = list == "microstates",
                     .code = std::string(csv.cell(1)),
                     .id = std::string(csv.cell(2).empty() ? csv.cell(5) : csv.cell(2)),
                     .from = year_or(csv.cell(3), first_year_of_lists),
                     .to = year_or(csv.cell(4), always)};
    return spell;
}

struct StateCodes {
    std::vector<StateSpell> spells;
    std::unordered_map<std::string, std::string> by_cow;  ///< ids by code
    std::unordered_map<std::string, std::string> by_gw;
    std::unordered_map<std::string, std::string> by_name;  ///< of those that country_names.csv lacks, folded
};

StateCodes read_codes() {
    Sources sources;
    Problems problems;
    CsvReader csv(sources.add("state_codes.csv", std::string(embedded_table("state_codes"))), sources, problems);
    StateCodes codes;
    while (csv.next()) {
        const StateSpell& spell = codes.spells.emplace_back(spell_of(csv));
        if (spell.in_cow) codes.by_cow[spell.code] = spell.id;
        if (spell.in_gw) codes.by_gw[spell.code] = spell.id;
        if (csv.cell(2).empty()) codes.by_name[folded_name(spell.id)] = spell.id;
    }
    return codes;
}

const StateCodes& state_codes() {
    static const StateCodes codes = read_codes();
    return codes;
}

std::optional<std::string> found_in(const std::unordered_map<std::string, std::string>& ids, const std::string& key) {
    const auto found = ids.find(key);
    return found == ids.end() ? std::nullopt : std::optional(found->second);
}

/// A code as tables write it: `2`, `002`, `2.0`.
std::string plain_code(std::string_view text) {
    if (text.ends_with(".0")) text.remove_suffix(2);
    const std::size_t first = std::min(text.find_first_not_of('0'), text.size());
    return std::string(text.substr(first));
}

std::optional<std::string> id_of_name(std::string_view text) {
    if (auto iso3 = iso3_of_name(text)) return iso3;
    return found_in(state_codes().by_name, folded_name(text));
}

std::optional<std::string> id_of_iso3(std::string_view text) {
    if (!name_of_iso3(text)) return std::nullopt;
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return upper;
}

/// Years from `year` to the nearest of the spell.
int distance_to(const StateSpell& spell, int year) {
    return spell.covers(year) ? 0 : year < spell.from ? spell.from - year : year - spell.to;
}

/// The spell of a list that tells the state's code in `year`: of two in one year the later.
const StateSpell* spell_in(Naming list, const std::string& id, int year) {
    const StateSpell* best = nullptr;
    for (const StateSpell& spell : state_codes().spells) {
        if (spell.id != id || !spell.is_in(list)) continue;
        const bool is_nearer = !best || distance_to(spell, year) < distance_to(*best, year);
        if (is_nearer || (distance_to(spell, year) == distance_to(*best, year) && spell.from > best->from)) best = &spell;
    }
    return best;
}

}  // namespace

std::span<const std::string> namings() {
    static const std::array<std::string, 4> names{"cow", "gw", "iso3", "name"};
    return names;
}

std::optional<Naming> naming_of(std::string_view text) {
    const auto found = std::ranges::find(namings(), text);
    return found == namings().end() ? std::nullopt : std::optional(static_cast<Naming>(found - namings().begin()));
}

std::string_view words_for(Naming naming) {
    switch (naming) {
        case Naming::cow:
            return "a COW code";
        case Naming::gw:
            return "a Gleditsch-Ward code";
        case Naming::iso3:
            return "an ISO 3166 alpha-3 code";
        case Naming::name:
            return "the name of a state";
    }
    return {};
}

std::span<const StateSpell> state_spells() {
    return state_codes().spells;
}

std::optional<std::string> state_id(Naming naming, std::string_view text) {
    switch (naming) {
        case Naming::cow:
            return found_in(state_codes().by_cow, plain_code(text));
        case Naming::gw:
            return found_in(state_codes().by_gw, plain_code(text));
        case Naming::iso3:
            return id_of_iso3(text);
        case Naming::name:
            return id_of_name(text);
    }
    return {};
}

std::optional<std::string> state_called(Naming naming, const std::string& id, std::optional<int> year) {
    if (naming == Naming::name) return state_label(id);
    if (naming == Naming::iso3) return name_of_iso3(id) ? std::optional(id) : std::nullopt;
    const StateSpell* spell = spell_in(naming, id, year.value_or(always));
    return spell ? std::optional(spell->code) : std::nullopt;
}

std::string state_label(const std::string& id) {
    return name_of_iso3(id).value_or(id);
}

}  // namespace entente
