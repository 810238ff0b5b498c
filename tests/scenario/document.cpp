// Tests: scalar_places.
#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"an_empty_file", none, "",
     R"(
world.yaml: error: the file is empty
help: a scenario begins with `entente: 1`)"},
    {"a_file_of_comments", none, R"(
# nothing yet
)",
     R"(
world.yaml: error: the file is empty
help: a scenario begins with `entente: 1`)"},
    {"a_list_instead_of_a_mapping", none, R"(
- entente: 1
)",
     R"(
world.yaml:1:1: error: a scenario is a mapping of keys to values, and this is not one
    1 | - entente: 1
      | ^
help: begin with `entente: 1`, one key a line)"},
    {"a_text_instead_of_a_mapping", none, R"(
entente
)",
     R"(
world.yaml:1:1: error: a scenario is a mapping of keys to values, and this is not one
    1 | entente
      | ^~~~~~~
help: begin with `entente: 1`, one key a line)"},
    {"a_second_document", bare, R"(
---
entente: 1
)",
     R"(
world.yaml:4:1: error: a second document begins here
    4 | entente: 1
      | ^
help: a file holds one scenario: remove the line '---' above)"},
    {"a_tab_in_the_indent", none, R"(
entente: 1
calendar:
	ticks: 3
)",
     R"(
world.yaml:3:1: error: there is a tab in the indentation
    3 |     ticks: 3
      | ^~~~
help: indent with spaces)"},
    {"a_comment_within_a_text_in_brackets", bare, R"(
parameters: {a: {value: 1, about: no #1 outlay}}
)",
     R"(
world.yaml:3:38: error: a comment begins here, and the bracket before it is not closed
    3 | parameters: {a: {value: 1, about: no #1 outlay}}
      |                                      ^
help: put a text that holds ' #' in quotes)"},
    {"a_colon_within_a_text_in_brackets", bare, R"(
parameters: {a: {value: 1, about: note: x}}
)",
     R"(
world.yaml:3:39: error: there is a second ': ' in one text
    3 | parameters: {a: {value: 1, about: note: x}}
      |                                       ^
help: put a text that holds ': ' in quotes)"},
    {"a_bracket_never_closed", none, R"(
entente: 1
calendar: {ticks: 3
parameters: {a: 1}
)",
     R"(
world.yaml:2:11: error: this bracket is not closed
    2 | calendar: {ticks: 3
      |           ^
help: close it, or put a text that begins with a bracket in quotes)"},
    {"a_list_never_closed", none, R"(
entente: 1
authors: [Richardson, Axelrod
)",
     R"(
world.yaml:2:10: error: this bracket is not closed
    2 | authors: [Richardson, Axelrod
      |          ^
help: close it, or put a text that begins with a bracket in quotes)"},
    {"a_double_quote_never_closed", none, R"(
entente: 1
title: "Two rivals
)",
     R"(
world.yaml:2:8: error: this quote is not closed
    2 | title: "Two rivals
      |        ^
help: end the text with the same quote)"},
    {"a_single_quote_never_closed", none, R"(
entente: 1
title: 'Two rivals''
)",
     R"(
world.yaml:2:8: error: this quote is not closed
    2 | title: 'Two rivals''
      |        ^
help: end the text with the same quote)"},
    {"a_colon_within_a_value", none, R"(
entente: 1
title: Arms: a race
)",
     R"(
world.yaml:2:12: error: there is a ': ' without a key before it
    2 | title: Arms: a race
      |            ^
help: put a text that holds ': ' in quotes, and check that the keys of one mapping begin in one column)"},
    {"a_key_out_of_its_column", none, R"(
entente: 1
calendar:
  ticks: 3
   step: week
)",
     R"(
world.yaml:4:8: error: there is a ': ' without a key before it
    4 |    step: week
      |        ^
help: put a text that holds ': ' in quotes, and check that the keys of one mapping begin in one column)"},
    {"a_list_after_a_value", none, R"(
entente: 1
authors: me
- you
)",
     R"(
