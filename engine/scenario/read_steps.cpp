#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

constexpr std::array<std::pair<std::string_view, Step::Form>, 4> drives{{
    {"probability", Step::Form::probability},
    {"rate", Step::Form::rate},
    {"count", Step::Form::count},
    {"choice", Step::Form::choice},
}};

// -- statements ----------------------------------------------------------------------------------------------------------------------

constexpr std::string_view statement_help = "write x = e, x += e, x -= e or x *= e";

/// Where a statement's operator stands.
struct Sign {
    std::size_t begin;
    std::size_t size;
    Statement::Op op;
};

std::optional<Sign> sign_of(const Text& text, Problems& problems) {
    const std::string& value = text.value;
    const std::size_t equals = value.find('=');
    const char before = equals == std::string::npos || equals == 0 ? ' ' : value[equals - 1];
    const bool is_comparison =
        equals != std::string::npos && (value.compare(equals, 2, "==") == 0 || before == '<' || before == '>' || before == '!');
    const bool is_other = before == '/' || before == '%' || (before == '*' && equals > 1 && value[equals - 2] == '*');
    if (equals == std::string::npos || is_comparison || is_other) {
        problems.error(text.place, fmt::format("'{}' is not an assignment", value),
                       before == '/' ? "to divide write x *= 1 / e" : std::string(statement_help));
        return std::nullopt;
    }
    const auto is = [&](std::size_t at, char c) { return at < value.size() && value[at] == c; };
    const bool is_turned = is(equals + 1, '+') || is(equals + 1, '*') || (is(equals + 1, '-') && is(equals + 2, ' '));
    if (is_turned && before == ' ') {
        const std::string turned = value.substr(equals, 2);
        problems.error(text.at(equals, 2), fmt::format("'{}' sets, whatever sign comes after it", turned),
                       fmt::format("did you mean `{}=`? To set, write a space after the =", turned[1]));
        return std::nullopt;
    }
    if (before == '+') return Sign{equals - 1, 2, Statement::Op::add};
    if (before == '-') return Sign{equals - 1, 2, Statement::Op::subtract};
    if (before == '*') return Sign{equals - 1, 2, Statement::Op::multiply};
    return Sign{equals, 1, Statement::Op::set};
}

/// The left side of statements of one step.
class TargetReader {
public:
    TargetReader(Reader& reader, KindId on, const std::vector<Let>& lets)
        : reader_(reader), schema_(reader.scenario.schema), on_(on), lets_(lets) {}

    /// Fills in `on` and `field` of the statement; false after a problem.
    bool read(const Text& left, Statement& statement) {
        const std::size_t dot = left.value.find('.');
        const Text name = dot == std::string::npos ? left : trimmed_part(left, dot + 1);
        if (!is_identifier(name.value) || (dot != std::string::npos && !is_identifier(trimmed_part(left, 0, dot).value)))
            return refuse(left, fmt::format("'{}' can't be written to by a step", left.value),
                          "a step writes its own row's fields, and adds to source.x, target.x and reverse.x");
        KindId kind = on_;
        if (dot != std::string::npos) {
            const auto end = end_named(trimmed_part(left, 0, dot), statement);
            if (!end) return false;
            kind = *end;
        }
        const auto field = schema_.field(kind, name.value);
        if (!field) return no_field(name, kind);
        if (reader_.is_input(kind, *field))
            return refuse(name, fmt::format("'{}' is an input and can't be written", name.value), "write a field of its own, which may start from it");
        statement.field = *field;
        if (statement.on == Statement::On::own || statement.op == Statement::Op::add || statement.op == Statement::Op::subtract)
            return true;
        return refuse(left, fmt::format("'{}' can only be added to", left.value), "several rows may write to it in one step: use += or -=");
    }

private:
    bool refuse(const Text& at, std::string what, std::string help) {
        reader_.problems.error(at.place, std::move(what), std::move(help));
        return false;
    }

