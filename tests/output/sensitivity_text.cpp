// Tests: sensitivity_json, sensitivity_tables, summary/sensitivity_report, summary/outcomes.
// What a sensitivity analysis says of outcomes made by hand.
#include <cmath>
#include <limits>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/base/wording.hpp>
#include <entente/output/sensitivity_json.hpp>
#include <entente/output/sensitivity_tables.hpp>
#include <entente/output/sensitivity_text.hpp>
#include <entente/report/studies_data.hpp>

#include "../sample.hpp"

namespace entente {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

Factor uniform(const std::string& name) {
    return {name, "", {Prior::Form::uniform, {0, 1}}, {}, {}};
}

/// y = 3 gain + aid + gain aid at the points of a design of two factors.
SensitivityReport report(const SensitivityPlan& plan, const std::vector<std::string>& groups = {}, std::size_t replicates = 2) {
    const std::vector<Factor> factors{uniform("gain"), uniform("aid"), uniform("idle")};
    SensitivityReport report{.record = {},
                             .design = sensitivity_design(factors, read_groups(groups, names_of(factors)), plan),
                             .bootstrap = {100, 0.9, 1},
                             .outcome = {},
                             .failures = {},
                             .allowed_failures = 0,
                             .results_file = {},
                             .outcomes = {}};
    report.record.identity.scenario = sample::record().identity;
    report.record.title = "Kabul's search";
    report.record.design = "a design";
    report.record.points = static_cast<std::int64_t>(report.design.points.size());
    report.record.replicates = static_cast<std::int64_t>(replicates);
    report.outcome.runs = report.record.points * report.record.replicates;
    report.outcome.digest = "0123";
    OutcomeSample y{"y", "t", "what follows", "", {}};
    OutcomeSample same{"same", "", "", "", {}};
    for (std::size_t point = 0; point < report.design.points.size(); ++point)
        for (std::size_t r = 0; r < replicates; ++r) {
            const auto x = report.design.points.row(point);
            y.values.push_back(3 * x[0] + x[1] + x[0] * x[1] + static_cast<double>(r));
            same.values.push_back(7);
        }
    for (const auto* sample : {&y, &same}) report.outcomes.push_back(sensitivity_of(*sample, replicates, report.design, report.bootstrap));
    return report;
}

const SensitivityPlan sobol{.samples = 64, .second_order = SecondOrder::yes};
const SensitivityPlan morris{.method = SensitivityMethod::morris, .samples = 8};

std::string indices_csv(const SensitivityReport& report) {
    std::string text;
    write_indices(report, [&](std::string_view part) { text += part; });
    return text;
}

TEST(SensitivityReport, as_json_has_stable_names) {
    const json told = json::parse(sensitivity_json(report(sobol)));
    EXPECT_EQ(told["format"], "entente-sensitivity-summary/1");
    EXPECT_EQ(told["method"], "sobol");
    EXPECT_EQ(told["outcomes"]["y"]["variation"], "by factors");
    EXPECT_EQ(told["samples"], 64);
    EXPECT_EQ(told["replicates"], 2);
    EXPECT_EQ(told["factors"], json({"gain", "aid", "idle"}));
    EXPECT_EQ(told["groups"], json::object());
    EXPECT_EQ(told["refused"], false);
    const json& y = told["outcomes"]["y"];
    for (const auto* key : {"unit", "mean", "variance", "excluded", "noise_share", "noise_share_of_means", "indices", "second"})
        EXPECT_TRUE(y.contains(key)) << key;
    EXPECT_EQ(y["excluded"], 0);
    EXPECT_NEAR(y["noise_share_of_means"], 0, 1e-12) << "the luck is the same everywhere";
    EXPECT_GT(y["noise_share"], 0.1);
    const json& gain = y["indices"]["gain"];
    for (const auto* key : {"first", "first_jansen", "total"}) {
        EXPECT_LT(gain[std::string(key) + "_interval"][0], gain[key]);
        EXPECT_GT(gain[std::string(key) + "_interval"][1], gain[key]);
    }
    EXPECT_EQ(y["second"].size(), 3U);
    EXPECT_EQ(y["second"][0]["factors"], json({"gain", "aid"}));
    EXPECT_TRUE(told["outcomes"]["same"]["indices"]["gain"]["first"].is_null()) << "what never varies has no indices";
}

TEST(SensitivityReport, as_json_tells_effects_and_groups) {
    const json told = json::parse(sensitivity_json(report(morris, {"both=gain,idle"}, 1)));
    EXPECT_EQ(told["method"], "morris");
    EXPECT_EQ(told["groups"], json::parse(R"({"both": ["gain", "idle"]})"));
    const json& y = told["outcomes"]["y"];
    EXPECT_TRUE(y["noise_share"].is_null());
    EXPECT_FALSE(y.contains("second"));
    EXPECT_TRUE(y["indices"]["both"]["mu"].is_null()) << "each factor moves its own way";
    EXPECT_GT(y["indices"]["both"]["mu_star"], 3);
    EXPECT_TRUE(y["indices"]["aid"]["mu_star_interval"].is_array());
}

TEST(SensitivityReport, as_a_table_has_a_row_an_index) {
    const std::string text = indices_csv(report(sobol));
    EXPECT_THAT(text, testing::StartsWith("outcome,factor,index,estimate,low,high\ny,gain,first,0."));
    EXPECT_EQ(std::ranges::count(text, '\n'), 1 + 2 * (3 * 3 + 3));
    EXPECT_THAT(text, HasSubstr("\ny,gain:aid,second,0."));
    EXPECT_THAT(text, HasSubstr("\nsame,gain,total,,,\n"));
    EXPECT_THAT(indices_csv(report(morris)), HasSubstr("\ny,idle,mu,0,,\ny,idle,mu_star,0,0,0\ny,idle,sigma,0,,\n"));
}

TEST(SensitivityReport, as_text_ranks_the_factors) {
    const std::string text = sensitivity_text(report(sobol), {.width = 100});
    EXPECT_THAT(text, testing::StartsWith("Kabul's search\na design · 512 points of 2 replicates · seed 7 · aid_rate = 0.5\n"));
    EXPECT_THAT(text, HasSubstr("\ny · t · mean 2.75, sd "));
    const auto at = [&](const std::string& part) { return text.find(part); };
    EXPECT_LT(at("\n  gain "), at("\n  aid "));
    EXPECT_LT(at("\n  aid "), at("\n  idle "));
    EXPECT_THAT(text, HasSubstr("\nConstant: same\n"));
    EXPECT_THAT(text, Not(HasSubstr("With one")));
    EXPECT_THAT(text, HasSubstr("All points share the random numbers\n    of 2 replicates, too few to estimate the noise well: use "
                                "--replicates 16 or more, or --unpaired\n    with 2 or more.\n"));
    const std::string of_one = sensitivity_text(report(sobol, {}, 1), {.width = 100});
    EXPECT_THAT(of_one, HasSubstr("With one replicate, the\n    share of noise cannot be estimated: use --replicates 16 or more, or --unpaired with 2 or more.\n"));
    EXPECT_THAT(of_one, HasSubstr("\nThe same at every point, which share the random numbers of one replicate: same\n"));
}

TEST(SensitivityReport, as_text_fits_the_terminal) {
    for (const auto& plan : {sobol, morris})
        for (const std::size_t width : {60, 80, 100}) {
            SensitivityReport told = report(plan);
            for (int i = 0; i < 14; ++i) {
                told.outcomes.push_back(told.outcomes.front());
                told.outcomes.back().name = "an_outcome_with_a_long_name_" + std::to_string(i);
            }
            const std::string text = sensitivity_text(told, {.width = width, .unicode = false});
            std::istringstream lines(text);
            for (std::string line; std::getline(lines, line);)
                EXPECT_TRUE(line.size() <= width || line.starts_with("Digest") || line.starts_with("a design")) << line;
            EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 128; })) << text;
        }
}

