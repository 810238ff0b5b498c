#include <entente/import/maker_file.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/utf8.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

/// Windows-1252 from 0x80 to 0x9F; what it leaves free is as in ISO 8859-1.
constexpr std::array<std::uint16_t, 32> windows_signs{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

void add_utf8(std::string& text, unsigned code) {
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0U | (code >> 6U));
        text += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        text += static_cast<char>(0xE0U | (code >> 12U));
        text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

/// A column's name without what is_same_column leaves aside.
std::string bare_name(std::string_view name) {
    std::string bare;
    for (const char c : name) {
        if (c == ' ' || c == '_' || c == '.' || c == '-') continue;
        bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return bare;
}

bool are_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void Imported::leave_out(std::string_view what) {
    const auto found = std::ranges::find(left_out, what, &LeftOut::what);
    if (found == left_out.end())
        left_out.push_back({std::string(what), 1});
    else
        ++found->count;
}

std::string Imported::tally() const {
    std::string text =
        fmt::format("read {}, wrote {}", counted(static_cast<std::int64_t>(read), "row"), with_commas(static_cast<std::int64_t>(written)));
    for (const LeftOut& one : left_out) {
        const std::size_t blank = std::min(one.what.find(' '), one.what.size());
        text += &one == left_out.data() ? "; left out: " : ", ";
        text += counted(static_cast<std::int64_t>(one.count), one.what.substr(0, blank)) + one.what.substr(blank);
    }
    return text;
}

void Imported::write(std::initializer_list<std::string_view> cells) {
    bool is_first = true;
    for (const std::string_view cell : cells) {
        if (!is_first) csv += ',';
        csv += csv_cell(cell);
        is_first = false;
    }
    csv += '\n';
    ++written;
}

std::string as_utf8(std::string bytes) {
    if (is_utf8(bytes)) return bytes;
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const unsigned byte = static_cast<unsigned char>(c);
        add_utf8(text, byte >= 0x80 && byte < 0xA0 ? windows_signs[byte - 0x80] : byte);
    }
    return text;
}

char separator_of(std::string_view text, std::size_t begin) {
    const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
    for (const char separator : {',', '\t', ';'})
        if (line.find(separator) != std::string_view::npos) return separator;
    return ',';
}

CsvForm form_of(std::string_view text) {
    CsvForm form;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', form.begin)) {
        if (text.substr(form.begin, end - form.begin).find_first_not_of(" \t\r") != std::string_view::npos) break;
        form.begin = end + 1;
        ++form.line;
    }
    form.separator = separator_of(text, form.begin);
    return form;
}

bool is_same_column(std::string_view a, std::string_view b) {
    return bare_name(a) == bare_name(b);
}

MakerFile::MakerFile(int file, const Sources& sources, Problems& problems, std::string_view form, CsvForm written)
    : rows(file, sources, problems, written), problems_(problems), header_{file, written.line, 1, 1}, form_(form) {}

std::optional<std::size_t> MakerFile::find(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < rows.header().size(); ++i)
            if (is_same_column(rows.header()[i], name)) return i;
    return std::nullopt;
}

std::size_t MakerFile::expect(std::initializer_list<std::string_view> names) {
    const auto found = find(names);
    if (!found && !is_another_ && !rows.header().empty()) say_another(names);  // one column that is missing tells enough
    is_another_ = is_another_ || !found;
    return found.value_or(0);
}

void MakerFile::say_another(std::initializer_list<std::string_view> names) {
    std::string wanted;
    for (const std::string_view name : names) wanted += fmt::format("{}'{}'", wanted.empty() ? "" : " or ", name);
    problems_.error(header_, fmt::format("this is not {}: it has no column {}", form_, wanted), "its columns are " + listed(rows.header()));
}

std::optional<std::string> Renamer::renamed(std::size_t column, std::string_view text, std::optional<int> year) {
    const std::string written(text);
    const auto [known, is_new] = known_.try_emplace(year ? fmt::format("{}@{}", written, *year) : written);
    if (is_new) known->second = found(written, year);
    if (known->second) return known->second;
    if (change_.unknown == Unknown::skip)
        imported_.leave_out(fmt::format("row without {}", words_for(state_id(change_.from, written) ? change_.to : change_.from)));
    else if (told_.insert(written).second)
        refuse(column, written);
    return std::nullopt;
}

std::optional<std::string> Renamer::found(const std::string& text, std::optional<int> year) {
    const auto id = state_id(change_.from, text);
    return id ? state_called(change_.to, *id, year) : std::nullopt;
}

void Renamer::refuse(std::size_t column, const std::string& text) {
    const std::string skip = "--unknown skip leaves such rows out";
    if (const auto id = state_id(change_.from, text)) {
        rows_.error(column, fmt::format("{} ({}) lacks {}", text, state_label(*id), words_for(change_.to)), skip);
        return;
    }
    const auto others = namings();
    for (std::size_t i = 0; i < others.size(); ++i) {
        const auto other = static_cast<Naming>(i);
        const auto id = other == change_.from ? std::nullopt : state_id(other, text);
        if (!id) continue;
        rows_.error(column, fmt::format("'{}' is not {}", text, words_for(change_.from)),
                    fmt::format("as {} it is {}: --from {}; {}", words_for(other), state_label(*id), others[i], skip));
        return;
    }
    rows_.error(column, fmt::format("'{}' is not {}", text, words_for(change_.from)), skip);
}

std::optional<Years> parse_years(std::string_view text) {
    const std::size_t colon = text.find(':');
    const std::string_view first = text.substr(0, colon);
    const std::string_view last = colon == std::string_view::npos ? first : text.substr(colon + 1);
    const auto is_year = [](std::string_view year) { return year.size() == 4 && are_digits(year); };
    if (!is_year(first) || !(last.empty() || is_year(last))) return std::nullopt;
    const Years years{*leading_year(first), last.empty() ? always : *leading_year(last)};
    return years.first <= years.last ? std::optional(years) : std::nullopt;
}

std::optional<int> leading_year(std::string_view text) {
    if (text.size() < 4 || !are_digits(text.substr(0, 4))) return std::nullopt;
    int year = 0;
    std::from_chars(text.data(), text.data() + 4, year);
    return year;
}

std::optional<int> year_of(CsvReader& rows, std::size_t column) {
    const auto year = rows.cell(column).size() == 4 ? leading_year(rows.cell(column)) : std::nullopt;
    if (!year) rows.error(column, fmt::format("'{}' is not a year", rows.cell(column)), "years are written like 2018");
    return year;
}

}  // namespace entente