    std::optional<KindId> end_named(const Text& end, Statement& statement) {
        const Schema::Kind& kind = schema_[on_];
        const bool is_end = end.value == "source" || end.value == "target" || end.value == "reverse";
        if (!is_end) {
            refuse(end, fmt::format("a step on '{}' can't write to '{}'", kind.name, end.value),
                   "it writes its own row's fields, and adds to source.x, target.x and reverse.x");
        } else if (!kind.is_link) {
            refuse(end, fmt::format("'{}' is a link's word, and '{}' are agents", end.value, kind.name),
                   "an agent writes its own fields: run the step on the links instead");
        } else if (end.value == "reverse" && kind.source != kind.target) {
            refuse(end, fmt::format("'{}' has no reverse: its ends are of different kinds", kind.name), "");
        } else {
            statement.on = end.value == "source"   ? Statement::On::source
                           : end.value == "target" ? Statement::On::target
                                                   : Statement::On::reverse;
            return end.value == "source" ? kind.source : end.value == "target" ? kind.target : on_;
        }
        return std::nullopt;
    }

    bool no_field(const Text& name, KindId kind) {
        const Schema::Kind& names = schema_[kind];
        if (schema_.derived(kind, name.value))
            return refuse(name, fmt::format("'{}' is derived and can't be written", name.value), "write the fields it is made of");
        if (schema_.input(name.value))
            return refuse(name, fmt::format("'{}' is an input and can't be written", name.value), "write a field of its own, which may start from it");
        if (schema_.parameter(name.value))
            return refuse(name, fmt::format("'{}' is a parameter and can't be written", name.value), "make it a field if it changes");
        if (schema_.event(name.value))
            return refuse(name, fmt::format("'{}' is an event and can't be written", name.value), "it reads as how often it fired");
        if (std::any_of(lets_.begin(), lets_.end(), [&](const Let& let) { return let.name == name.value; }))
            return refuse(name, fmt::format("'{}' is a name given by `let` and can't be written", name.value), "write a field");
        const std::string otherwise = names.fields.empty() ? "it has no fields" : fmt::format("its fields are {}", listed(names.fields));
        return refuse(name, fmt::format("'{}' has no field called '{}'", names.name, name.value),
                      did_you_mean(name.value, names.fields, otherwise));
    }

    Reader& reader_;
    const Schema& schema_;
    KindId on_;
    const std::vector<Let>& lets_;
};

void read_statement(Reader& reader, const Node& node, Step& step) {
    if (!node.is_scalar())
        return wrong_type(node, "do", "a list of statements", reader.problems, "write each as `- x += e`, in quotes if it holds ': '");
    const Text text = read_formula(node, "do", reader.problems);
    if (text.value.empty()) return;
    const auto sign = sign_of(text, reader.problems);
    if (!sign) return;
    Statement statement;
    statement.text = text;
    statement.op = sign->op;
    const Text left = trimmed_part(text, 0, sign->begin);
    statement.value.text = trimmed_part(text, sign->begin + sign->size);
    if (left.value.empty() || statement.value.text.value.empty()) {
        reader.problems.error(text.place, fmt::format("'{}' lacks one of its sides", text.value), std::string(statement_help));
        return;
    }
    TargetReader(reader, step.on, step.lets).read(left, statement);
    step.statements.push_back(std::move(statement));
}

/// How many brackets open in a text that it does not close; below 0: how many it closes that others opened.
int open_brackets(std::string_view text) {
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return c == '(' || c == '['; }) -
                            std::count_if(text.begin(), text.end(), [](char c) { return c == ')' || c == ']'; }));
}

/// `[x = normal(0, s)]`: the comma ended the statement. Gives how many items it was torn into, 0 when it was not.
std::size_t torn_statement(std::span<const NodePtr> items, Problems& problems) {
    if (!items[0]->is_scalar() || items[0]->quoted || open_brackets(items[0]->text.value) <= 0) return 0;
    std::string whole = items[0]->text.value;
    for (std::size_t i = 1; i < items.size() && items[i]->is_scalar() && !items[i]->quoted; ++i) {
        whole += ", " + items[i]->text.value;
        if (open_brackets(whole) > 0) continue;
        problems.error(items[0]->place, "within [ ] a comma ends a statement", fmt::format("put it in quotes: \"{}\"", whole));
        return i + 1;
    }
    return 0;
}

void read_statements(Reader& reader, const Mapping& mapping, Step& step) {
    const Node* node = mapping.find("do");
    if (!node) return;
    if (!node->is_list()) return read_statement(reader, *node, step);
    for (std::size_t i = 0; i < node->items.size();) {
        const std::size_t torn = torn_statement(std::span(node->items).subspan(i), reader.problems);
        if (torn == 0) read_statement(reader, *node->items[i], step);
        i += std::max<std::size_t>(torn, 1);
    }
}

