#include <entente/summary/given_outcomes.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/scenario/csv.hpp>
#include <entente/scenario/values.hpp>

namespace entente {

namespace {

bool are_equal(double value, double wanted) {
    return std::abs(value - wanted) <= factor_tolerance * std::max(std::abs(value), std::abs(wanted));
}

/// A column that may be an outcome.
struct Candidate {
    std::size_t column = 0;
    std::string name;
    bool is_chosen = true;
    bool has_numbers = false;
    bool counts_rows = true;  ///< from 0 or 1
    std::size_t texts = 0;    ///< cells that are no numbers
    std::string first_text;
    Place place;  ///< of it
    std::vector<double> values;
};

class GivenTable {
public:
    GivenTable(const std::string& path, std::string text, const Points& design, const Results& layout)
        : design_(design),
          layout_(layout),
          known_(outcomes(layout)),
          file_(sources_.add(path, std::move(text))),
          csv_(file_, sources_, problems_) {}

    GivenOutcomes read(const std::vector<std::string>& measures) {
        sort_columns();
        refuse();
        if (!measures.empty()) choose(measures);
        while (!is_misplaced_ && csv_.next())
            if (csv_.header().size() > 1 || !csv_.cell(0).empty()) read_row();  // of one column, a blank line is as long as any
        if (!is_misplaced_) check_count();
        refuse();
        leave_out_columns();
        refuse();
        return given();
    }

private:
    void refuse() const {
        if (problems_.has_errors()) throw ScenarioError(problems_, sources_);
    }

    // -- columns

    void sort_columns() {
        for (std::size_t column = 0; column < csv_.header().size(); ++column) {
            const std::string& name = csv_.header()[column];
            if (const auto factor = factor_of(name))
                factors_.emplace_back(column, *factor);
            else if (name == "point")
                point_ = column;
            else if (name == "replicate")
                replicate_ = column;
            else if (name.empty())
                note(column, "has no name");
            else
                candidates_.push_back({.column = column, .name = known_name(name), .is_chosen = !is_left_aside(name) && !is_left_aside(known_name(name)), .first_text = {}, .place = {}, .values = {}});
        }
    }

    void note(std::size_t column, const std::string& what) {
        notes_.push_back(fmt::format("'{}': column {} {}, and is ignored", sources_.path(file_), column + 1, what));
    }

    /// The outcome's own name where R gave it another.
    [[nodiscard]] std::string known_name(const std::string& name) const {
        const auto found = std::ranges::find_if(known_, [&](const Outcome& outcome) { return name_in_r(outcome.name) == name; });
        return found == known_.end() ? name : found->name;
    }

