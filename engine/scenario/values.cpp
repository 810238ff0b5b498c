#include <entente/scenario/values.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <entente/base/decimal.hpp>
#include <entente/base/names.hpp>

namespace entente {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}
bool says_yes(std::string_view word) {
    return is_one_of(word, {"yes", "Yes", "YES", "true", "True", "TRUE"});
}
bool says_no(std::string_view word) {
    return is_one_of(word, {"no", "No", "NO", "false", "False", "FALSE"});
}

std::string help_with_number(const Node& node) {
    if (!node.is_scalar()) return {};
    const std::string& text = node.text.value;
    return node.quoted && parse_number(text) ? fmt::format("write {} without quotes", text) : number_help(text);
}

double bound_of(const Node& node, double otherwise, Problems& problems) {
    const auto value = node.is_scalar() && !node.quoted ? parse_number(node.text.value) : std::nullopt;
    if (!value) wrong_type(node, "range", "two numbers", problems, help_with_number(node));
    return value.value_or(otherwise);
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
    if (says_yes(text)) return 1;
    if (says_no(text)) return 0;
    const bool is_signed = text.starts_with('+') || text.starts_with('-');
    std::string_view digits = is_signed ? text.substr(1) : text;
    if (digits == ".inf") digits = "inf";
    const auto value = digits == "inf" ? std::optional(std::numeric_limits<double>::infinity()) : parse_decimal(digits);
    if (!value) return std::nullopt;
    return text.starts_with('-') ? -*value : *value;
}

std::string number_help(std::string text) {
    if (text.ends_with('%'))
        if (const auto percent = parse_number(text.substr(0, text.size() - 1))) return fmt::format("write {}", shown(*percent / 100));
    if (parse_number(text)) return {};
    if (const std::string plain = without_leading_zeros(text); !plain.empty()) return fmt::format("write {}, without the leading zero", plain);
    std::erase_if(text, [](char c) { return c == '_' || c == '\'' || c == ' '; });
    if (parse_number(text)) return fmt::format("write {}", text);
    std::replace(text.begin(), text.end(), ',', '.');
    if (parse_number(text)) return fmt::format("write {}", text);
    return {};
}

std::string shown(double x) {
    return fmt::format("{}", x);
}

std::string there_are(std::span<const std::string> names) {
    return names.empty() ? "there is none" : fmt::format("there {} {}", names.size() == 1 ? "is only" : "are", listed(names));
}

std::string line_of(const Place& first, const Place& here, const Sources& sources) {
    return first.file == here.file ? fmt::format("line {}", first.line)
                                   : fmt::format("line {} of {}", first.line, sources.path(first.file));
}

std::string describe(const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return "nothing";
        case Node::Kind::list:
            return "a list";
        case Node::Kind::map:
            return "a mapping";
        case Node::Kind::scalar:
            return !node.quoted && parse_number(node.text.value) ? node.text.value : fmt::format("the text '{}'", node.text.value);
    }
    return {};
}

void wrong_type(const Node& node, std::string_view key, std::string_view wanted, Problems& problems, std::string help) {
    problems.error(node.place, fmt::format("'{}' must be {}, and this is {}", key, wanted, describe(node)), std::move(help));
}

std::optional<double> read_number(const Node& node, std::string_view key, Problems& problems) {
    const auto value = node.is_scalar() && !node.quoted ? parse_number(node.text.value) : std::nullopt;
    if (value && std::isfinite(*value)) return value;
    wrong_type(node, key, value ? "a finite number" : "a number", problems, help_with_number(node));
    return std::nullopt;
}

std::optional<std::int64_t> read_whole(const Node& node, std::string_view key, std::int64_t least, std::int64_t most, Problems& problems) {
    const auto value = read_number(node, key, problems);
    if (!value) return std::nullopt;
    if (*value == std::floor(*value) && *value >= static_cast<double>(least) && *value <= static_cast<double>(most))
        return static_cast<std::int64_t>(*value);
    wrong_type(node, key, fmt::format("a whole number from {} to {}", least, most), problems);
    return std::nullopt;
}

std::optional<bool> read_truth(const Node& node, std::string_view key, Problems& problems) {
    if (node.is_scalar() && says_yes(node.text.value)) return true;
    if (node.is_scalar() && says_no(node.text.value)) return false;
    wrong_type(node, key, "yes or no", problems);
    return std::nullopt;
}

std::optional<Text> read_text(const Node& node, std::string_view key, Problems& problems) {
    constexpr std::array<std::string_view, 6> prose{"title", "label", "about", "source", "authors", "references"};
    if (node.comment && std::ranges::find(prose, key) != prose.end())
        problems.warning(*node.comment, fmt::format("the text '{}' ends before this: ' #' begins a comment", node.text.value),
                         "put a text that holds ' #' in quotes; write a blank behind the # of a comment");
    if (node.is_scalar()) return node.text;
    wrong_type(node, key, "a text", problems, node.is_null() ? "" : "put it in quotes");
    return std::nullopt;
}

