#include <entente/report/static_figures.hpp>

#include <limits>

#include <gmock/gmock.h>

namespace entente::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double none = std::numeric_limits<double>::quiet_NaN();
const std::vector<page::Moment> times = {{"2021-01-01"}, {"2021-02-01"}, {"2021-03-01"}, {"2021-04-01"}, {"2021-05-01"}};

TEST(StaticFigures, draw_a_course_point_by_point_and_leave_out_what_is_not_there) {
    page::SeriesData series;
    series.name = "trust <b>";
    series.unit = "share";
    series.q50 = {0.0, none, 1.0, 1.0, 0.5};
    series.mean = series.q50;
    series.q05 = series.q25 = series.q75 = series.q95 = {none, none, none, none, none};
    const std::string html = fan_html(series, times);
    EXPECT_THAT(html, HasSubstr("d=\"M0 180l320-180h160l160 90\""));
    EXPECT_THAT(html, HasSubstr("trust &lt;b&gt; <small>share</small>, 2021-01-01 to 2021-05-01; scale 0 to 1: median<"));
    EXPECT_THAT(html, Not(HasSubstr("fill-opacity"))) << "one run has no bands";
    series.q05 = {0.0, 0.0, 0.0, 0.0, 0.0};
    series.q95 = {1.0, 1.0, 1.0, 1.0, 1.0};
    EXPECT_THAT(fan_html(series, times), HasSubstr("d=\"M0 180h160 160 160 160v-180h-160-160-160-160\" fill=\"currentColor\""));
    series.mean = series.q05 = series.q95 = {none};
    EXPECT_EQ(fan_html(series, times), "");
}

TEST(StaticFigures, draw_shares_as_steps_to_the_end) {
    page::DateData date;
    date.name = "fall";
    date.curve = {.when = {times[1], times[3]}, .share = {0.5, 1.0}, .low = {0.25, 0.5}, .high = {0.75, none}};
    const std::string html = curve_html(date, times);
    EXPECT_THAT(html, HasSubstr("d=\"M0 180h160v-90h320v-90h160\""));
    EXPECT_THAT(html, HasSubstr("d=\"M0 180h160v-45h320v-45h160\""));
    EXPECT_THAT(html, HasSubstr("fall: share of runs in which it has happened"));
}

}  // namespace
}  // namespace entente::test
