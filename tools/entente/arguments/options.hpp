/// The options of a command. CLI11 reads them; its header, which takes seconds to compile, is seen by few files only.
#pragma once

#include <functional>
#include <list>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace entente {

/// What a value names, as far as others than the command can know.
struct Value {
    enum class Kind { any, word, file, folder };
    Kind kind = Kind::any;
    std::vector<std::string> words{};  ///< one of which it is, where it is a word
};

/// One of them. What is called on it may be chained.
class Option {
public:
    explicit Option(CLI::Option* option);

    Option* description(const std::string& text);
    Option* type_name(const std::string& name);    ///< of its value in the help, `NAME=VALUE`; a FILE or SNAP is a file, a DIR a folder
    Option* one_of(std::vector<std::string> words);  ///< which words its value may be; the command looks itself whether it is
    Option* folder();                               ///< its value names one, whatever it is called
    Option* group(const std::string& heading);     ///< in the help, under which it stands; "": it is not told
    Option* required(bool is_required = true);
    Option* allow_extra_args(bool are_allowed);    ///< false: one value each time it is given
    Option* excludes(const Option* other);         ///< both may not be given

    [[nodiscard]] const Value& value() const { return value_; }
    [[nodiscard]] bool is(const CLI::Option* option) const { return option_ == option; }

private:
    CLI::Option* option_;
    Value value_{};
};

/// Those of one command, or of `entente` itself. References that are added must outlive it.
class Options {
public:
    explicit Options(CLI::App& app) : app_(&app) {}

    /// A name without dashes is an argument known by its place.
    Option* add_option(const std::string& name, std::string& value, const std::string& about);
    Option* add_option(const std::string& name, std::vector<std::string>& values, const std::string& about);
    Option* add_option_function(const std::string& name, const std::function<void(const std::string&)>& take, const std::string& about);
    Option* add_flag(const std::string& name, bool& is_given, const std::string& about);
    Option* add_flag_callback(const std::string& name, const std::function<void()>& act, const std::string& about);
    Options* add_subcommand(const std::string& name, const std::string& about);
    void footer(const std::string& text);  ///< below the options in the help

    [[nodiscard]] CLI::App& app() const { return *app_; }
    [[nodiscard]] const std::list<Options>& commands() const { return commands_; }
    [[nodiscard]] Value value_of(const CLI::Option* option) const;

private:
    Option* keep(CLI::Option* option) { return &options_.emplace_back(option); }

    CLI::App* app_;
    std::list<Option> options_;
    std::list<Options> commands_;
};

}  // namespace entente