world.yaml:3:1: error: this line does not go with the lines above it
    3 | - you
      | ^
help: the keys of one mapping begin in one column, and so do the '-' of one list, each on a line of its own)"},
    {"a_list_on_its_keys_line", none, R"(
entente: 1
authors: - me
)",
     R"(
world.yaml:2:10: error: this line does not go with the lines above it
    2 | authors: - me
      |          ^
help: the keys of one mapping begin in one column, and so do the '-' of one list, each on a line of its own)"},
    {"a_value_that_begins_with_a_star", none, R"(
entente: 1
title: *arms
)",
     R"(
world.yaml:2:8: error: a value that begins with '*' names an anchor, and there is none of that name
    2 | title: *arms
      |        ^
help: put a text that begins with '*' in quotes)"},
    {"a_value_that_begins_with_an_at_sign", none, R"(
entente: 1
title: @home
)",
     R"(
world.yaml:2:8: error: a value can't begin with '@'
    2 | title: @home
      |        ^
help: put the text in quotes)"},
    {"a_closing_bracket_too_many", none, R"(
entente: 1
title: {a: 1}}
)",
     R"(
world.yaml:2:14: error: this '}' has no opening bracket
    2 | title: {a: 1}}
      |              ^
help: remove it, or put the text in quotes)"},
    {"an_unknown_escape", none, R"(
entente: 1
title: "\q"
)",
     R"(
world.yaml:2:11: error: '\q' has no meaning in double quotes
    2 | title: "\q"
      |           ^
help: write \\ for a backslash, or use single quotes)"},
    {"a_tag", bare, R"(
title: !!python/object x
)",
     R"(
world.yaml:3:8: error: the tag '!!python/object' has no meaning here
    3 | title: !!python/object x
      |        ^
help: remove it: a scenario holds texts, numbers, lists and mappings)"},
    {"a_key_that_is_a_list", bare, R"(
? [a, b]
: 3
)",
     R"(
world.yaml:3:3: error: a key must be a text
    3 | ? [a, b]
      |   ^
help: write `key: value`; quote a key that begins with a bracket or is empty)"},
    {"an_empty_key", bare, R"(
parameters: {: 3}
)",
     R"(
world.yaml:3:14: error: a key must be a text
    3 | parameters: {: 3}
      |              ^
help: write `key: value`; quote a key that begins with a bracket or is empty)"},
    {"a_key_given_twice", bare, R"(
title: one
runs: 3
title: two
)",
     R"(
world.yaml:5:1: error: 'title' occurs twice: first on line 3
    5 | title: two
      | ^~~~~
help: keep one of them)"},
    {"brackets_in_an_unquoted_text_within_brackets", bare, R"(
measures: {trust: state[russia].trust}
)",
     R"(
world.yaml:3:24: error: '[' ends an unquoted text within brackets
    3 | measures: {trust: state[russia].trust}
      |                        ^
help: put the whole text in quotes)"},
    {"an_alias_inside_itself", bare, R"(
authors: &all [me, *all]
)",
     R"(
world.yaml:3:20: error: an alias is inside the value that it names
    3 | authors: &all [me, *all]
      |                    ^
help: write the value out)"},
};

ENTENTE_TELLS(Document, faults);

TEST(Document, tells_the_line_and_column_of_the_first_byte_that_is_no_text) {
    EXPECT_EQ(said_about("entente: 1\ntitle: caf\xE9\n"), R"(world.yaml:2:11: error: the byte 0xE9 is not UTF-8 text
    2 | title: caf�
      |           ^
help: save the file as UTF-8; one in Latin-1 becomes so by iconv -f WINDOWS-1252 -t UTF-8)");
    EXPECT_EQ(said_about(std::string("entente: 1\ntitle: a\x04 b\n")), R"(world.yaml:2:9: error: the byte 0x04 is not UTF-8 text
    2 | title: a� b
      |         ^
help: remove the control character; is this a text file?)");
    EXPECT_EQ(said_about(std::string("\0\1\2", 3)), R"(world.yaml:1:1: error: the byte 0x00 is not UTF-8 text
    1 | ���
      | ^
help: remove the control character; is this a text file?)");
}

