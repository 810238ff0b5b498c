#include <algorithm>
#include <array>
#include <numbers>
#include <utility>

#include <entente/language/units.hpp>

namespace entente {
namespace {

struct KnownWord {
    std::string_view word;
    std::string_view base;
    double in_base;
    Unit::Sort sort = Unit::Sort::measure;
};

constexpr auto time_sort = Unit::Sort::time;

/// Words that are converted into each other; the calendar's years have 365.25 days.
constexpr std::array known_words{
    KnownWord{"second", "year", 1 / 31557600.0, time_sort},
    KnownWord{"minute", "year", 1 / 525960.0, time_sort},
    KnownWord{"hour", "year", 1 / 8766.0, time_sort},
    KnownWord{"day", "year", 1 / 365.25, time_sort},
    KnownWord{"week", "year", 7 / 365.25, time_sort},
    KnownWord{"fortnight", "year", 14 / 365.25, time_sort},
    KnownWord{"month", "year", 1 / 12.0, time_sort},
    KnownWord{"quarter", "year", 0.25, time_sort},
    KnownWord{"year", "year", 1, time_sort},
    KnownWord{"yr", "year", 1, time_sort},
    KnownWord{"annum", "year", 1, time_sort},
    KnownWord{"decade", "year", 10, time_sort},
    KnownWord{"century", "year", 100, time_sort},
    KnownWord{"mm", "m", 1e-3},
    KnownWord{"cm", "m", 1e-2},
    KnownWord{"m", "m", 1},
    KnownWord{"metre", "m", 1},
    KnownWord{"meter", "m", 1},
    KnownWord{"km", "m", 1e3},
    KnownWord{"kilometre", "m", 1e3},
    KnownWord{"kilometer", "m", 1e3},
    KnownWord{"mile", "m", 1609.344},
    KnownWord{"ha", "hectare", 1},
    KnownWord{"hectare", "hectare", 1},
    KnownWord{"g", "kg", 1e-3},
    KnownWord{"gram", "kg", 1e-3},
    KnownWord{"kg", "kg", 1},
    KnownWord{"t", "kg", 1e3},
    KnownWord{"tonne", "kg", 1e3},
    KnownWord{"kt", "kg", 1e6},
    KnownWord{"Mt", "kg", 1e9},
    KnownWord{"Gt", "kg", 1e12},
    KnownWord{"l", "litre", 1},
    KnownWord{"litre", "litre", 1},
    KnownWord{"liter", "litre", 1},
    KnownWord{"barrel", "litre", 158.987294928},
    KnownWord{"J", "J", 1},
    KnownWord{"joule", "J", 1},
    KnownWord{"kJ", "J", 1e3},
    KnownWord{"MJ", "J", 1e6},
    KnownWord{"GJ", "J", 1e9},
    KnownWord{"TJ", "J", 1e12},
    KnownWord{"PJ", "J", 1e15},
    KnownWord{"EJ", "J", 1e18},
    KnownWord{"kWh", "J", 3.6e6},
    KnownWord{"MWh", "J", 3.6e9},
    KnownWord{"GWh", "J", 3.6e12},
    KnownWord{"TWh", "J", 3.6e15},
    KnownWord{"W", "W", 1},
    KnownWord{"kW", "W", 1e3},
    KnownWord{"MW", "W", 1e6},
    KnownWord{"GW", "W", 1e9},
    KnownWord{"dollar", "USD", 1, Unit::Sort::money},
    KnownWord{"$", "USD", 1, Unit::Sort::money},
    KnownWord{"euro", "EUR", 1, Unit::Sort::money},
    KnownWord{"€", "EUR", 1, Unit::Sort::money},
    KnownWord{"£", "GBP", 1, Unit::Sort::money},
};

constexpr std::array<std::pair<std::string_view, double>, 10> scales{{
    {"dozen", 12},
    {"hundred", 1e2},
    {"thousand", 1e3},
    {"million", 1e6},
    {"mln", 1e6},
    {"mn", 1e6},
    {"billion", 1e9},
    {"bn", 1e9},
    {"trillion", 1e12},
    {"tn", 1e12},
}};

/// Names of pure numbers. Ticks are among them: dt is a tick's length in years, so that `tick * dt` is a time.
constexpr std::array<std::pair<std::string_view, double>, 26> pure_words{{
    {"share", 1},        {"fraction", 1},      {"proportion", 1}, {"probability", 1},
    {"chance", 1},       {"ratio", 1},         {"odds", 1},       {"index", 1},
    {"score", 1},        {"dimensionless", 1}, {"unitless", 1},   {"pure", 1},
    {"number", 1},       {"none", 1},          {"tick", 1},       {"radian", 1},
    {"rad", 1},          {"degree", std::numbers::pi / 180},      {"level", 1},
    {"percent", 1e-2},   {"percentage", 1e-2}, {"%", 1e-2},       {"permille", 1e-3},
    {"‰", 1e-3},         {"ppm", 1e-6},        {"°", std::numbers::pi / 180},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> plurals{{
    {"people", "person"},
    {"persons", "person"},
    {"capita", "person"},
    {"men", "man"},
    {"women", "woman"},
    {"children", "child"},
    {"centuries", "century"},
    {"indices", "index"},
    {"indexes", "index"},
    {"lives", "life"},
}};

/// The row of a table of pairs, or null.
template <class Table>
auto pair_named(const Table& pairs, std::string_view word) {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& row) { return row.first == word; });
    return found == pairs.end() ? nullptr : &*found;
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/// A word but for a capital at its beginning: `Year`, not `GBP` or `kWh`.
std::string in_small_letters(std::string_view word) {
    std::string small(word);
    if (!small.empty() && is_upper(small[0]) && small.size() > 2 && std::none_of(small.begin() + 1, small.end(), is_upper))
        small[0] = static_cast<char>(small[0] - 'A' + 'a');
    return small;
}

/// Three capitals: an ISO 4217 code.
bool is_currency(std::string_view word) {
    return word.size() == 3 && std::all_of(word.begin(), word.end(), is_upper);
}

}  // namespace

std::string singular(std::string_view written) {
    std::string word = in_small_letters(written);
    if (const auto* known = pair_named(plurals, word)) return std::string(known->second);
    if (word.size() < 3 || word.back() != 's' || is_upper(word[word.size() - 2])) return word;
    for (const std::string_view end : {"ss", "us", "is"})
        if (word.ends_with(end)) return word;
    if (word.ends_with("ies") && word.size() > 4) return word.substr(0, word.size() - 3) + "y";
    for (const std::string_view hiss : {"sses", "ches", "shes", "xes"})
        if (word.ends_with(hiss)) return word.substr(0, word.size() - 2);
    word.pop_back();
    return word;
}

UnitWord unit_word(std::string_view written) {
    const std::string word = singular(written);
    if (const auto* scale = pair_named(scales, word)) return {UnitWord::Kind::scale, {}, scale->second};
    if (const auto* pure = pair_named(pure_words, word)) return {UnitWord::Kind::pure, {}, pure->second};
    Unit::Factor factor{std::string(written), word, 1, 1, is_currency(word) ? Unit::Sort::money : Unit::Sort::thing};
    const auto known = std::find_if(known_words.begin(), known_words.end(), [&](const KnownWord& row) { return row.word == word; });
    if (known != known_words.end()) {
        factor.base = known->base;
        factor.in_base = known->in_base;
        factor.sort = known->sort;
    }
    return {UnitWord::Kind::factor, std::move(factor), 1};
}

}  // namespace entente
