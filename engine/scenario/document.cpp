#include <entente/scenario/document.hpp>

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>
#include <unordered_map>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <entente/base/harmless.hpp>
#include <entente/base/utf8.hpp>
#include <entente/scenario/scalar_places.hpp>

namespace entente {
namespace {

/// Ends the parsing of a document, after the problem was said.
struct Stop {};

/// Reads a text where it lies.
class ViewBuffer : public std::streambuf {
public:
    explicit ViewBuffer(std::string_view text) {
        char* begin = const_cast<char*>(text.data());  // a get area is never written to
        setg(begin, begin, begin + text.size());
    }
};

/// The text with what would command a terminal written out (harmless.hpp); each byte keeps its place.
void make_harmless(Text& text) {
    Text made{{}, text.place, {}};
    for (std::size_t i = 0; i < text.value.size();) {
        const std::string_view rest = std::string_view(text.value).substr(i);
        const std::size_t bytes = std::max<std::size_t>(first_character(rest).bytes, 1);
        const std::string shown = harmless(rest.substr(0, bytes));
        made.places.insert(made.places.end(), shown.size(), text.at(i));
        made.value += shown;
        i += bytes;
    }
    text = std::move(made);
}

/// Builds the tree from what yaml-cpp reports.
class Builder : public YAML::EventHandler {
public:
    Builder(int file, std::string_view text, Problems& problems) : lines_(file, text), problems_(problems) {}

    [[nodiscard]] NodePtr root() const { return root_; }
    [[nodiscard]] const Lines& lines() const { return lines_; }
    [[nodiscard]] Place place(const YAML::Mark& mark, int length = 1) const {
        return lines_.place(static_cast<std::size_t>(std::max(mark.pos, 0)), length);
    }
    /// The innermost `[` or `{` that is open.
    [[nodiscard]] std::optional<Place> open_bracket() const {
        const auto open = std::find_if(stack_.rbegin(), stack_.rend(), [](const Frame& frame) { return frame.is_flow; });
        return open == stack_.rend() ? std::nullopt : std::optional(open->node->place);
    }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        auto node = std::make_shared<Node>();
        node->place = !stack_.empty() && stack_.back().key ? stack_.back().key->place : place(mark);
        add(std::move(node), anchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
        refuse_tag(mark, tag);
        auto node = std::make_shared<Node>();
        LocatedScalar located = locate_scalar(value, lines_, static_cast<std::size_t>(mark.pos));
        node->kind = Node::Kind::scalar;
        if (harmless(value) != value) make_harmless(located.text);
        node->place = located.text.place;
        node->text = std::move(located.text);
        node->quoted = tag == "!";
        if (!node->quoted) node->comment = comment_behind(value, static_cast<std::size_t>(mark.pos));
        if (!located.closed) stop(place(mark), "this quote is not closed", "end the text with the same quote");
        add(std::move(node), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end()) stop(place(mark), "an alias is inside the value that it names", "write the value out");
        if (static_cast<int>(stack_.size()) + found->second->depth > deepest_nesting) too_deep(place(mark));
        add(found->second, 0, place(mark));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
        open(mark, tag, anchor, style, Node::Kind::list);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
        open(mark, tag, anchor, style, Node::Kind::map);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        std::shared_ptr<Node> node;
        YAML::anchor_t anchor;
        bool is_flow;
        std::optional<Text> key;
        bool key_is_bad = false;
        std::unordered_map<std::string, int> lines;  ///< of the keys so far
    };

    /// Where ` #1` stands behind a text of one line that begins at byte `begin`.
    [[nodiscard]] std::optional<Place> comment_behind(std::string_view value, std::size_t begin) const {
        const std::string_view rest = lines_.text().substr(std::min(begin, lines_.text().size()));
        if (!rest.starts_with(value)) return std::nullopt;
        const std::size_t sign = std::min(rest.find_first_not_of(" \t", value.size()), rest.size());
        const bool is_comment = sign > value.size() && sign + 1 < rest.size() && rest[sign] == '#';
        if (!is_comment || std::string_view(" \t\r\n#!-=").find(rest[sign + 1]) != std::string_view::npos) return std::nullopt;
        return lines_.place(begin + sign);
    }