// -- the rest ------------------------------------------------------------------------------------------------------------------------

void read_lets(const Mapping& mapping, Step& step, Problems& problems) {
    const Node* node = mapping.find("let");
    if (!node) return;
    if (!node->is_map()) return wrong_type(*node, "let", "a mapping of names to expressions", problems, "write let: {name: expression}");
    for (const Entry& entry : node->entries)
        step.lets.push_back({entry.key.value, entry.key.place, {read_formula(*entry.value, entry.key.value, problems), nullptr}});
}

void read_code(const Mapping& mapping, Step& step, Problems& problems) {
    const Node* node = mapping.find("code");
    if (!node) return;
    if (!node->is_map()) return wrong_type(*node, "code", "a mapping", problems, "write code: {cameo: \"0233\", goldstein: 7}");
    const Mapping code(*node, Section::code, problems);
    step.cameo = code.text("cameo");
    step.goldstein = code.number("goldstein");
    if (step.goldstein && (*step.goldstein < -10 || *step.goldstein > 10))
        wrong_type(*code.find("goldstein"), "goldstein", "a number from -10 to 10", problems);
}

std::optional<Formula> formula_of(const Mapping& mapping, std::string_view key) {
    if (!mapping.has(key)) return std::nullopt;
    return Formula{mapping.formula(key), nullptr};
}

void read_drive(const Reader& reader, const Mapping& mapping, Step& step) {
    Problems& problems = reader.problems;
    bool is_misspelt = false;
    for (const auto& [key, form] : drives) is_misspelt = is_misspelt || mapping.is_misspelt(key);
    for (const Entry& entry : mapping.entries()) {
        const auto drive = std::find_if(drives.begin(), drives.end(), [&](const auto& d) { return d.first == entry.key.value; });
        if (drive == drives.end()) continue;
        if (step.drive)
            problems.error(entry.key.place, fmt::format("the event '{}' has a second chance, '{}'", step.name, drive->first),
                           "keep one of probability, rate, count and choice");
        step.form = drive->second;
        step.drive = formula_of(mapping, drive->first);
    }
    if (!step.drive && !is_misspelt)
        problems.error(step.place, fmt::format("the event '{}' lacks its chance", step.name),
                       "give it one of probability, rate, count and choice");
    if (step.form == Step::Form::choice && !reader.scenario.schema[step.on].is_link)
        problems.error(mapping.find("choice")->place,
                       fmt::format("a choice is made among links, and '{}' are agents", reader.scenario.schema[step.on].name),
                       "run the event on the links from the choosing agents");
    for (const auto* key : {"temperature", "outside"})
        if (mapping.has(key) && step.drive && step.form != Step::Form::choice)
            problems.error(mapping.find(key)->place, fmt::format("'{}' belongs to a choice, and this event has none", key), "remove it");
    step.temperature = formula_of(mapping, "temperature");
    step.outside = formula_of(mapping, "outside");
}

void read_step(Reader& reader, const Entry& entry) {
    const bool is_event = entry.value->find("event") != nullptr;
    const Mapping mapping(*entry.value, is_event ? Section::event : Section::rule, reader.problems);
    const Node* on = mapping.find("on");
    const auto on_name = on ? read_text(*on, "on", reader.problems) : std::nullopt;
    const auto kind = on_name ? reader.find_kind(*on_name, Reader::Wanted::any) : std::nullopt;
    if (!kind) {
        if (is_event) reader.lost.insert(entry.key.value);
        return;
    }
    Step step;
    step.name = entry.key.value;
    step.place = entry.key.place;
    step.on = *kind;
    step.remarks = mapping.remarks();
    if (is_event) {
        step.event = {static_cast<int>(reader.scenario.schema.events.size())};
        reader.scenario.schema.events.push_back({step.name, *kind});
        read_drive(reader, mapping, step);
        read_code(mapping, step, reader.problems);
    }
    read_lets(mapping, step, reader.problems);
    step.where = formula_of(mapping, "where");
    read_statements(reader, mapping, step);
    reader.scenario.steps.push_back(std::move(step));
}

}  // namespace

void read_steps(Reader& reader, const Named& steps) {
    for (const Entry& entry : steps.entries()) read_step(reader, entry);
}

}  // namespace entente