TEST(SensitivityReport, as_text_tells_the_first_twelve_outcomes_in_full) {
    SensitivityReport told = report(sobol);
    for (int i = 0; i < 13; ++i) {
        told.outcomes.push_back(told.outcomes.front());
        told.outcomes.back().name = "y" + std::to_string(i);
    }
    const std::string text = sensitivity_text(told, {.width = 100});
    EXPECT_THAT(text, HasSubstr("\ny10 · t · mean "));
    EXPECT_THAT(text, Not(HasSubstr("\ny11 · t · mean ")));
    EXPECT_THAT(text, HasSubstr("\nMore outcomes  mean   sd  noise  strongest\n  y11          2.75  1.1    0 %  gain 0.86, aid 0.16, idle 0.00\n"));
}

TEST(SensitivityReport, of_refused_indices_tells_none) {
    SensitivityReport refused = report(sobol);
    refused.outcomes.clear();
    refused.outcome.failed = 1;
    EXPECT_TRUE(refused.is_refused());
    EXPECT_EQ(json::parse(sensitivity_json(refused))["refused"], true);
    EXPECT_THAT(sensitivity_text(refused, {}), HasSubstr("\n1 run failed"));
    refused.allowed_failures = 0.01;
    EXPECT_FALSE(refused.is_refused());
}