TEST(Document, counts_columns_in_characters) {
    EXPECT_EQ(said_about(bare + "title: \"é – ü\"\nparameters: {é: 1, gain: x}\n"),
              R"(world.yaml:4:14: error: 'é' can't be the name of a parameter
    4 | parameters: {é: 1, gain: x}
      |              ^
help: a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`

world.yaml:4:26: error: 'gain' must be a number, and this is the text 'x'
    4 | parameters: {é: 1, gain: x}
      |                          ^)");
}

std::string nested(int levels) {
    return bare + "authors: " + std::string(static_cast<std::size_t>(levels), '[') + std::string(static_cast<std::size_t>(levels), ']') +
           "\n";
}

TEST(Document, refuses_values_nested_deeper_than_64_levels) {
    const std::string deep = R"(world.yaml:3:73: error: values are nested more than 64 levels deep
    3 | authors: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]…
      |                                                                         ^
help: a scenario needs about ten: is a bracket too many?)";
    EXPECT_EQ(said_about(nested(64)).substr(0, 66), deep.substr(0, 66));
    EXPECT_EQ(said_about(nested(100'000)).substr(0, 66), deep.substr(0, 66));
    EXPECT_EQ(said_about(nested(63)).find("levels deep"), std::string::npos);
}

TEST(Document, counts_the_levels_that_an_alias_brings) {
    const std::string half = std::string(40, '[') + std::string(40, ']');
    EXPECT_EQ(said_about(bare + "authors: &half " + half + "\nreferences: " + std::string(40, '[') + "*half" + std::string(40, ']') + "\n"),
              R"(world.yaml:4:53: error: values are nested more than 64 levels deep
    4 | references: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[*half]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
      |                                                     ^
help: a scenario needs about ten: is a bracket too many?)");
}

TEST(Document, stops_an_alias_bomb) {
    std::string bomb = bare + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int k = 1; k < 10; ++k) bomb += ", " + before;
        bomb += "]\n";
    }
    EXPECT_EQ(said_about(bomb), R"(world.yaml:8:55: error: the file holds more than 1000000 values, aliases counted as what they stand for
    8 | a5: &a5 [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]
      |                                                       ^
help: put large data into a table, and name few values with &)");
}

TEST(Document, refuses_a_file_of_more_than_16_MiB) {
    EXPECT_EQ(said_about(bare + "about: " + std::string(16 << 20, 'x')),
              "world.yaml: error: the file is larger than 16 MiB\nhelp: put large data into a table");
}

TEST(Document, writes_out_what_would_command_a_terminal) {
    const Scenario scenario = read(bare + R"(title: "A\e]0;x\a\x9b31m\r\nsecond \u202Eabc"
about: "\0 nul\n\ttab"
parameters: {p: {value: 1, unit: "u\e[31m\nv"}}
measures: {m: p}
)");
    EXPECT_EQ(scenario.title, "A\\x1b]0;x\\x07\\u009b31m\\x0d second \\u202eabc");
    EXPECT_EQ(scenario.about, "\\x00 nul\n\ttab");
    EXPECT_EQ(scenario.parameters[0].unit, "u\\x1b[31m v");
    EXPECT_EQ(said_about(bare + "agents: {a: {count: 1, fields: {f: \"1 + \\e[31m gian\"}}}\n"), R"(world.yaml:3:41: error: '\' has no meaning in an expression
    3 | agents: {a: {count: 1, fields: {f: "1 + \e[31m gian"}}}
      |                                         ^)");
}

TEST(Document, reads_on_as_programs_for_yaml_1_1_write_it) {
    const std::string text = states + R"(
steps:
- {rule: forget, true: state, do: [trust -= 0.1]}
- {event: visit, True: state, rate: 1, do: [arms += 1]}
measures:
  a: {value: trust, true: state}
  b: {value: arms, yes: state}
timeline:
- {tick: 1, event: visit, true: russia}
)";
    EXPECT_EQ(said_about(text), "");
    const Scenario scenario = read(text);
    EXPECT_EQ(scenario.steps[0].on.value, 0);
    EXPECT_EQ(scenario.measures[1].on.value, 0);
    EXPECT_EQ(scenario.timeline[0].row->member.value, 0);
    EXPECT_EQ(said_about(states + "steps: [{rule: forget, on: state, true: state, do: [trust = 1]}]\n"),
              R"(world.yaml:7:35: error: a rule has no key 'true'
    7 | steps: [{rule: forget, on: state, true: state, do: [trust = 1]}]
      |                                   ^~~~
help: its keys are rule, on, where, let, do, about, source and override)");
}

TEST(Document, reads_an_alias_as_what_it_stands_for) {
    const Scenario scenario = read(bare + "parameters: {a: &one {value: 1, unit: km}, b: *one}\nmeasures: {m: a + b}\n");
    EXPECT_EQ(scenario.parameters[1].value, 1);
    EXPECT_EQ(scenario.parameters[1].unit, "km");
}

TEST(Document, reads_windows_line_ends_and_a_byte_order_mark) {
    const Folder folder;
    folder.write("w.yaml",
                 "\xEF\xBB\xBF"
                 "entente: 1\r\ncalendar: {ticks: 3}\r\nabout: |\r\n  one\r\n  two\r\n");
    EXPECT_EQ(read_scenario(folder.path() / "w.yaml").scenario.about, "one\ntwo\n");
}

/// What is said about an expression written `text` over the parameter `gain`.
std::string place_of_fault(const std::string& text) {
    const std::string said = said_about(bare + "parameters: {gain: 1}\nmeasures:\n  m: " + text + "\n");
    return said.substr(0, said.find('\n'));
}

TEST(Document, knows_where_each_character_of_a_text_stands) {
    EXPECT_EQ(place_of_fault("gain + gian"), "world.yaml:5:13: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault("gain\n    + gian"), "world.yaml:6:7: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault("\"gain + gian\""), "world.yaml:5:14: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault("\"gain \\x2B gian\""), "world.yaml:5:17: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault("\"gain \\\n      + gian\""), "world.yaml:6:9: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault("'gain +\n\n      gian'"), "world.yaml:7:7: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault("|\n    gain +\n      gian"), "world.yaml:7:7: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault(">- # folded\n    gain\n    + 1\n    - gian"), "world.yaml:8:7: error: no parameter is called 'gian'");
    EXPECT_EQ(place_of_fault("&named !!str gain + gian").substr(0, 66), "world.yaml:5:6: error: the tag '!!str' has no meaning here");
    EXPECT_EQ(place_of_fault("&named gain + gian"), "world.yaml:5:20: error: no parameter is called 'gian'");
}

TEST(Document, a_text_that_a_comment_cuts_is_told) {
    EXPECT_EQ(said_about("entente: 1\ntitle: the #1 power\ncalendar: {ticks: 3}\n"),
              "world.yaml:2:12: warning: the text 'the' ends before this: ' #' begins a comment\n    2 | title: the #1 power\n      |            ^\n"
              "help: put a text that holds ' #' in quotes; write a blank behind the # of a comment");
    for (const auto* title : {"title: the power  # no. 1", "title: 'the #1 power'", "title: the#1 power", "title: \"the\" #1"})
        EXPECT_EQ(said_about("entente: 1\n" + std::string(title) + "\ncalendar: {ticks: 3} #three\n"), "");
}

}  // namespace
}  // namespace entente::test
