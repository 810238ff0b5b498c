// Tests: checker_calls, checker_rows, schema.
// What is said about expressions that can't be read, word for word: messages.txt holds every message as a user sees it, under
// the place where its expression stands. ENTENTE_REWRITE=1 rewrites the file from today's messages.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "expressions.hpp"

namespace entente::test {
namespace {

const std::string file = std::string(ENTENTE_ROOT) + "/tests/language/messages.txt";

using Read = std::function<void(Reading&)>;

Read expression(const Context& context) {
    return [context](Reading& reading) { EXPECT_FALSE(read_expression(reading.text, context, reading.problems)); };
}

Read row(KindId kind) {
    return [kind](Reading& reading) { EXPECT_FALSE(read_row(reading.text, kind, world(), reading.problems)); };
}

const std::map<std::string, Read> places{
    {"a rule on state", expression(in_step(state))},
    {"a rule on crowd", expression(in_step(crowd))},
    {"a rule on relation", expression(in_step(relation))},
    {"a rule on tie", expression(in_step(tie))},
    {"a measure", expression(in_measure())},
    {"a measure on state", expression(in_measure(state))},
    {"a derived field", expression(without_row("a derived field"))},
    {"the start of state.power", expression(in_start(state, 0))},
    {"the start of state.gold", expression(in_start(state, 1))},
    {"the start of relation.grievance", expression(in_start(relation, 1))},
    {"a choice's outside", expression(in_outside())},
    {"the timeline", expression(without_row("the timeline"))},
    {"a row of state", row(state)},
    {"a row of crowd", row(crowd)},
    {"a row of relation", row(relation)},
    {"what the timeline sets", [](Reading& reading) { EXPECT_FALSE(read_state_target(reading.text, world(), reading.problems)); }},
};

/// The file as it would be, were every message in it what is said today.
std::string rewritten(const std::string& text) {
    std::string result;
    const Read* read = nullptr;
    std::string last_expression;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find("\n\n", begin), text.size());
        const std::string block = text.substr(begin, end - begin);
        begin = end + 2;
        if (block.starts_with("== ")) read = &places.at(block.substr(3));
        if (block.starts_with("world.yaml:")) {
            const std::size_t line = block.find("\n    1 | ") + 9;
            const std::string written = block.substr(line, block.find('\n', line) - line);
            if (written == last_expression) continue;  // its second problem was told with the first
            last_expression = written;
            Reading reading(written);
            (*read)(reading);
            result += reading.said() + "\n\n";
        } else {
            result += block + "\n\n";
            last_expression.clear();
        }
    }
    return result.substr(0, result.size() - 1);
}

TEST(Messages, are_as_written_in_messages_txt) {
    std::ifstream stream(file);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    ASSERT_GT(text.size(), 10'000U);
    const std::string today = rewritten(text.substr(0, text.size() - 1));
    if (std::getenv("ENTENTE_REWRITE") != nullptr) std::ofstream(file) << today;
    EXPECT_EQ(today, text);
}

}  // namespace
}  // namespace entente::test
