#include <entente/base/problem.hpp>

#include <algorithm>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include <entente/base/utf8.hpp>

namespace entente {
namespace {

constexpr std::size_t widest_line = 120;  ///< characters of a source line shown
constexpr std::size_t most_shown = 200;   ///< problems rendered in full

std::string where(const Place& place, const Sources& sources) {
    if (place.file < 0) return {};
    const std::string& path = sources.path(place.file);
    return place.line > 0 ? fmt::format("{}:{}:{}: ", path, place.line, std::max(place.column, 1)) : path + ": ";
}

std::size_t width(std::span<const Glyph> glyphs) {
    std::size_t sum = 0;
    for (const Glyph& glyph : glyphs) sum += glyph.width;
    return sum;
}

/// The part of a line around its problem, and the caret below it.
std::string excerpt(const Place& place, std::string_view line) {
    const auto column = static_cast<std::size_t>(std::max(place.column, 1) - 1);
    const std::size_t first = column < widest_line ? 0 : column - widest_line / 2;
    line.remove_prefix(offset_of_character(line, first));
    const std::size_t shown_bytes = offset_of_character(line, widest_line);
    const bool is_cut = shown_bytes < line.size();
    const std::vector<Glyph> glyphs = glyphs_of(line.substr(0, shown_bytes));

    const std::size_t from = std::min(column - first, glyphs.size());
    const std::size_t to = std::min(from + static_cast<std::size_t>(std::max(place.length, 1)), glyphs.size());
    const auto all = std::span<const Glyph>(glyphs);
    const std::string_view lead = first > 0 ? "…" : "";
    const std::string indent(width(all.first(from)) + (first > 0 ? 1 : 0), ' ');
    const std::string tail(std::max<std::size_t>(width(all.subspan(from, to - from)), 1) - 1, '~');

    std::string text;
    for (const Glyph& glyph : glyphs) text += glyph.text;
    return fmt::format("{:>5} | {}{}{}\n      | {}^{}", place.line, lead, text, is_cut ? "…" : "", indent, tail);
}

auto order(const Problem& problem) {
    return std::tuple(problem.place.file, problem.place.line, problem.place.column);
}

}  // namespace

Place Text::at(std::size_t offset, std::size_t length) const {
    const std::size_t from = std::min(offset, value.size());
    const std::size_t to = std::min(from + length, value.size());
    const auto count = [&](std::size_t begin, std::size_t end) {
        return static_cast<int>(count_characters({value.data() + begin, end - begin}));
    };
    Place found = place;
    found.length = std::max(count(from, to), 1);
    if (places.empty()) {
        found.column += count(0, from);
    } else if (from < value.size()) {
        found = places[from];
        const auto is_on_line = [&](const Place& p) { return p.line == found.line && p.file == found.file; };
        std::size_t end = from;
        while (end < to && is_on_line(places[end])) ++end;
        found.length = std::max(end > from ? places[end - 1].column - found.column + 1 : 1, 1);
    } else {
        found = places.back();
        found.column += 1;
        found.length = 1;
    }
    return found;
}

int Sources::add(std::string path, std::string text) {
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') starts.push_back(i + 1);
    }
    files_.push_back({std::move(path), std::move(text), std::move(starts)});
    return count() - 1;
}

std::string_view Sources::line(int file, int number) const {
    const File& source = files_.at(file);
    if (number < 1 || number > static_cast<int>(source.line_starts.size())) return {};
    std::string_view rest = source.text;
    rest.remove_prefix(source.line_starts[number - 1]);
    rest = rest.substr(0, rest.find('\n'));
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    return rest;
}

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return {};
}

std::string render(const Problem& problem, const Sources& sources) {
    std::string text = fmt::format("{}{}: {}", where(problem.place, sources), name_of(problem.severity), problem.what);
    if (problem.place.file >= 0 && problem.place.line > 0) {
        text += '\n' + excerpt(problem.place, sources.line(problem.place.file, problem.place.line));
    }
    if (!problem.help.empty()) text += "\nhelp: " + problem.help;
    return text;
}

std::string render(std::span<const Problem> problems, const Sources& sources) {
    std::string text;
    for (const Problem& problem : problems.first(std::min(problems.size(), most_shown)))
        text += (text.empty() ? "" : "\n\n") + render(problem, sources);
    if (problems.size() > most_shown) text += fmt::format("\n\n… and {} more problems", problems.size() - most_shown);
    return text;
}

void Problems::error(const Place& place, std::string what, std::string help) {
    add({Severity::error, place, std::move(what), std::move(help)});
}

void Problems::warning(const Place& place, std::string what, std::string help) {
    add({Severity::warning, place, std::move(what), std::move(help)});
}

void Problems::note(const Place& place, std::string what, std::string help) {
    add({Severity::note, place, std::move(what), std::move(help)});
}

void Problems::add(Problem problem) {
    const Place& place = problem.place;
    if (!said_.insert(fmt::format("{}:{}:{}:{}", place.file, place.line, place.column, problem.what)).second) return;
    if (problem.severity == Severity::error) ++errors_;
    problems_.push_back(std::move(problem));
}

std::vector<Problem> Problems::sorted() const {
    std::vector<Problem> result = problems_;
    std::stable_sort(result.begin(), result.end(), [](const Problem& a, const Problem& b) { return order(a) < order(b); });
    return result;
}

ScenarioError::ScenarioError(const Problems& problems, const Sources& sources) : Error(problems.render(sources)), problems_(problems.sorted()) {
    auto paths = std::make_shared<Sources>();
    for (int file = 0; file < sources.count(); ++file) paths->add(sources.path(file), {});
    sources_ = std::move(paths);
}

std::string Problems::render(const Sources& sources) const {
    return entente::render(sorted(), sources);
}

}  // namespace entente
