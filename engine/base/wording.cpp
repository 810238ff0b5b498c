#include <entente/base/wording.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace entente {

std::string exact(double value) {
    return std::isnan(value) ? std::string() : fmt::format("{}", value);
}

std::string readable(double value, std::string_view none) {
    if (std::isnan(value)) return std::string(none);
    if (value == 0) return "0";
    const double size = std::abs(value);
    if (std::isinf(value) || size >= 1e7 || size < 1e-4) return fmt::format("{:.3g}", value);
    if (size >= 999.5) return with_commas(std::llround(value));
    const int whole_digits = static_cast<int>(std::floor(std::log10(size * (1 + 0.5e-3)))) + 1;
    std::string text = fmt::format("{:.{}f}", value, std::max(0, 3 - std::max(whole_digits, -2)));
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string with_commas(std::int64_t value) {
    std::string text = std::to_string(value);
    const std::size_t first = value < 0 ? 1 : 0;
    for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, 1, ',');
    return text;
}

std::string percent(double share) {
    if (std::isnan(share)) return "–";
    const double percentage = 100 * share;
    const bool near_an_end = (percentage > 0 && percentage < 1) || (percentage > 99 && percentage < 100);
    return fmt::format("{:.{}f}", percentage, near_an_end ? 1 : 0);
}

std::string chance_text(double p) {
    if (p < 1e-4) return "< 0.0001";
    return std::isnan(p) ? "–" : fmt::format("{:.2g}", p);
}

std::string calendar_text(const Calendar& calendar) {
    const auto& step = calendar.step();
    if (!calendar.is_dated()) return counted(calendar.ticks(), "tick");
    const std::string last = iso(calendar.first_day(calendar.ticks()) - std::chrono::days{1});
    const std::string steps =
        step.count == 1 ? counted(calendar.ticks(), step.text()) : counted(calendar.ticks(), "step") + " of " + step.text();
    return fmt::format("{} to {}, {}", iso(calendar.start()), last, steps);
}

std::string tick_cell(const Calendar& calendar, double tick) {
    if (std::isnan(tick)) return {};
    const auto number = static_cast<std::int64_t>(tick);
    return calendar.is_dated() ? iso(calendar.first_day(number)) : std::to_string(number);
}

std::string label_and_name(const std::string& label, const std::string& name) {
    const auto is_same = [](char written, char named) {
        const char small = written >= 'A' && written <= 'Z' ? static_cast<char>(written - 'A' + 'a') : written;
        return small == named || written == named || (written == ' ' && named == '_');
    };
    return std::ranges::equal(label, name, is_same) ? label : fmt::format("{} ({})", label, name);
}

std::string day_words(Day day) {
    return fmt::format("{} {}", static_cast<unsigned>(std::chrono::year_month_day{day}.day()), month_words(day));
}

std::string month_words(Day day) {
    constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day date{day};
    return fmt::format("{} {}", months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()));
}

std::string tick_words(const Calendar& calendar, double tick) {
    if (!calendar.is_dated()) return "tick " + readable(tick);
    return day_words(calendar.first_day(static_cast<std::int64_t>(tick)));
}

std::string end_words(const Calendar& calendar) {
    if (!calendar.is_dated()) return fmt::format("tick {}", with_commas(calendar.ticks() - 1));
    return day_words(calendar.first_day(calendar.ticks()) - std::chrono::days{1});
}

std::string year_label(const Calendar& calendar, int year) {
    return fmt::format("{}{}", year, calendar.covers(year) ? "" : "*");
}

std::string years_in_part(const Calendar& calendar, int first, int last) {
    std::string text;
    for (int year = first; year <= last; year += std::max(last - first, 1)) {
        if (calendar.covers(year)) continue;
        const bool begins = calendar.year(-1) == year;
        const bool ends = calendar.year(calendar.ticks()) == year;
        text += fmt::format("{}{}{}{}", text.empty() ? "* in part: " : ", ", year, begins ? " from " + iso(calendar.start()) : "",
                            ends ? " to " + iso(calendar.first_day(calendar.ticks()) - std::chrono::days{1}) : "");
    }
    return text;
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string cell = "\"";
    for (const char c : text) cell.append(c == '"' ? 2 : 1, c);
    return cell + '"';
}

std::string duration_text(double seconds) {
    if (seconds < 0.9995) return fmt::format("{:.3g} ms", seconds * 1000);
    if (seconds < 99.5) return fmt::format("{:.2g} s", seconds);
    if (seconds < 5940) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

std::string bytes_text(double bytes) {
    constexpr std::array units = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    std::size_t unit = 0;
    for (; bytes >= 999.5 && unit + 1 < units.size(); ++unit) bytes /= 1000;
    return fmt::format("{} {}", unit == 0 || bytes >= 99.5 ? fmt::format("{:.0f}", bytes) : fmt::format("{:.2g}", bytes), units[unit]);
}

std::string counted(std::int64_t count, std::string_view noun) {
    std::string word(noun);
    if (count != 1 && !word.empty()) {
        const bool vowel_before = word.size() > 1 && std::string_view("aeiou").find(word[word.size() - 2]) != std::string_view::npos;
        if (word.back() == 'y' && !vowel_before) {
            word.replace(word.size() - 1, 1, "ies");
        } else if (word.ends_with("is")) {
            word.replace(word.size() - 2, 2, "es");  // crises
        } else if (word.ends_with("s") && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("as")) {
            // holds, states: many already
        } else if (word.ends_with("s") || word.ends_with("x") || word.ends_with("ch") || word.ends_with("sh")) {
            word += "es";
        } else {
            word += 's';
        }
    }
    return with_commas(count) + ' ' + word;
}

}  // namespace entente
