#include <entente/scenario/sites.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

namespace entente {

std::span<const std::pair<std::string_view, std::string_view>> country_tables();

namespace {

/// countries.csv, which quotes nothing.
std::vector<Country> read_countries() {
    std::vector<Country> found;
    std::string_view text = country_tables().front().second;
    const auto until = [](std::string_view& from, char end) {
        const std::size_t at = std::min(from.find(end), from.size());
        const std::string_view part = from.substr(0, at);
        from.remove_prefix(std::min(at + 1, from.size()));
        return part;
    };
    until(text, '\n');  // the header
    while (!text.empty()) {
        std::string_view line = until(text, '\n');
        Country country;
        country.alpha3 = until(line, ',');
        country.alpha2 = until(line, ',');
        country.numeric = until(line, ',');
        country.name = line;
        found.push_back(country);
    }
    return found;
}

bool alike(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, [](unsigned char a, unsigned char b) { return std::toupper(a) == std::toupper(b); });
}

/// `4` for 004, as spreadsheets write it.
bool is_number_of(const Country& country, std::string_view text) {
    if (text.empty() || country.numeric.empty()) return false;
    const auto significant = [](std::string_view digits) { return digits.substr(std::min(digits.find_first_not_of('0'), digits.size())); };
    return significant(text) == significant(country.numeric);
}

}  // namespace

std::span<const Country> countries() {
    static const std::vector<Country> all = read_countries();
    return all;
}

const Country* country_of(std::string_view alpha3) {
    const auto found = std::ranges::lower_bound(countries(), alpha3, {}, &Country::alpha3);
    return found != countries().end() && found->alpha3 == alpha3 ? &*found : nullptr;
}

std::string position_fault(double latitude, double longitude) {
    if (!(std::abs(latitude) <= 90)) return fmt::format("the latitude {} is not within -90 and 90", latitude);
    if (!(std::abs(longitude) <= 180)) return fmt::format("the longitude {} is not within -180 and 180", longitude);
    return "";
}

std::string country_help(std::string_view text) {
    std::vector<std::string> codes;
    std::vector<std::string> names;
    for (const Country& country : countries()) {
        if (alike(text, country.alpha3) || alike(text, country.alpha2) || alike(text, country.name) || is_number_of(country, text))
            return fmt::format("{} is {}", country.name, country.alpha3);
        codes.emplace_back(country.alpha3);
        names.emplace_back(country.name);
    }
    if (const std::string name = text.size() > 3 ? nearest_name(text, names) : ""; !name.empty())
        return fmt::format("{} is {}", name, countries()[static_cast<std::size_t>(std::ranges::find(names, name) - names.begin())].alpha3);
    return did_you_mean(text, codes, "codes are the three letters of ISO 3166-1 alpha-3: AFG is Afghanistan");
}

}  // namespace entente