    [[noreturn]] void stop(const Place& at, std::string what, std::string help) {
        problems_.error(at, std::move(what), std::move(help));
        throw Stop{};
    }
    [[noreturn]] void too_deep(const Place& at) {
        stop(at, fmt::format("values are nested more than {} levels deep", deepest_nesting),
             "a scenario needs about ten: is a bracket too many?");
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        constexpr std::string_view standard = "tag:yaml.org,2002:";
        const std::string written = tag.starts_with(standard) ? "!!" + tag.substr(standard.size()) : tag;
        problems_.error(place(mark), fmt::format("the tag '{}' has no meaning here", written),
                        "remove it: a scenario holds texts, numbers, lists and mappings");
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style, Node::Kind kind) {
        refuse_tag(mark, tag);
        if (static_cast<int>(stack_.size()) >= deepest_nesting) too_deep(place(mark));
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->place = place(mark);
        stack_.push_back({std::move(node), anchor, style == YAML::EmitterStyle::Flow, std::nullopt, false, {}});
    }

    void close() {
        Frame frame = std::move(stack_.back());
        stack_.pop_back();
        add(std::move(frame.node), frame.anchor);
    }

    void add(NodePtr node, YAML::anchor_t anchor) {
        const Place at = node->place;
        add(std::move(node), anchor, at);
    }

    void add(NodePtr node, YAML::anchor_t anchor, const Place& at) {
        if (anchor != 0) anchors_[anchor] = node;
        if (stack_.empty()) {
            root_ = std::move(node);
        } else if (Frame& frame = stack_.back(); frame.node->is_list()) {
            grow(*frame.node, *node, at);
            frame.node->items.push_back(std::move(node));
        } else if (!frame.key && !frame.key_is_bad) {
            take_key(frame, *node);
        } else {
            take_value(frame, std::move(node), at);
        }
    }

    void take_key(Frame& frame, const Node& node) {
        if (!node.is_scalar()) {
            problems_.error(node.place, "a key must be a text", "write `key: value`; quote a key that begins with a bracket or is empty");
            frame.key_is_bad = true;
            return;
        }
        const auto [first, is_new] = frame.lines.try_emplace(node.text.value, node.place.line);
        if (is_new) {
            frame.key = node.text;
        } else {
            problems_.error(node.place, fmt::format("'{}' occurs twice: first on line {}", node.text.value, first->second),
                            "keep one of them");
            frame.key_is_bad = true;
        }
    }

    void take_value(Frame& frame, NodePtr node, const Place& at) {
        if (!frame.key_is_bad) {
            grow(*frame.node, *node, at);
            frame.node->entries.push_back({std::move(*frame.key), std::move(node)});
        }
        frame.key.reset();
        frame.key_is_bad = false;
    }

    void grow(Node& parent, const Node& child, const Place& at) {
        parent.weight += child.weight;
        parent.depth = std::max(parent.depth, child.depth + 1);
        if (parent.weight <= most_values) return;
        stop(at, fmt::format("the file holds more than {} values, aliases counted as what they stand for", most_values),
             "put large data into a table, and name few values with &");
    }

