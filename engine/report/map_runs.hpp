/// What maps show of single runs: places and links in the runs that are told.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <entente/report/packed.hpp>
#include <entente/summary/spatial.hpp>
#include <entente/summary/story.hpp>

namespace entente {

/// All maps' values of single runs together take at most so many characters of a page.
inline constexpr std::size_t most_map_run_bytes = 200'000;

/// Packs until there is no more room; asked for in the order of importance. Nothing where no runs are told.
class MapRuns {
public:
    explicit MapRuns(const Told& told) : told_(told) {}

    /// A measure by row, as page::MapLayer::in_runs has it; `moments` are the map's, where the measure moves.
    std::optional<page::PackedNumbers> measure(std::size_t measure, std::span<const std::int64_t> moments);
    /// What the runs that are told keep of a quantity on maps at its moments, for `rows` of it: [run][moment][row].
    std::optional<page::PackedNumbers> quantity(const SpatialCourse& course, std::span<const std::size_t> rows);

    /// The courses of the quantity in the runs that are told, at its moments; none where they are not kept.
    [[nodiscard]] std::vector<const KeptCourses*> kept(const SpatialCourse& course) const;

    /// What there was no room for, in a sentence; "" where there was.
    [[nodiscard]] std::string left_out() const;

private:
    std::optional<page::PackedNumbers> within(const std::string& name, std::span<const double> values, int width);

    const Told& told_;
    std::size_t bytes_ = 0;
    std::vector<std::string> without_;
};

}  // namespace entente