TEST(SensitivityReport, leaves_out_base_rows_with_a_point_at_which_all_runs_failed) {
    SensitivityReport told = report(sobol);
    OutcomeSample y{"y", "", "", "", std::vector<double>(told.design.points.size() * 2)};
    for (std::size_t i = 0; i < y.values.size(); ++i) y.values[i] = static_cast<double>(i % 7);
    y.values[2] = std::nan("");                  // of one point one replicate failed
    y.values[20] = y.values[21] = std::nan("");  // of another both
    const OutcomeSensitivity found = sensitivity_of(y, 2, told.design, told.bootstrap);
    EXPECT_EQ(found.used, 63U);
    EXPECT_EQ(found.left_out, 1U);
    told.outcomes = {found};
    EXPECT_THAT(sensitivity_text(told, {}), HasSubstr("\n  1 of 64 base rows excluded: at one of their points no run has a number\n"));
}

/// Outcomes of four runs a point, in which nothing, chance alone, or values that are no numbers are to be seen.
SensitivityReport of_sorts(const SensitivityPlan& plan) {
    SensitivityReport told = report(plan, {}, 4);
    told.outcomes.clear();
    const double inf = std::numeric_limits<double>::infinity();
    const auto add = [&](const std::string& name, auto y) {
        OutcomeSample sample{name, "", "", "", {}};
        for (std::size_t point = 0; point < told.design.points.size(); ++point)
            for (std::size_t r = 0; r < 4; ++r) sample.values.push_back(y(told.design.points.row(point), point, static_cast<double>(r)));
        told.outcomes.push_back(sensitivity_of(sample, 4, told.design, told.bootstrap));
    };
    using Row = std::span<const double>;
    add("constant", [](Row, std::size_t, double) { return 192.53; });
    add("luck", [](Row, std::size_t, double r) { return std::sin(r) / 3; });
    add("tiny", [](Row x, std::size_t, double) { return x[0] * 1e-200; });
    add("rounded", [](Row x, std::size_t, double) { return 192.53 + 1e-13 * x[0]; });
    add("offset", [](Row x, std::size_t, double r) { return 1e9 + 0.001 * x[0] + 0.0001 * std::sin(7 * r); });
    add("nowhere", [=](Row, std::size_t, double) { return -inf; });
    add("sometimes", [=](Row x, std::size_t point, double r) { return point % 5 == 0 && r == 1 ? inf : x[0]; });
    add("torn", [=, width = told.design.points_per_sample()](Row x, std::size_t point, double) { return point % width == 1 ? inf : x[0]; });
    told.record.replicates = 4;
    told.outcome.runs = told.record.points * 4;
    return told;
}

TEST(SensitivityReport, tells_what_never_varies_from_chance_and_from_what_is_no_number) {
    for (const auto& plan : {sobol, morris}) {
        const SensitivityReport told = of_sorts(plan);
        std::map<std::string, Variation> found;
        for (const auto& outcome : told.outcomes) found[outcome.name] = outcome.variation;
        EXPECT_EQ(found, (std::map<std::string, Variation>{{"constant", Variation::constant},
                                                           {"luck", Variation::chance_alone},
                                                           {"tiny", Variation::by_factors},
                                                           {"rounded", Variation::by_factors},
                                                           {"offset", Variation::by_factors},
                                                           {"nowhere", Variation::no_numbers},
                                                           {"sometimes", Variation::by_factors},
                                                           {"torn", Variation::excluded}}));
        const bool is_morris = plan.method == SensitivityMethod::morris;
        const std::string text = sensitivity_text(told, {.width = 100});
        EXPECT_THAT(text, HasSubstr("\nVary by chance alone, alike at every point: luck\nConstant: constant\n" +
                                    std::string(is_morris ? "Vary, but too few trajectories are complete" : "Vary, but too few base rows are complete") +
                                    ": torn\nNo number in any run: nowhere\n"));
        const auto points = told.design.points.size();
        const auto of_runs = " of " + with_commas(static_cast<std::int64_t>(points * 4)) + " runs, excluded\n";
        EXPECT_THAT(text, HasSubstr("\n  nowhere is infinite in " + with_commas(static_cast<std::int64_t>(points * 4)) + of_runs));
        EXPECT_THAT(text, HasSubstr("\n  sometimes is infinite in " + std::to_string((points + 4) / 5) + of_runs));
        const json outcomes = json::parse(sensitivity_json(told))["outcomes"];
        EXPECT_EQ(outcomes["luck"]["variation"], "chance alone");
        EXPECT_EQ(outcomes["sometimes"]["infinite"], (points + 4) / 5);
        EXPECT_NEAR(outcomes["tiny"]["sd"].get<double>(), 3e-201, 1e-201);
        EXPECT_EQ(outcomes["sometimes"]["excluded"], 0) << "the other runs of such a point have a mean";
    }
}