    Lines lines_;
    Problems& problems_;
    std::vector<Frame> stack_;
    std::unordered_map<YAML::anchor_t, NodePtr> anchors_;
    NodePtr root_;
};

std::string_view indent_of(std::string_view line) {
    return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

/// What tore an unquoted text within brackets: a ` #`, with which a comment begins, or a second `: `.
struct Tear {
    int line = 0;
    int column = 0;
    bool is_comment = false;
};

/// The first in the lines from an open bracket on, up to line `last`.
std::optional<Tear> find_tear(const Place& bracket, int last, const Sources& sources) {
    char quote = 0;
    for (int number = bracket.line; number <= last; ++number) {
        const std::string_view line = sources.line(bracket.file, number);
        bool has_value = false;
        for (std::size_t i = number == bracket.line ? offset_of_character(line, static_cast<std::size_t>(bracket.column) - 1) : 0; i < line.size(); ++i) {
            const char c = line[i];
            const bool is_after_space = i > 0 && (line[i - 1] == ' ' || line[i - 1] == '\t');
            const auto tear = [&](bool is_comment) {
                return Tear{number, 1 + static_cast<int>(count_characters(line.substr(0, i))), is_comment};
            };
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if ((c == '"' || c == '\'') && (is_after_space || (i > 0 && std::string_view("[{,").find(line[i - 1]) != std::string_view::npos))) {
                quote = c;
            } else if (c == '#' && is_after_space) {
                if (line.find_first_of("]}", i) != std::string_view::npos) return tear(true);
                break;
            } else if (c == ',' || c == '{' || c == '[' || c == '}' || c == ']') {
                has_value = false;
            } else if (c == ':' && i + 1 < line.size() && line[i + 1] == ' ') {
                if (has_value) return tear(false);
                has_value = true;
            }
        }
    }
    return std::nullopt;
}

/// Within `bracket`, which is not closed.
void say_open_bracket(const Place& bracket, int last, const Sources& sources, Problems& problems) {
    const auto tear = find_tear(bracket, last, sources);
    if (!tear)
        problems.error(bracket, "this bracket is not closed", "close it, or put a text that begins with a bracket in quotes");
    else if (tear->is_comment)
        problems.error({bracket.file, tear->line, tear->column, 1}, "a comment begins here, and the bracket before it is not closed",
                       "put a text that holds ' #' in quotes");
    else
        problems.error({bracket.file, tear->line, tear->column, 1}, "there is a second ': ' in one text", "put a text that holds ': ' in quotes");
}

/// What yaml-cpp found wrong, in our words.
void say(const YAML::ParserException& fault, const Builder& builder, const Sources& sources, int file, Problems& problems) {
    const Place place = builder.place(fault.mark);
    const std::string_view text = builder.lines().text();
    const std::size_t offset = std::min(static_cast<std::size_t>(std::max(fault.mark.pos, 0)), text.size());
    const char character = offset < text.size() ? text[offset] : ' ';
    const bool is_glued = (character == '[' || character == '{') && offset > 0 &&
                          std::string_view(" \t\n,[{").find(text[offset - 1]) == std::string_view::npos;
    const std::string& message = fault.msg;
    const auto is = [&](std::string_view words) { return message.find(words) != std::string::npos; };

    if (indent_of(sources.line(file, place.line)).find('\t') != std::string_view::npos)
        problems.error({file, place.line, 1, 1}, "there is a tab in the indentation", "indent with spaces");
    else if (is("flow not found") && is_glued)
        problems.error(place, fmt::format("'{}' ends an unquoted text within brackets", character), "put the whole text in quotes");
    else if (is("flow not found") && builder.open_bracket())
        say_open_bracket(*builder.open_bracket(), place.line, sources, problems);
    else if (is("illegal map value"))
        problems.error(place, "there is a ': ' without a key before it",
                       "put a text that holds ': ' in quotes, and check that the keys of one mapping begin in one column");
    else if (is("end of map not found") || is("end of sequence not found") || is("illegal block entry"))
        problems.error(place, "this line does not go with the lines above it",
                       "the keys of one mapping begin in one column, and so do the '-' of one list, each on a line of its own");
    else if (is("anchor is not defined"))
        problems.error(place, "a value that begins with '*' names an anchor, and there is none of that name",
                       "put a text that begins with '*' in quotes");
    else if (is("unknown token"))
        problems.error(place, fmt::format("a value can't begin with '{}'", character), "put the text in quotes");
    else if (is("illegal flow end"))
        problems.error(place, fmt::format("this '{}' has no opening bracket", character), "remove it, or put the text in quotes");
    else if (is("unknown escape"))
        problems.error(place, fmt::format("'\\{}' has no meaning in double quotes", message.back()),
                       "write \\\\ for a backslash, or use single quotes");
    else
        problems.error(place, fmt::format("this is not valid YAML: {}", message), "check the brackets, quotes and indents near here");
}

NodePtr parse(int file, const Sources& sources, Problems& problems) {
    ViewBuffer buffer(sources.text(file));
    std::istream stream(&buffer);
    Builder builder(file, sources.text(file), problems);
    try {
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        const NodePtr root = builder.root();
        Builder second(file, sources.text(file), problems);
        if (root && parser.HandleNextDocument(second))
            problems.error(second.root()->place, "a second document begins here",
                           "a file holds one scenario: remove the line '---' above");
        return root;
    } catch (const Stop&) {
    } catch (const YAML::ParserException& fault) {
        say(fault, builder, sources, file, problems);
    }
    return nullptr;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key.value == key; });
    return found == entries.end() ? nullptr : found->value.get();
}

bool check_text(int file, const Sources& sources, Problems& problems) {
    const std::string_view text = sources.text(file);
    const std::size_t bad = first_bad_byte(text);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; };
    const std::size_t control = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_control) - text.begin());
    const std::size_t first = std::min(bad, control);
    if (first == text.size()) return true;
    const auto byte = static_cast<unsigned char>(text[first]);
    problems.error(Lines(file, text).place(first), fmt::format("the byte 0x{:02X} is not UTF-8 text", byte),
                   bad <= control ? "save the file as UTF-8; one in Latin-1 becomes so by iconv -f WINDOWS-1252 -t UTF-8" : "remove the control character; is this a text file?");
    return false;
}

