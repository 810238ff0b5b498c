#include <entente/output/sensitivity_tables.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/interval_bar.hpp>
#include <entente/output/table_formats.hpp>

namespace entente {

namespace {

constexpr std::size_t most_factors = 20;
constexpr std::size_t most_pairs = 5;
constexpr std::size_t least_bar = 8;

/// A share of variance; no minus before what rounds to nothing.
std::string share(double value) {
    if (std::isnan(value)) return "–";
    const std::string text = fmt::format("{:.2f}", value);
    return text == "-0.00" ? "0.00" : text;
}

template <class Write>
std::string interval_text(const Interval& interval, const Write& write) {
    return std::isnan(interval.low) ? "–" : write(interval.low) + " – " + write(interval.high);
}

class IndexTables {
public:
    IndexTables(const SensitivityReport& report, const TextStyle& style, LeftOut& left_out)
        : report_(report), design_(report.design), style_(style), left_out_(left_out), is_morris_(design_.plan.method == SensitivityMethod::morris) {}

    [[nodiscard]] std::string factors(const OutcomeSensitivity& outcome) const {
        const auto ranked = ranked_groups(outcome, design_);
        const std::size_t told = std::min(ranked.size(), most_factors);
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 0; i < told; ++i) rows.push_back(is_morris_ ? effect(outcome, ranked[i]) : indices(outcome, ranked[i]));
        std::string text = with_bars(outcome, std::span(ranked).first(told), rows);
        if (told < ranked.size())
            text += fmt::format("  … and {} more, up to {}, in indices.csv\n", with_commas(static_cast<std::int64_t>(ranked.size() - told)),
                                number(rank_of(outcome, design_, ranked[told]).value));
        return text;
    }

    /// Pairs whose interval does not reach 0, from the strongest down.
    [[nodiscard]] std::string pairs(const OutcomeSensitivity& outcome) const {
        struct Pair {
            std::string name;
            Estimate estimate;
        };
        std::vector<Pair> found;
        const auto& names = design_.groups.names;
        for (std::size_t i = 0; !outcome.sobol.second.empty() && i < names.size(); ++i)
            for (std::size_t j = i + 1; j < names.size(); ++j) {
                const Estimate& estimate = outcome.sobol.second[pair_number(i, j, names.size())];
                if (estimate.value > 0.005 && !(estimate.interval.low <= 0)) found.push_back({names[i] + " × " + names[j], estimate});
            }
        if (design_.plan.second_order == SecondOrder::no) return {};
        if (found.empty()) return "  no pair interacts by more than chance\n";
        std::ranges::stable_sort(found, std::ranges::greater{}, [](const Pair& pair) { return pair.estimate.value; });
        found.resize(std::min(found.size(), most_pairs));
        TextTable table({{.head = "  pair", .is_name = true}, {"second", Align::right}, {share_text(report_.bootstrap.confidence), Align::right}});
        for (const Pair& pair : found)
            table.add({"  " + pair.name, share(pair.estimate.value),
                       interval_text(pair.estimate.interval, share)});
        return table.text(style_, left_out_);
    }

    [[nodiscard]] std::string brief(const std::vector<const OutcomeSensitivity*>& outcomes) const {
        std::vector<TextTable::Column> columns{{.head = "More outcomes", .is_name = true}, {"mean", Align::right, 0, 2}, {"sd", Align::right, 0, 3}, {"noise", Align::right, 0, 4}};
        std::vector<std::vector<std::string>> rows;
        TextTable plain(columns);
        for (const auto* outcome : outcomes) {
            rows.push_back({"  " + without_middle(outcome->told(), 24, style_), readable(outcome->mean),
                            readable(outcome->sd), outcome->noise ? share_text(outcome->noise->share_of_means) : "–"});
            plain.add(rows.back());
        }
        const std::size_t rest = style_.width - std::min(style_.width, std::min(plain.width(style_) + 2, style_.width / 2));
        columns.push_back({.head = "strongest"});
        TextTable table(std::move(columns));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].push_back(strongest(*outcomes[i], rest));
            table.add(std::move(rows[i]));
        }
        return table.text(style_, left_out_);
    }

