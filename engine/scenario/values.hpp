/// YAML nodes to values, each problem said with the value shown.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/base/harmless.hpp>
#include <entente/base/problem.hpp>
#include <entente/scenario/document.hpp>
#include <entente/scenario/keys.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

/// What parse_decimal takes, with or without a sign; `inf`, `-.inf`; `yes`, `true` are 1 and `no`, `false` 0. Nothing for all else, NaN among it.
std::optional<double> parse_number(std::string_view text);
/// How a number that was meant, and is none as written, should be written; "" where nobody can tell.
std::string number_help(std::string text);
/// The shortest text that reads back as `x`.
std::string shown(double x);

/// "there is none", "there is only a", "there are a and b".
std::string there_are(std::span<const std::string> names);

/// Where `first` stands, said in a message about `here`: "line 5", or "line 5 of lib.yaml".
std::string line_of(const Place& first, const Place& here, const Sources& sources);

/// "the text 'abc'", "a list", "nothing".
std::string describe(const Node& node);
/// Says that what stands under `key` is not what is wanted there.
void wrong_type(const Node& node, std::string_view key, std::string_view wanted, Problems& problems, std::string help = {});

std::optional<double> read_number(const Node& node, std::string_view key, Problems& problems);  ///< finite
std::optional<std::int64_t> read_whole(const Node& node, std::string_view key, std::int64_t least, std::int64_t most, Problems& problems);
std::optional<bool> read_truth(const Node& node, std::string_view key, Problems& problems);
std::optional<Text> read_text(const Node& node, std::string_view key, Problems& problems);
std::optional<Day> read_date(const Node& node, std::string_view key, Problems& problems);
Range read_range(const Node& node, Problems& problems);
/// An expression's text; a whole `yes` is 1. Empty after a problem.
Text read_formula(const Node& node, std::string_view key, Problems& problems);

/// A mapping of one section: unknown and missing keys are said on construction.
class Mapping {
public:
    Mapping(const Node& node, Section section, Problems& problems);
    [[nodiscard]] const Node* find(std::string_view key) const { return node_.find(key); }
    [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
    /// Whether an unknown key was probably meant to be this one: then it is no more said to be missing.
    [[nodiscard]] bool is_misspelt(std::string_view key) const { return std::find(meant_.begin(), meant_.end(), key) != meant_.end(); }
    [[nodiscard]] const std::vector<Entry>& entries() const { return node_.entries; }
    [[nodiscard]] const Place& place() const { return node_.place; }
    [[nodiscard]] std::string text(std::string_view key) const;  ///< "" when absent
    [[nodiscard]] std::string line(std::string_view key) const { return harmless_line(text(key)); }
    [[nodiscard]] Range range() const;
    [[nodiscard]] Remarks remarks() const { return {text("about"), text("source"), line("label")}; }
    [[nodiscard]] Text formula(std::string_view key) const;
    [[nodiscard]] std::optional<double> number(std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most) const;
    [[nodiscard]] std::optional<Day> date(std::string_view key) const;

private:
    const Node& node_;
    Problems& problems_;
    std::vector<std::string> meant_;
};

/// Says that no key of `section` is called so. Gives the key that was probably meant, or "".
std::string unknown_key(const Text& key, Section section, Problems& problems);

}  // namespace entente
