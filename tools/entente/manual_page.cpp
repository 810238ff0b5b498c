#include "manual_page.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <entente/base/version.hpp>

namespace entente {

namespace {

/// Text that stands for itself: `-` is a minus, a line begins no request, and what stands in backquotes is bold.
std::string roff(std::string_view text, bool is_marked = true) {
    std::string out;
    bool is_bold = false;
    for (const char c : text) {
        const bool begins = out.empty() || out.back() == '\n';
        if (begins && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else if (c == '`' && is_marked) out += (is_bold = !is_bold) ? "\\fB" : "\\fP";
        else out += c;
    }
    return out;
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

/// As a name's line has it: without the capital of a sentence.
std::string lower_first(std::string text) {
    const bool is_word = text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0;
    if (is_word || (text.size() > 1 && text[1] == ' ')) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

std::string head(const std::string& name, const std::string& about) {
    return fmt::format(".TH \"{}\" 1 \"\" \"Entente {}\" \"Entente\"\n.SH NAME\n{} \\- {}\n", upper(name), version(), roff(name), roff(lower_first(about)));
}

std::string value_text(const ToldOption& option) {
    return option.value.empty() ? "" : fmt::format(" \\fI{}\\fP{}", roff(option.value), option.is_repeated ? " .\\|.\\|." : "");
}

std::string entry(const ToldOption& option, bool is_argument) {
    std::string names;
    for (const std::string& name : option.names) names += fmt::format("{}\\f{}{}\\fP", names.empty() ? "" : ", ", is_argument ? 'I' : 'B', roff(name));
    return fmt::format(".TP\n{}{}\n{}\n", names, is_argument ? "" : value_text(option), roff(option.about));
}

std::string synopsis(const ToldCommand& command) {
    std::string text = fmt::format(".SH SYNOPSIS\n\\fBentente {}\\fP [\\fIOPTIONS\\fP]", roff(command.name));
    for (const ToldOption& argument : command.arguments) {
        const std::string name = fmt::format("\\fI{}\\fP{}", roff(argument.names.front()), argument.is_repeated ? " .\\|.\\|." : "");
        text += argument.is_required ? " " + name : " [" + name + "]";
    }
    return text + "\n";
}

std::string options_text(const ToldCommand& command) {
    std::string text;
    if (!command.arguments.empty()) text += ".SH ARGUMENTS\n";
    for (const ToldOption& argument : command.arguments) text += entry(argument, true);
    text += ".SH OPTIONS\n";
    for (const std::string& group : groups_of(command.options)) {
        text += fmt::format(".SS \"{}\"\n", roff(group));
        for (const ToldOption& option : command.options)
            if (option.group == group) text += entry(option, false);
    }
    return text;
}

/// What stands below the options: paragraphs, lines set in as they are, and headings, which are lines that end in a colon before such.
class Footer {
public:
    explicit Footer(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) lines_.push_back(line);
    }

    std::string written() {
        for (at_ = 0; at_ < lines_.size(); ++at_) write_line(lines_[at_]);
        end_example();
        return text_;
    }

private:
    static constexpr std::string_view exit_codes = "Exit codes: ";
    [[nodiscard]] static bool is_set_in(const std::string& line) { return line.starts_with("  "); }
    [[nodiscard]] bool is_heading() const {
        return lines_[at_].ends_with(':') && at_ + 1 < lines_.size() && is_set_in(lines_[at_ + 1]) && is_paragraph_over_;
    }

    void write_line(const std::string& line) {
        if (line.empty()) {
            is_paragraph_over_ = true;
            return;
        }
        if (is_set_in(line)) {
            add_to_example(line.substr(2));
        } else if (is_heading()) {
            begin_section(line.substr(0, line.size() - 1));
        } else if (line.starts_with(exit_codes)) {
            begin_section("Exit status");
            text_ += roff(line.substr(exit_codes.size())) + '\n';
        } else {
            add_to_paragraph(line);
        }
        is_paragraph_over_ = false;
    }

    void begin_section(const std::string& heading) {
        end_example();
        text_ += fmt::format(".SH \"{}\"\n", roff(upper(heading)));
        is_within_ = is_section_empty_ = true;
    }

    void add_to_paragraph(const std::string& line) {
        const bool follows_example = is_example_;
        end_example();
        if (!is_within_ || (is_paragraph_over_ && follows_example && !has_notes_)) {
            begin_section("Notes");
            has_notes_ = true;
        } else if ((is_paragraph_over_ || follows_example) && !is_section_empty_) {
            text_ += ".PP\n";
        }
        is_section_empty_ = false;
        text_ += roff(line) + '\n';
    }

    void add_to_example(const std::string& line) {
        if (!is_within_) begin_section("Notes");
        if (!is_example_) text_ += std::string(is_section_empty_ ? "" : ".PP\n") + ".RS 4\n.nf\n";
        else if (is_paragraph_over_) text_ += "\n";
        is_example_ = true;
        is_section_empty_ = false;
        text_ += roff(line, false) + '\n';
    }

    void end_example() {
        if (is_example_) text_ += ".fi\n.RE\n";
        is_example_ = false;
    }

    std::vector<std::string> lines_;
    std::size_t at_ = 0;
    std::string text_;
    bool is_paragraph_over_ = true;
    bool is_within_ = false;  ///< a section
    bool is_section_empty_ = true;
    bool is_example_ = false;
    bool has_notes_ = false;
};

std::string see_also(const ToldCommandLine& line, const std::string& but) {
    std::string text = ".SH \"SEE ALSO\"\n";
    std::vector<std::string> names;
    if (but != "entente") names.emplace_back("entente");
    for (const ToldCommand& command : line.commands)
        if ("entente-" + command.name != but) names.push_back("entente-" + command.name);
    for (std::size_t k = 0; k < names.size(); ++k) text += fmt::format(".BR {} (1){}\n", roff(names[k]), k + 1 < names.size() ? "," : "");
    return text;
}

std::string commands_text(const ToldCommandLine& line) {
    std::string text = ".SH COMMANDS\n";
    for (const std::string& group : groups_of(line.commands)) {
        text += fmt::format(".SS \"{}\"\n", roff(group));
        for (const ToldCommand& command : line.commands)
            if (command.group == group) text += fmt::format(".TP\n\\fB{}\\fP\n{}\n", roff(command.name), roff(command.about));
    }
    return text;
}

}  // namespace

std::string manual_page(const ToldCommandLine& line) {
    const ToldCommand& whole = line.whole;
    const std::string about = whole.about.substr(0, whole.about.find(".\n"));  // Entente: an agent-based ...
    return head("entente", about.substr(about.find(": ") + 2)) + ".SH SYNOPSIS\n\\fBentente\\fP [\\fIOPTIONS\\fP] \\fICOMMAND\\fP .\\|.\\|.\n.SH DESCRIPTION\n" +
           roff(whole.about) + commands_text(line) + options_text(whole) + Footer(whole.footer).written() + see_also(line, "entente");
}

std::string manual_page(const ToldCommandLine& line, const ToldCommand& command) {
    const std::string name = "entente-" + command.name;
    return head(name, command.about) + synopsis(command) + ".SH DESCRIPTION\n" + roff(command.about) + ".\n" + options_text(command) +
           Footer(command.footer).written() + see_also(line, name);
}

}  // namespace entente
