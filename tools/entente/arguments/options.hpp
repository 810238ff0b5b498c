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

/// One of them. What is called on it may be chained.
class Option {
public:
    explicit Option(CLI::Option* option) : option_(option) {}

    Option* description(const std::string& text);
    Option* type_name(const std::string& name);    ///< of its value in the help, `NAME=VALUE`
    Option* group(const std::string& heading);     ///< in the help, under which it stands; "": it is not told
    Option* required(bool is_required = true);
    Option* allow_extra_args(bool are_allowed);    ///< false: one value each time it is given
    Option* excludes(const Option* other);         ///< both may not be given

private:
    CLI::Option* option_;
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

private:
    Option* keep(CLI::Option* option) { return &options_.emplace_back(option); }

    CLI::App* app_;
    std::list<Option> options_;
    std::list<Options> commands_;
};

}  // namespace entente
