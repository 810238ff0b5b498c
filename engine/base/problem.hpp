/// Problems in a user's input: where they are, what is wrong, what to try.
#pragma once

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace entente {

/// A span in one file of a Sources: lines and columns count from 1, columns and length in characters (UTF-8 code points).
struct Place {
    int file = -1;  ///< number in Sources, -1: no file (a command-line argument, say)
    int line = 0;   ///< 0: the file as a whole
    int column = 0;
    int length = 1;
};

/// A piece of a source text that knows where each of its characters came from.
struct Text {
    std::string value;
    Place place;                ///< of the first character
    std::vector<Place> places;  ///< of every byte of `value`; empty when the text stands on one line as written

    /// Where `length` bytes from `offset` on stand. Offsets past the end give the place after the last character.
    [[nodiscard]] Place at(std::size_t offset, std::size_t length = 1) const;
};

/// The texts of all files read, kept for messages.
class Sources {
public:
    int add(std::string path, std::string text);
    [[nodiscard]] const std::string& path(int file) const { return files_.at(file).path; }
    [[nodiscard]] const std::string& text(int file) const { return files_.at(file).text; }
    [[nodiscard]] std::string_view line(int file, int number) const;
    [[nodiscard]] int count() const { return static_cast<int>(files_.size()); }

private:
    struct File {
        std::string path;
        std::string text;
        std::vector<std::size_t> line_starts;
    };
    std::vector<File> files_;
};

enum class Severity {
    error,
    warning,  ///< may be a mistake
    note      ///< what was asked for and did: no fault, but worth knowing
};
std::string_view name_of(Severity severity);

struct Problem {
    Severity severity = Severity::error;
    Place place;
    std::string what;  ///< what is wrong, with the value shown
    std::string help;  ///< what to try; may be empty
};

/// `file:line:column: error: what`, the line, a caret below it and `help: …`.
std::string render(const Problem& problem, const Sources& sources);
/// The first 200 of them with a blank line between, and how many more there are.
std::string render(std::span<const Problem> problems, const Sources& sources);

/// Collects every problem of an input, so that all are reported at once.
class Problems {
public:
    void error(const Place& place, std::string what, std::string help = {});
    void warning(const Place& place, std::string what, std::string help = {});
    void note(const Place& place, std::string what, std::string help = {});
    void add(Problem problem);
    [[nodiscard]] bool has_errors() const { return errors_ > 0; }
    [[nodiscard]] std::size_t error_count() const { return errors_; }
    [[nodiscard]] bool empty() const { return problems_.empty(); }
    /// In the order of the files, lines and columns; a problem said twice of one place is kept once.
    [[nodiscard]] std::vector<Problem> sorted() const;
    /// All that is sorted(), rendered.
    [[nodiscard]] std::string render(const Sources& sources) const;

private:
    std::vector<Problem> problems_;
    std::unordered_set<std::string> said_;  ///< place and text of each
    std::size_t errors_ = 0;
};

/// Exit codes of the command, as errors carry them.
enum class ExitCode { fine = 0, warnings = 1, usage = 2, runs_failed = 3, internal = 70, interrupted = 130 };

/// Someone else's mistake or misfortune: a wrong argument, an unreadable file, a full disk.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& what, std::string help = {}, ExitCode code = ExitCode::usage)
        : std::runtime_error(what), help_(std::move(help)), code_(code) {}
    [[nodiscard]] const std::string& help() const { return help_; }
    [[nodiscard]] ExitCode code() const { return code_; }

private:
    std::string help_;
    ExitCode code_;
};

/// A scenario with errors; `what()` is the whole rendered text, `problems()` the facts.
class ScenarioError : public Error {
public:
    ScenarioError(const Problems& problems, const Sources& sources);
    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
    [[nodiscard]] const Sources& sources() const { return *sources_; }  ///< paths of files only, without their text

private:
    std::vector<Problem> problems_;
    std::shared_ptr<const Sources> sources_;
};

}  // namespace entente