NodePtr with_key_on(const NodePtr& map) {
    constexpr std::array<std::string_view, 6> truths{"true", "True", "TRUE", "yes", "Yes", "YES"};
    const auto is_truth = [&](const Entry& entry) { return std::find(truths.begin(), truths.end(), entry.key.value) != truths.end(); };
    if (!map->is_map() || map->find("on") || std::count_if(map->entries.begin(), map->entries.end(), is_truth) != 1) return map;
    auto copy = std::make_shared<Node>(*map);
    std::find_if(copy->entries.begin(), copy->entries.end(), is_truth)->key.value = "on";
    return copy;
}

NodePtr parse_document(int file, const Sources& sources, Problems& problems) {
    const std::string_view text = sources.text(file);
    if (text.size() > largest_file) {
        problems.error({file, 0, 0, 1}, fmt::format("the file is larger than {} MiB", largest_file >> 20), "put large data into a table");
        return nullptr;
    }
    if (!check_text(file, sources, problems)) return nullptr;
    const std::size_t before = problems.error_count();
    NodePtr root = parse(file, sources, problems);
    if (!root || root->is_null()) {
        if (problems.error_count() == before) problems.error({file, 0, 0, 1}, "the file is empty", "a scenario begins with `entente: 1`");
        return nullptr;
    }
    if (root->is_map()) return root;
    problems.error(root->place, "a scenario is a mapping of keys to values, and this is not one", "begin with `entente: 1`, one key a line");
    return nullptr;
}

Text trimmed_part(const Text& text, std::size_t offset, std::size_t count) {
    const std::string_view all = text.value;
    const std::string_view part = all.substr(std::min(offset, all.size()), count);
    const std::size_t lead = part.find_first_not_of(" \t\r\n");
    const std::size_t from = lead == std::string_view::npos ? part.size() : lead;
    const std::size_t size = from == part.size() ? 0 : part.find_last_not_of(" \t\r\n") + 1 - from;
    offset = std::min(offset, all.size()) + from;
    Text found{std::string(all.substr(offset, size)), text.at(offset, std::max<std::size_t>(size, 1)), {}};
    if (!text.places.empty()) {
        const auto begin = text.places.begin() + static_cast<std::ptrdiff_t>(offset);
        found.places.assign(begin, begin + static_cast<std::ptrdiff_t>(size));
    }
    return found;
}

}  // namespace entente
