/// The values of a study's runs, read from its shards column by column: no more is in memory than what is asked for.
///
/// Runs are numbered by alternative, point and replicate, the replicate fastest: run = (alternative x points + point) x replicates + replicate.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/store/study_folder.hpp>

namespace entente {

class StudyValues {
public:
    /// `layout` are empty results of the study's models: measures, calendar, years. The folder must outlive this.
    StudyValues(const StudyFolder& folder, const Study& study, Results layout);

    [[nodiscard]] const Results& layout() const { return layout_; }
    [[nodiscard]] const std::vector<ValueColumn>& columns() const { return columns_; }
    [[nodiscard]] std::int64_t points() const { return points_; }
    [[nodiscard]] std::int64_t replicates() const { return replicates_; }
    [[nodiscard]] std::int64_t alternatives() const { return alternatives_; }
    [[nodiscard]] std::int64_t runs() const { return alternatives_ * points_ * replicates_; }

    /// Column `number`, as ValueColumn::first counts them, of points [first, end) of an alternative, all replicates of a point after each other. NaN where a run was never made, or
    /// the value is missing (a date that never came, what a run that failed leaves open).
    [[nodiscard]] std::vector<double> column(std::size_t number, int alternative, std::int64_t first, std::int64_t end) const;
    [[nodiscard]] std::vector<double> column(std::size_t number, int alternative = 0) const { return column(number, alternative, 0, points_); }

    /// Failures of all runs, by their number in the study.
    [[nodiscard]] const std::vector<RunFailure>& failures() const { return failures_; }
    [[nodiscard]] bool is_made(std::int64_t run) const { return made_runs_[static_cast<std::size_t>(run)] != 0; }
    /// Ticks to whose end each of the runs [first, end) was watched: all of the calendar's, less in one that failed, NaN of one never made.
    [[nodiscard]] std::vector<double> watched(std::int64_t first, std::int64_t end) const;
    /// Runs that are there, failed ones included.
    [[nodiscard]] std::int64_t made() const { return made_; }
    /// Of them at points that stand in the design before.
    [[nodiscard]] std::int64_t again() const;
    /// Points that have runs, of any alternative.
    [[nodiscard]] std::int64_t points_made() const;
    /// The digest of an ensemble, over all runs in their order.
    [[nodiscard]] std::string digest() const;

private:
    /// Calls visit(shard, row, point) for every point of the study in [first, end) that a shard holds, doubled points too.
    void note(const PlacedShard& shard, std::int64_t row, std::int64_t first_run);
    template <class Visit>
    void for_each_point(int alternative, std::int64_t first, std::int64_t end, const Visit& visit) const;

    const StudyFolder& folder_;
    Results layout_;
    std::vector<ValueColumn> columns_;
    std::int64_t points_;
    std::int64_t replicates_;
    std::int64_t alternatives_;
    std::vector<std::pair<std::int64_t, std::int64_t>> doubles_;  ///< sorted: first point of its kind, and one like it
    std::vector<RunFailure> failures_;
    std::vector<std::uint8_t> made_runs_;  ///< by run: 1 where it is there, failed or not
    std::int64_t made_ = 0;
};

}  // namespace entente