std::optional<Day> read_date(const Node& node, std::string_view key, Problems& problems) {
    const auto day = node.is_scalar() ? parse_date(node.text.value) : std::nullopt;
    const std::string fault = node.is_scalar() ? date_fault(node.text.value) : "";
    if (!fault.empty())
        problems.error(node.place, fmt::format("'{}' is not a date: {}", node.text.value, fault), "write a day that exists");
    else if (!day)
        wrong_type(node, key, "a date", problems, "dates are written like 2021-08-15");
    return day;
}

Range read_range(const Node& node, Problems& problems) {
    Range range;
    if (!node.is_list() || node.items.size() != 2) {
        wrong_type(node, "range", "two numbers", problems, "write [low, high], with inf or -inf where there is no bound");
        return range;
    }
    range = {bound_of(*node.items[0], range.low, problems), bound_of(*node.items[1], range.high, problems)};
    if (range.low <= range.high) return range;
    problems.error(node.items[0]->place, fmt::format("the range [{}, {}] holds no number", shown(range.low), shown(range.high)),
                   "write the lower bound first");
    return {};
}

Text read_formula(const Node& node, std::string_view key, Problems& problems) {
    if (!node.is_scalar() || node.text.value.empty()) {
        wrong_type(node, key, "an expression", problems,
                   node.is_list() || node.is_map() ? "put an expression that begins with a bracket in quotes" : "");
        return {};
    }
    if (!node.quoted && says_yes(node.text.value)) return {"1", node.text.place, {}};
    if (!node.quoted && says_no(node.text.value)) return {"0", node.text.place, {}};
    Text text = trimmed_part(node.text, 0);
    if (text.value.empty()) problems.error(node.place, fmt::format("'{}' must be an expression, and this is empty", key));
    return text;
}

std::string unknown_key(const Text& key, Section section, Problems& problems) {
    const bool is_torn = key.value.find_first_of("[](){}<>=*/+, ") != std::string::npos || parse_number(key.value.substr(0, 1));
    const auto known = key_names(section);
    const std::string keys =
        known.size() == 1 ? fmt::format("its only key is {}", known[0]) : fmt::format("its keys are {}", listed(known, 20));
    std::string help =
        is_torn ? "put an expression in quotes: within { } a comma or bracket ends it" : did_you_mean(key.value, known, keys);
    const auto event_only = {"probability", "rate", "count", "choice", "temperature", "outside", "code"};
    if (section == Section::rule && std::find(event_only.begin(), event_only.end(), key.value) != event_only.end())
        help = fmt::format("what has a '{}' is an event: write `event:` instead of `rule:`", key.value);
    problems.error(key.place, fmt::format("{} has no key '{}'", name_of(section), key.value), std::move(help));
    return nearest_name(key.value, known);
}

Mapping::Mapping(const Node& node, Section section, Problems& problems) : node_(node), problems_(problems) {
    const auto keys = keys_of(section);
    for (const Entry& entry : node.entries)
        if (std::none_of(keys.begin(), keys.end(), [&](const KeyEntry& key) { return key.key == entry.key.value; }))
            meant_.push_back(unknown_key(entry.key, section, problems));
    for (const KeyEntry& key : keys)
        if (key.need == Need::required && !has(key.key) && !is_misspelt(key.key))
            problems.error(node.place, fmt::format("{} lacks its '{}'", name_of(section), key.key),
                           fmt::format("{}: {}", key.key, key.meaning));
}

std::string Mapping::text(std::string_view key) const {
    const Node* node = find(key);
    const auto text = node ? read_text(*node, key, problems_) : std::nullopt;
    return text ? text->value : std::string{};
}

Range Mapping::range() const {
    const Node* node = find("range");
    return node ? read_range(*node, problems_) : Range{};
}

Text Mapping::formula(std::string_view key) const {
    const Node* node = find(key);
    return node ? read_formula(*node, key, problems_) : Text{};
}

std::optional<double> Mapping::number(std::string_view key) const {
    const Node* node = find(key);
    return node ? read_number(*node, key, problems_) : std::nullopt;
}

std::optional<std::int64_t> Mapping::whole(std::string_view key, std::int64_t least, std::int64_t most) const {
    const Node* node = find(key);
    return node ? read_whole(*node, key, least, most, problems_) : std::nullopt;
}

std::optional<Day> Mapping::date(std::string_view key) const {
    const Node* node = find(key);
    return node ? read_date(*node, key, problems_) : std::nullopt;
}

}  // namespace entente
