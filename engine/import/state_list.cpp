#include <entente/import/state_list.hpp>

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {

namespace {

struct ListedState {
    std::string name;
    std::string label;
    std::string code;
    int from = 0;
    int to = 0;
};

/// One row a state, in the order of codes: of two spells within the period the years are joined, and the later code holds.
Imported table_of(std::vector<ListedState> spells, const Years& years) {
    std::map<std::string, std::size_t> by_name;
    std::vector<ListedState> states;
    for (ListedState& spell : spells) {
        if (spell.to < years.first || years.last < spell.from) continue;
        spell.from = std::max(spell.from, years.first);
        spell.to = std::min(spell.to, years.last);
        const auto [at, is_new] = by_name.try_emplace(spell.name, states.size());
        if (is_new) {
            states.push_back(std::move(spell));
            continue;
        }
        ListedState& state = states[at->second];
        if (spell.to > state.to) state.code = spell.code;
        state.from = std::min(state.from, spell.from);
        state.to = std::max(state.to, spell.to);
    }
    Imported imported;
    imported.csv = "name,label,code,from,to\n";
    for (const ListedState& state : states)
        imported.write(
            {state.name, state.label, state.code, std::to_string(state.from), state.to == always ? "" : std::to_string(state.to)});
    return imported;
}

bool is_asked_for(const StateSpell& spell, const StateSystem& asked) {
    return spell.is_in(asked.list) && (asked.with_microstates || !spell.is_microstate);
}

std::string name_or_label(Naming to, const std::string& id) {
    return state_called(to, id).value_or(state_label(id));
}

/// A maker's columns.
struct ListColumns {
    std::size_t code = 0;
    std::size_t name = 0;
    std::size_t from = 0;
    std::size_t to = 0;
};

ListedState state_of(CsvReader& rows, const ListColumns& at, const StateSystem& asked) {
    ListedState state{
        .name = std::string(rows.cell(at.name)), .label = std::string(rows.cell(at.name)), .code = std::string(rows.cell(at.code))};
    for (const auto& [column, year] : {std::pair(at.from, &state.from), std::pair(at.to, &state.to)}) {
        const auto read = leading_year(rows.cell(column));
        if (!read)
            rows.error(column, fmt::format("'{}' does not begin with a year", rows.cell(column)),
                       "years are written like 1918, dates like 1918-11-11");
        *year = read.value_or(0);
    }
    if (asked.to == asked.list) {
        state.name = state.code;
    } else if (const auto id = state_id(asked.list, state.code)) {
        state.name = name_or_label(asked.to, *id);
        state.label = state_label(*id);
    }
    return state;
}

}  // namespace

Imported list_states(const StateSystem& asked) {
    std::vector<ListedState> spells;
    std::size_t read = 0;
    for (const StateSpell& spell : state_spells()) {
        if (!is_asked_for(spell, asked)) continue;
        ++read;
        spells.push_back({asked.to == asked.list ? spell.code : name_or_label(asked.to, spell.id), state_label(spell.id), spell.code,
                          spell.from, spell.to});
    }
    Imported imported = table_of(std::move(spells), asked.years);
    imported.read = read;
    return imported;
}

Imported list_states(int file, const Sources& sources, const StateSystem& asked, Problems& problems) {
    const bool is_cow = asked.list == Naming::cow;
    MakerFile maker(file, sources, problems, is_cow ? "a list of the states of COW" : "a list of the states of Gleditsch and Ward",
                    form_of(sources.text(file)));
    ListColumns at;
    at.code = is_cow ? maker.expect({"ccode", "cowcode"}) : maker.expect({"gwcode", "gwno", "statenumber"});
    at.name = maker.expect({"statenme", "statename", "countryname", "name"});
    at.from = maker.expect({"styear", "start", "startdate"});
    at.to = maker.expect({"endyear", "end", "enddate"});
    std::vector<ListedState> spells;
    int last = 0;
    std::size_t read = 0;
    for (; maker.next(); ++read) last = std::max(last, spells.emplace_back(state_of(maker.rows, at, asked)).to);
    for (ListedState& spell : spells)
        if (spell.to == last) spell.to = always;
    if (problems.has_errors()) return {};
    Imported imported = table_of(std::move(spells), asked.years);
    imported.read = read;
    return imported;
}

}  // namespace entente
