// The engine against CPython on thousands of random expressions: see oracle.py for what may differ and by how much.
#include <bit>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/model/model.hpp>
#include <entente/runtime/kernels.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>

#include "running.hpp"

namespace entente {
namespace {

using test::series;

constexpr int seed = 20211;
const std::vector<std::string> variables{"va", "vb", "vc", "vd"};

struct Expected {
    bool is_known = false;
    double value = 0;
    double bound = 0;
    [[nodiscard]] bool agrees_with(double x) const {
        if (std::isnan(value) || std::isnan(x)) return std::isnan(value) && std::isnan(x);
        return bound == 0 ? std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(value) : std::abs(x - value) <= bound;
    }
};

struct Case {
    std::string text;
    std::vector<Expected> rows;
};

struct Bunch {
    std::vector<std::vector<std::string>> rows;  ///< values of the variables, as written
    std::vector<Case> cases;
};

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> parts;
    std::istringstream stream(line);
    for (std::string part; std::getline(stream, part, '\t');) parts.push_back(part);
    return parts;
}

Expected expected(const std::string& text) {
    if (text == "-") return {};
    char* rest = nullptr;
    const double value = std::strtod(text.c_str(), &rest);
    return {true, value, std::strtod(rest + 1, nullptr)};
}

std::vector<Bunch> ask_python(int expressions) {
    const std::string command = std::string(ENTENTE_PYTHON) + " " + ENTENTE_ROOT + "/tests/language/oracle.py " + std::to_string(seed) +
                                " " + std::to_string(expressions);
    const auto close = [](std::FILE* file) { EXPECT_EQ(pclose(file), 0); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
    std::vector<Bunch> bunches;
    std::string line;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        const std::vector<std::string> parts = split(line);
        if (line == "rows") {
            bunches.emplace_back();
        } else if (bunches.back().rows.size() < 4) {
            bunches.back().rows.push_back(parts);
        } else {
            Case made{parts[0], {}};
            for (std::size_t row = 1; row < parts.size(); ++row) made.rows.push_back(expected(parts[row]));
            bunches.back().cases.push_back(std::move(made));
        }
        line.clear();
    }
    return bunches;
}

/// A kind `k` with the bunch's rows, and one measure for each case.
template <class MeasureOf>
Model model_of(const Bunch& bunch, MeasureOf measure_of) {
    std::string text = "entente: 1\ncalendar: {ticks: 1}\nagents:\n  k:\n    fields: {va: 0, vb: 0, vc: 0, vd: 0}\n    members:\n";
    for (std::size_t row = 0; row < bunch.rows.size(); ++row) {
        text += "      r" + std::to_string(row) + ": {";
        for (std::size_t v = 0; v < variables.size(); ++v) text += (v == 0 ? "" : ", ") + variables[v] + ": " + bunch.rows[row][v];
        text += "}\n";
    }
    text += "measures:\n";
    for (std::size_t i = 0; i < bunch.cases.size(); ++i) text += "  m" + std::to_string(i) + ": " + measure_of(bunch.cases[i].text) + "\n";
    return compile(read_scenario_text(text, "world.yaml", "/nonexistent").scenario);
}

std::string with_variables(std::string text, const std::vector<std::string>& values) {
    for (std::size_t v = 0; v < variables.size(); ++v)
        for (std::size_t at = 0; (at = text.find(variables[v], at)) != std::string::npos; at += values[v].size())
            text.replace(at, variables[v].size(), values[v]);
    return text;
}

Results run(const Model& model, std::string_view instruction_set, int lanes) {
    return run_ensemble(model, {.runs = 1, .threads = 1, .lanes = lanes, .instruction_set = std::string(instruction_set)});
}

std::string shown(const Bunch& bunch, std::size_t row, const Case& c, double found) {
    std::ostringstream text;
    text.precision(17);
    text << c.text << "\nwith";
    for (std::size_t v = 0; v < variables.size(); ++v) text << " " << variables[v] << " = " << bunch.rows[row][v];
    text << "\ngives " << found << ", in Python " << c.rows[row].value << " ± " << c.rows[row].bound;
    return text.str();
}

TEST(Oracle, expressions_mean_what_they_mean_in_python) {
    constexpr int expressions = 20'000;
    std::size_t compared = 0;
    std::size_t exact = 0;
    for (const Bunch& bunch : ask_python(expressions)) {
        const Model model = model_of(bunch, [](const std::string& text) { return "{value: \"" + text + "\", on: k}"; });
        for (const Kernels* kernels : available_kernels())
            for (const int lanes : {1, 8}) {
                const Results results = run(model, kernels->name, lanes);
                for (std::size_t i = 0; i < bunch.cases.size(); ++i) {
                    const std::vector<double> found_there = series(results, i);
                    for (std::size_t row = 0; row < bunch.rows.size(); ++row) {
                        const Expected& wanted = bunch.cases[i].rows[row];
                        const double found = found_there[row];
                        if (!wanted.is_known) continue;
                        ++compared;
                        if (wanted.bound == 0) ++exact;
                        ASSERT_TRUE(wanted.agrees_with(found)) << kernels->name << ", " << lanes << " lanes\n"
                                                               << shown(bunch, row, bunch.cases[i], found);
                    }
                }
            }
    }
    EXPECT_GT(compared, 2 * available_kernels().size() * 4 * expressions * 9 / 10) << "too many cases are left out";
    EXPECT_GT(exact, compared / 2);
}

TEST(Oracle, folded_hoisted_and_computed_on_rows_a_value_has_the_same_bits) {
    const auto same = [](double a, double b) {
        return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
    };
    for (const Bunch& bunch : ask_python(5000)) {
        std::vector<std::string> literals;
        std::vector<std::string> looked_up;
        for (std::size_t v = 0; v < variables.size(); ++v) {
            literals.push_back("(" + bunch.rows[1][v] + ")");
            looked_up.push_back("k[r1]." + variables[v]);
        }
        const auto quoted = [](const std::string& text) { return "\"" + text + "\""; };
        const Results on_rows = run(model_of(bunch, [](const std::string& text) { return "{value: \"" + text + "\", on: k}"; }), "", 1);
        const Results folded = run(model_of(bunch, [&](const std::string& text) { return quoted(with_variables(text, literals)); }), "", 1);
        const Results hoisted =
            run(model_of(bunch, [&](const std::string& text) { return quoted(with_variables(text, looked_up)); }), "", 8);
        for (std::size_t i = 0; i < bunch.cases.size(); ++i) {
            ASSERT_TRUE(same(series(on_rows, i)[1], series(folded, i)[0])) << shown(bunch, 1, bunch.cases[i], series(folded, i)[0]);
            ASSERT_TRUE(same(series(on_rows, i)[1], series(hoisted, i)[0])) << shown(bunch, 1, bunch.cases[i], series(hoisted, i)[0]);
        }
    }
}

}  // namespace
}  // namespace entente