private:
    /// The three strongest groups, as many of them as there is room for.
    [[nodiscard]] std::string strongest(const OutcomeSensitivity& outcome, std::size_t width) const {
        std::string text;
        const auto ranked = ranked_groups(outcome, design_);
        for (std::size_t i = 0; i < std::min<std::size_t>(ranked.size(), 3); ++i) {
            const std::string next = fmt::format("{}{} {}", i == 0 ? "" : ", ", without_middle(told(ranked[i]), 14, style_),
                                                 number(rank_of(outcome, design_, ranked[i]).value));
            if (display_width(text) + display_width(next) > width) break;
            text += next;
        }
        return text;
    }

    /// A number as the ranks are written.
    [[nodiscard]] std::string number(double value) const { return is_morris_ ? readable(value) : share(value); }

    [[nodiscard]] const std::string& told(std::size_t group) const { return report_.record.labels.parameter(design_.groups.names[group]); }
    [[nodiscard]] std::string name_of(std::size_t group) const {
        return "  " + without_middle(told(group), style_.width < 100 ? 20 : 30, style_);
    }

    [[nodiscard]] std::vector<std::string> indices(const OutcomeSensitivity& outcome, std::size_t group) const {
        const Estimate& first = outcome.sobol.first_saltelli[group];
        const Estimate& total = outcome.sobol.total[group];
        return {name_of(group), share(first.value), interval_text(first.interval, share), share(total.value),
                interval_text(total.interval, share)};
    }

    [[nodiscard]] std::vector<std::string> effect(const OutcomeSensitivity& outcome, std::size_t group) const {
        const MorrisEffect& effect = outcome.morris.groups[group];
        return {name_of(group), readable(effect.mu), readable(effect.sigma), readable(effect.mu_star.value),
                interval_text(effect.mu_star.interval, [](double x) { return readable(x); })};
    }

    /// The greatest number that a bar has to reach: 1 for shares, or what goes beyond.
    [[nodiscard]] double end_of_bars(const OutcomeSensitivity& outcome, std::span<const std::size_t> groups) const {
        double end = is_morris_ ? 0 : 1;
        for (const std::size_t group : groups) {
            const Estimate& rank = rank_of(outcome, design_, group);
            end = std::fmax(end, std::fmax(rank.value, rank.interval.high));
        }
        return end;
    }

    [[nodiscard]] std::vector<TextTable::Column> columns() const {
        const std::string around = share_text(report_.bootstrap.confidence);
        if (is_morris_) return {{.head = "  factor", .is_name = true}, {"mu", Align::right, 0, 2}, {"sigma", Align::right, 0, 1}, {"mu*", Align::right}, {around, Align::right, 0, 3, false, around + " of mu*"}};
        return {{.head = "  factor", .is_name = true},
                {"first", Align::right, 0, 1},
                {around, Align::right, 0, 3, false, around + " of first"},
                {"total", Align::right},
                {around, Align::right, 0, 2, false, around + " of total"}};
    }

    [[nodiscard]] std::string with_bars(const OutcomeSensitivity& outcome, std::span<const std::size_t> groups,
                                        const std::vector<std::vector<std::string>>& rows) const {
        TextTable plain(columns());
        for (const auto& row : rows) plain.add(row);
        const std::size_t taken = plain.width(style_) + 2;
        if (taken + least_bar > style_.width) return plain.text(style_, left_out_);
        const std::size_t width = std::min<std::size_t>(style_.width - taken, 50);
        const double end = end_of_bars(outcome, groups);
        auto heads = columns();
        heads.push_back({fmt::format("0{:>{}}", number(end), width - 1), Align::left, width});
        TextTable table(std::move(heads));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto row = rows[i];
            const Estimate& rank = rank_of(outcome, design_, groups[i]);
            const double inner = is_morris_ ? rank.value : outcome.sobol.first_saltelli[groups[i]].value;
            row.push_back(interval_bar(inner, rank, end, width, style_));
            table.add(std::move(row));
        }
        return table.text(style_, left_out_);
    }

    const SensitivityReport& report_;
    const SensitivityDesign& design_;
    const TextStyle& style_;
    LeftOut& left_out_;
    bool is_morris_;
};

}  // namespace

std::string factors_table(const OutcomeSensitivity& outcome, const SensitivityReport& report, const TextStyle& style, LeftOut& left_out) {
    return IndexTables(report, style, left_out).factors(outcome);
}

std::string pairs_table(const OutcomeSensitivity& outcome, const SensitivityReport& report, const TextStyle& style, LeftOut& left_out) {
    return IndexTables(report, style, left_out).pairs(outcome);
}

std::string brief_table(const std::vector<const OutcomeSensitivity*>& outcomes, const SensitivityReport& report, const TextStyle& style, LeftOut& left_out) {
    return IndexTables(report, style, left_out).brief(outcomes);
}

std::string share_text(double value) {
    return std::isnan(value) ? "–" : fmt::format("{:.{}f} %", 100 * value, value > 0 && value < 0.0095 ? 1 : 0);
}

void write_indices(const SensitivityReport& report, const Sink& sink) {
    sink(table_head(ResultTable::indices));
    const auto row = [&](const std::string& outcome, const std::string& factor, const NamedIndex& index) {
        const Interval around = index.interval.value_or(Interval{Results::missing, Results::missing});
        sink(csv_cell(outcome) + ',' + csv_cell(factor) + ',' + index.name + ',' + exact(index.value) + ',' + exact(around.low) + ',' +
             exact(around.high) + '\n');
    };
    for (const auto& outcome : report.outcomes) {
        for (std::size_t group = 0; group < report.design.groups.size(); ++group)
            for (const NamedIndex& index : indices_of_group(outcome, report.design, group))
                row(outcome.name, report.design.groups.names[group], index);
        for (const auto& [one, other, estimate] : indices_of_pairs(outcome, report.design))
            row(outcome.name, one + ':' + other, {"second", estimate.value, estimate.interval});
    }
}

}  // namespace entente