TEST(SensitivityReport, of_one_base_row_or_trajectory_has_no_interval) {
    SensitivityPlan one = sobol;
    one.samples = 1;
    EXPECT_THAT(sensitivity_text(report(one), {}), HasSubstr("\nOne base row is too few for intervals.\n"));
    SensitivityPlan path = morris;
    path.samples = 1;
    const SensitivityReport told = report(path);
    EXPECT_THAT(sensitivity_text(told, {}), HasSubstr("\nOne trajectory is too few for intervals, and for sigma.\n"));
    EXPECT_TRUE(json::parse(sensitivity_json(told))["outcomes"]["y"]["indices"]["gain"]["mu_star_interval"][0].is_null());
}

/// Total indices and their intervals, put in the place of those of `y`.
SensitivityReport with_totals(const std::vector<Estimate>& totals) {
    SensitivityReport told = report(sobol);
    told.outcomes.resize(1);
    told.outcomes[0].noise.reset();
    told.outcomes[0].sobol.total = totals;
    return told;
}

TEST(SensitivityFindings, say_most_where_the_interval_lies_above_every_other) {
    EXPECT_EQ(sensitivity_findings(with_totals({{0.7, {0.6, 0.8}}, {0.3, {0.2, 0.5}}, {0, {0, 0.1}}})).front(), "What follows depends most on gain (total-order index 0.70, 90 % interval 0.60–0.80).");
}

TEST(SensitivityFindings, name_those_that_cannot_be_told_apart) {
    EXPECT_EQ(sensitivity_findings(with_totals({{0.5, {0.4, 0.6}}, {0.3, {0.2, 0.5}}, {0, {0, 0.1}}})).front(),
              "What matters most for what follows is not told apart: the intervals of gain (total-order index 0.50, 90 % interval 0.40–0.60) and aid (total-order index 0.30, 90 % interval "
              "0.20–0.50) overlap.");
    EXPECT_EQ(sensitivity_findings(with_totals({{0.4, {0.3, 0.6}}, {0.1, {0, 0.35}}, {0.5, {0.2, 0.9}}})).front(),
              "What matters most for what follows is not told apart: the intervals of idle (total-order index 0.50, 90 % interval 0.20–0.90), gain (total-order index 0.40, 90 % interval 0.30–0.60) and "
              "aid (total-order index 0.10, 90 % interval 0.00–0.35) overlap.");
}

TEST(SensitivityFindings, claim_nothing_without_intervals) {
    const double none = std::nan("");
    EXPECT_EQ(sensitivity_findings(with_totals({{0.7, {none, none}}, {0.3, {none, none}}, {0.1, {none, none}}})).front(),
              "Which parameter matters most for what follows is not told without intervals; the largest are gain (total-order index 0.70), aid (total-order index 0.30) and idle (total-order index 0.10).");
}

TEST(SensitivityPage, gives_the_ranges_that_were_asked_for) {
    SensitivityReport told = report(sobol);
    told.design.factors[1] = {"aid", "", {Prior::Form::normal, {100, 1}}, {}, {}};
    told.design.factors[2] = {"idle", "", {Prior::Form::lognormal, {0, 1}}, {0.5, 3}, {}};
    const auto factors = sensitivity_data(told, {}).factors;
    const auto is = [](const std::string& name, const std::string& how, auto low, auto high) {
        return testing::AllOf(testing::Field(&page::SensitivityFactor::name, name), testing::Field(&page::SensitivityFactor::how, how),
                              testing::Field(&page::SensitivityFactor::low, low), testing::Field(&page::SensitivityFactor::high, high));
    };
    const auto none = testing::ResultOf([](double value) { return std::isnan(value); }, true);
    EXPECT_THAT(factors, testing::ElementsAre(is("gain", "uniform(0, 1)", 0.0, 1.0), is("aid", "normal(100, 1)", none, none),
                                              is("idle", "lognormal(0, 1)", 0.5, 3.0)));
}

}  // namespace
}  // namespace entente
