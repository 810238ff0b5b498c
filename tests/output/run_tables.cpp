#include <entente/output/run_tables.hpp>

#include <bit>
#include <charconv>
#include <random>

#include <gmock/gmock.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

#include "../sample.hpp"

namespace entente {
namespace {

template <typename Write>
std::string text_of(Write write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

std::string runs_csv(const Results& results, const RunLabels& labels = {}) {
    return text_of([&](const Sink& sink) { write_runs(results, labels, sink); });
}

TEST(RunsTable, holds_one_row_a_run_and_one_column_a_measure) {
    EXPECT_EQ(runs_csv(sample::ensemble()),
              "run,replicate,status,trust,incursions,recognised,aid,aid[2021],aid[2022]\n"
              "0,0,ok,0.25,3,2022-01-03,5,2,3\n"
              "1,1,ok,0.5,1,,7,3,4\n"
              "2,2,failed,,,,,,\n"
              "3,3,ok,0.75,2,2021-12-20,9,4,5\n");
}

TEST(RunsTable, gives_ticks_where_the_calendar_has_no_dates) {
    Results results = sample::ensemble();
    results.calendar = Calendar::undated(3);
    EXPECT_THAT(runs_csv(results), testing::HasSubstr("\n0,0,ok,0.25,3,2,5,2,3\n"));
}

TEST(RunsTable, numbers_its_runs_from_the_first_one_made) {
    Results results = sample::ensemble();
    results.first_run = 40;
    results.failures[0].run = 42;
    EXPECT_THAT(runs_csv(results), testing::HasSubstr("\n42,42,failed,,,,,,\n"));
}

TEST(RunsTable, tells_what_was_varied_and_keeps_names_apart) {
    Results results = sample::ensemble();
    results.measures[1].name = "status";
    const RunLabels labels{.replicates = {0, 1, 0, 1}, .varied = {{"trust", {0.1, 0.1, 0.2, 0.2}}, {"aid_rate", {1, 1, 2, 2}}}};
    EXPECT_THAT(runs_csv(results, labels),
                testing::StartsWith("run,replicate,status,parameter_trust,aid_rate,trust,measure_status,recognised,aid,aid[2021],aid[2022]\n"
                                    "0,0,ok,0.1,1,0.25,3,2022-01-03,5,2,3\n"
                                    "1,1,ok,0.1,1,0.5,1,,7,3,4\n"
                                    "2,0,failed,0.2,2,,,,,,\n"));
}

TEST(RunsTable, keeps_a_parameter_apart_from_each_column_that_any_table_has) {
    for (const std::string& name : reserved_columns()) {
        EXPECT_EQ(factor_column(name, {}), "parameter_" + name);
        EXPECT_EQ(measure_column(name), "measure_" + name);
    }
    EXPECT_EQ(factor_column("trust", {}), "trust");
    EXPECT_EQ(measure_column("trust"), "trust");
}

std::string rows_csv(const Results& results, const RunLabels& labels = {}) {
    return text_of([&](const Sink& sink) {
        write_rows_heads(results, labels, sink);
        write_rows(results, labels, sink);
    });
}

TEST(RowsTable, holds_one_row_a_run_and_row_of_a_kind) {
    EXPECT_EQ(rows_csv(sample::ensemble()),
              "run,replicate,status,kind,row,source,target,alarm\n"
              "0,0,ok,relation,russia -> afghanistan,russia,afghanistan,6\n"
              "0,0,ok,relation,afghanistan -> russia,afghanistan,russia,7\n"
              "1,1,ok,relation,russia -> afghanistan,russia,afghanistan,14\n"
              "1,1,ok,relation,afghanistan -> russia,afghanistan,russia,15\n"
              "2,2,failed,relation,russia -> afghanistan,russia,afghanistan,\n"
              "2,2,failed,relation,afghanistan -> russia,afghanistan,russia,\n"
              "3,3,ok,relation,russia -> afghanistan,russia,afghanistan,30\n"
              "3,3,ok,relation,afghanistan -> russia,afghanistan,russia,31\n");
}

TEST(RowsTable, leaves_cells_empty_on_rows_of_another_kind_and_keeps_names_apart) {
    Results results = sample::ensemble();
    results.runs = 1;
    results.measures.push_back({.name = "row", .form = MeasureForm::yearly, .unit = {}, .about = {}, .expression = {}, .kind = "state", .rows = {"a, b"}});
    results.final_values.push_back({1});
    results.yearly.push_back({2, 3});
    EXPECT_EQ(rows_csv(results, {.replicates = {}, .varied = {{"kind", {5}}, {"alarm", {6}}}}),
              "run,replicate,status,parameter_kind,parameter_alarm,kind,row,source,target,alarm,measure_row,row[2021],row[2022]\n"
              "0,0,ok,5,6,relation,russia -> afghanistan,russia,afghanistan,6,,,\n"
              "0,0,ok,5,6,relation,afghanistan -> russia,afghanistan,russia,7,,,\n"
              "0,0,ok,5,6,state,\"a, b\",,,,1,2,3\n");
}

TEST(EventsTable, holds_one_row_a_firing) {
    EXPECT_EQ(text_of([](const Sink& sink) { write_events(sample::ensemble(), sink); }),
              "run,tick,date,event,on,count,cameo,goldstein,cause,chance\n"
              "0,1,2021-12-27,incursion,afghanistan -> tajikistan,2,190,-10,drawn,0.25\n"
              "3,0,2021-12-20,incursion,afghanistan -> tajikistan,1,190,-10,timeline,\n");
}

TEST(Numbers, read_back_to_the_same_double) {
    std::mt19937_64 bits(1);
    for (int i = 0; i < 10000; ++i) {
        const double value = std::bit_cast<double>(bits());
        if (std::isnan(value)) continue;
        const std::string text = exact(value);
        double back = 0;
        ASSERT_EQ(std::from_chars(text.data(), text.data() + text.size(), back).ec, std::errc());
        ASSERT_EQ(back, value) << text;
    }
    EXPECT_EQ(exact(0.1), "0.1");
    EXPECT_EQ(exact(sample::never), "");
}

TEST(Numbers, are_shown_to_people_with_three_digits_that_count) {
    EXPECT_EQ(readable(0), "0");
    EXPECT_EQ(readable(0.43149), "0.431");
    EXPECT_EQ(readable(0.5), "0.5");
    EXPECT_EQ(readable(-0.04567), "-0.0457");
    EXPECT_EQ(readable(9.996), "10");
    EXPECT_EQ(readable(12.345), "12.3");
    EXPECT_EQ(readable(999.6), "1,000");
    EXPECT_EQ(readable(-1234567), "-1,234,567");
    EXPECT_EQ(readable(2.5e9), "2.5e+09");
    EXPECT_EQ(readable(0.00002), "2e-05");
    EXPECT_EQ(readable(sample::never), "–");
}

TEST(Numbers, of_things_take_the_plural_of_their_noun) {
    EXPECT_EQ(counted(1, "run"), "1 run");
    EXPECT_EQ(counted(1000, "run"), "1,000 runs");
    EXPECT_EQ(counted(2, "country"), "2 countries");
    EXPECT_EQ(counted(2, "day"), "2 days");
    EXPECT_EQ(counted(2, "crisis"), "2 crises");
    EXPECT_EQ(counted(2, "status"), "2 statuses");
    EXPECT_EQ(counted(2, "alliance"), "2 alliances");
    EXPECT_EQ(counted(2, "tax"), "2 taxes");
    for (const char* plural : {"holds", "states", "series"}) EXPECT_EQ(counted(2, plural), std::string("2 ") + plural);
}

TEST(Numbers, of_seconds_and_bytes_have_their_unit) {
    EXPECT_EQ(duration_text(0.0123), "12.3 ms");
    EXPECT_EQ(duration_text(4.21), "4.2 s");
    EXPECT_EQ(duration_text(90), "90 s");
    EXPECT_EQ(duration_text(600), "10 min");
    EXPECT_EQ(duration_text(7200), "2.0 h");
    EXPECT_EQ(bytes_text(12), "12 bytes");
    EXPECT_EQ(bytes_text(3.42e9), "3.4 GB");
    EXPECT_EQ(bytes_text(123e6), "123 MB");
}

TEST(TableCell, is_quoted_where_it_must_be) {
    EXPECT_EQ(csv_cell("plain text"), "plain text");
    EXPECT_EQ(csv_cell("a, b"), "\"a, b\"");
    EXPECT_EQ(csv_cell("say \"no\""), "\"say \"\"no\"\"\"");
}

}  // namespace
}  // namespace entente
