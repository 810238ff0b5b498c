#include "arguments/options.hpp"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>

namespace entente {

namespace {

Value::Kind kind_called(const std::string& name) {
    if (name == "FILE" || name == "SNAP") return Value::Kind::file;
    return name == "DIR" ? Value::Kind::folder : Value::Kind::any;
}

}  // namespace

Option::Option(CLI::Option* option) : option_(option) {
    if (option->get_positional()) value_.kind = kind_called(option->get_single_name());
}

Option* Option::one_of(std::vector<std::string> words) {
    value_ = {Value::Kind::word, std::move(words)};
    return this;
}

Option* Option::folder() {
    value_.kind = Value::Kind::folder;
    return this;
}

Option* Option::description(const std::string& text) {
    option_->description(text);
    return this;
}

Option* Option::type_name(const std::string& name) {
    option_->type_name(name);
    if (value_.kind != Value::Kind::word) value_.kind = kind_called(name);
    return this;
}

Option* Option::group(const std::string& heading) {
    option_->group(heading);
    return this;
}

Option* Option::required(bool is_required) {
    option_->required(is_required);
    return this;
}

Option* Option::allow_extra_args(bool are_allowed) {
    option_->allow_extra_args(are_allowed);
    return this;
}

Option* Option::excludes(const Option* other) {
    option_->excludes(other->option_);
    return this;
}

Option* Options::add_option(const std::string& name, std::string& value, const std::string& about) {
    return keep(app_->add_option(name, value, about));
}

Option* Options::add_option(const std::string& name, std::vector<std::string>& values, const std::string& about) {
    return keep(app_->add_option(name, values, about));
}

Option* Options::add_option_function(const std::string& name, const std::function<void(const std::string&)>& take, const std::string& about) {
    return keep(app_->add_option_function<std::string>(name, take, about));
}

Option* Options::add_flag(const std::string& name, bool& is_given, const std::string& about) {
    return keep(app_->add_flag(name, is_given, about));
}

Option* Options::add_flag_callback(const std::string& name, const std::function<void()>& act, const std::string& about) {
    return keep(app_->add_flag_callback(name, act, about));
}

Options* Options::add_subcommand(const std::string& name, const std::string& about) {
    return &commands_.emplace_back(*app_->add_subcommand(name, about));
}

Value Options::value_of(const CLI::Option* option) const {
    const auto found = std::ranges::find_if(options_, [&](const Option& one) { return one.is(option); });
    return found == options_.end() ? Value{} : found->value();
}

void Options::footer(const std::string& text) {
    app_->footer(text);
}

}  // namespace entente