    /// Our tables call a factor `parameter_NAME` where an outcome has its name.
    [[nodiscard]] std::optional<std::size_t> factor_of(const std::string& name) const {
        for (std::size_t f = 0; f < design_.factors(); ++f) {
            const std::string& factor = design_.names[f];
            const std::string renamed = "parameter_" + factor;
            if (name == renamed || name == name_in_r(renamed)) return f;
            if ((name == factor || name == name_in_r(factor)) && !csv_.column(renamed) && !csv_.column(name_in_r(renamed))) return f;
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_left_aside(const std::string& name) const {
        if (is_reserved_column(name)) return true;
        if (name.ends_with("_se") && csv_.column(name.substr(0, name.size() - 3))) return true;
        const bool is_date = std::ranges::any_of(
            layout_.measures, [&](const MeasureInfo& measure) { return measure.form == MeasureInfo::Form::date && measure.name == name; });
        const Outcome* known = find_known(name);
        return is_date || (known != nullptr && known->is_year);
    }

    [[nodiscard]] const Outcome* find_known(const std::string& name) const {
        const auto found = std::ranges::find(known_, name, &Outcome::name);
        return found == known_.end() ? nullptr : &*found;
    }

    /// Whether what somebody asked for means an outcome by row or level of that name.
    [[nodiscard]] bool is_known_as(const std::string& name, const std::string& measure) const {
        const Outcome* known = find_known(name);
        return known != nullptr && (known->row >= 0 || known->rule == Outcome::Rule::level) && is_named(layout_, *known, measure);
    }

    /// A date's name stands for its two outcomes, that of a measure with levels for one of each.
    void choose(const std::vector<std::string>& measures) {
        std::vector<std::string> names;
        for (Candidate& candidate : candidates_) {
            candidate.is_chosen = false;
            names.push_back(candidate.name);
        }
        for (const auto& measure : measures) {
            bool is_there = false;
            for (Candidate& candidate : candidates_) {
                const bool is_meant =
                    candidate.name == measure || is_known_as(candidate.name, measure) ||
                    (!csv_.column(measure) && (candidate.name == measure + "_years" || candidate.name == measure + "_came"));
                candidate.is_chosen |= is_meant;
                is_there |= is_meant;
            }
            if (!is_there)
                throw Error(fmt::format("'{}' has no column of outcomes '{}'", sources_.path(file_), measure),
                            did_you_mean(measure, names, "its columns are " + listed(names, 40)));
        }
        are_named_ = true;
    }

    // -- rows

    void read_row() {
        const std::optional<std::size_t> replicate = replicate_ ? check_replicate() : 0;
        if (!replicate) return;
        if (*replicate == 0 && rows_ > 0) end_point();
        if (*replicate == 0) ++points_;
        of_point_ = *replicate + 1;
        if (points_ <= design_.size() && !check_place()) return;
        for (Candidate& candidate : candidates_)
            if (candidate.is_chosen) take(candidate);
        ++rows_;
    }

    /// Reports where a row does not belong; what follows would be reported for the same reason.
    void misplaced(std::size_t column, std::string what, std::string help) {
        csv_.error(column, std::move(what), std::move(help));
        is_misplaced_ = true;
    }

    /// The number of the row's replicate, counted from 0: the next one of the point, or the first of the next point. Nothing after a problem.
    std::optional<std::size_t> check_replicate() {
        const auto number = csv_.number(*replicate_);
        is_misplaced_ = !number;
        if (!number) return std::nullopt;
        if (rows_ == 0) first_replicate_ = *number == 1 ? 1 : 0;
        if (*number == first_replicate_) return 0;
        if (rows_ > 0 && *number == first_replicate_ + static_cast<double>(of_point_)) return of_point_;
        const auto next = static_cast<std::size_t>(first_replicate_) + of_point_;
        misplaced(*replicate_,
                  fmt::format("found replicate {}, expected {}", csv_.cell(*replicate_),
                              rows_ == 0 ? "0 or 1" : fmt::format("{} or {} of the next point", next, first_replicate_)),
                  "write the replicates 0, 1, … (or 1, 2, …) of a point after each other");
        return std::nullopt;
    }

    /// Every point has as many replicates as the first.
    void end_point() {
        if (points_ == 1) replicates_ = of_point_;
        if (of_point_ != replicates_) say_unequal();
    }

    void say_unequal() {
        problems_.error({file_, 0, 0, 1},
                        fmt::format("point {} has {}, and the first point {}", points_ - 1,
                                    counted(static_cast<std::int64_t>(of_point_), "replicate"), replicates_),
                        "give every point as many; leave the outcomes of a run that failed empty");
    }

    bool check_place() {
        const std::size_t point = points_ - 1;
        if (point_) {
            const auto number = csv_.number(*point_);
            if (number && *number != static_cast<double>(point))
                misplaced(*point_, fmt::format("found point {}, expected {}", csv_.cell(*point_), point),
                          "keep the rows in the order of the design");
            is_misplaced_ = is_misplaced_ || !number;
        }
        for (const auto& [column, factor] : factors_) {
            if (is_misplaced_) break;
            const auto value = csv_.number(column);
            if (const double wanted = design_.row(point)[factor]; value && !are_equal(*value, wanted))
                misplaced(column,
                          fmt::format("'{}' is {} here, and {} at point {} of the design", csv_.header()[column], csv_.cell(column),
                                      exact(wanted), point),
                          "give the same --vary, --samples, --group and --seed as for --emit-design");
            is_misplaced_ = is_misplaced_ || !value;
        }
        return !is_misplaced_;
    }

    void take(Candidate& candidate) {
        const std::string_view text = csv_.cell(candidate.column);
        const auto number = number_of_cell(text);
        if (!number && candidate.texts++ == 0) {
            candidate.first_text = text;
            candidate.place = csv_.place(candidate.column);
        }
        const double value = number.value_or(Results::missing);
        candidate.has_numbers |= number && std::isfinite(value);
        candidate.counts_rows &= value == static_cast<double>(rows_) || value == static_cast<double>(rows_ + 1);
        candidate.values.push_back(value);
    }

    /// Columns that number the rows, or hold no numbers; text among numbers is a problem.
    void leave_out_columns() {
        for (Candidate& candidate : candidates_) {
            if (!candidate.is_chosen) continue;
            if (candidate.texts > 0 && (candidate.has_numbers || are_named_)) {
                std::string what = fmt::format("'{}' in the column '{}' is not a number", candidate.first_text, candidate.name);
                if (candidate.texts > 1) what += fmt::format("; {} of its cells are not", candidate.texts);
                problems_.error(candidate.place, what, "leave the cell of a run that failed empty, or write NA");
            } else if (!candidate.has_numbers && !are_named_) {
                candidate.is_chosen = false;
                note(candidate.column, fmt::format("('{}') holds no numbers", candidate.name));
            } else if (!are_named_ && is_index_name(candidate.name) && candidate.counts_rows) {
                candidate.is_chosen = false;
                note(candidate.column, fmt::format("('{}') numbers the rows", candidate.name));
            }
        }
    }

    void check_count() {
        if (points_ == 1) replicates_ = of_point_;
        if (points_ != design_.size() && !problems_.has_errors())
            problems_.error(
                {file_, 0, 0, 1},
                fmt::format("the table has {} {}, and the design {}", replicate_ ? "runs of" : "rows for",
                            counted(static_cast<std::int64_t>(points_), "point"), with_commas(static_cast<std::int64_t>(design_.size()))),
                "give the outcomes at every point of the design, one row each, in its order");
        else if (points_ > 1 && of_point_ != replicates_)
            say_unequal();
    }

    // -- outcomes

    [[nodiscard]] GivenOutcomes given() {
        GivenOutcomes result{replicates_, rows_, 0, {}, notes_};
        for (Candidate& candidate : candidates_) {
            if (!candidate.is_chosen) continue;
            OutcomeSample sample{candidate.name, "", "", "", std::move(candidate.values)};
            if (const Outcome* known = find_known(candidate.name)) {
                sample.unit = known->unit;
                sample.about = known->about;
                sample.rule = rule_text(*known, layout_.calendar);
                sample.pattern = rule_pattern(*known);
            }
            result.outcomes.push_back(std::move(sample));
        }
        if (result.outcomes.empty())
            throw Error(fmt::format("'{}' has no column of outcomes", sources_.path(file_)),
                        "beside point, replicate and the factors, give each outcome a column of numbers");
        for (std::size_t row = 0; row < rows_; ++row)
            result.lacking +=
                std::ranges::any_of(result.outcomes, [&](const OutcomeSample& sample) { return !std::isfinite(sample.values[row]); }) ? 1 : 0;
        return result;
    }

    const Points& design_;
    const Results& layout_;
    std::vector<Outcome> known_;
    Sources sources_;
    Problems problems_;
    int file_;
    CsvReader csv_;
    std::vector<std::pair<std::size_t, std::size_t>> factors_;  ///< column and factor
    std::optional<std::size_t> point_;                          ///< column
    std::optional<std::size_t> replicate_;                      ///< column
    std::vector<Candidate> candidates_;
    std::vector<std::string> notes_;
    bool are_named_ = false;
    bool is_misplaced_ = false;  ///< a row was reported
    int first_replicate_ = 0;    ///< 0 or 1
    std::size_t rows_ = 0;
    std::size_t points_ = 0;      ///< begun
    std::size_t of_point_ = 0;    ///< replicates of the last of them
    std::size_t replicates_ = 1;  ///< of the first
};

}  // namespace

GivenOutcomes read_outcomes(const std::string& path, std::string text, const Points& design, const Results& layout,
                            const std::vector<std::string>& measures) {
    return GivenTable(path, std::move(text), design, layout).read(measures);
}

}  // namespace entente
