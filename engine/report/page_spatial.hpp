/// What a page shows on maps and grids. page_data.hpp says who else reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <entente/report/packed.hpp>
#include <entente/report/page_numbers.hpp>

namespace entente::page {

/// Where an agent is: a country, a position, both or neither.
struct MapPlace {
    std::string name;
    std::string iso;   ///< ISO 3166-1 alpha-3; "" where none is known
    Number latitude;   ///< degrees north
    Number longitude;  ///< degrees east
};

/// What places are filled by: a number of each, at the end and over time.
struct MapLayer {
    std::string name;
    std::string unit;
    std::string about;
    std::string what;        ///< what the numbers are: `share of runs in which it has come`
    bool is_share = false;   ///< shares of runs, of a date
    bool is_state = false;   ///< a field or derived value
    std::vector<std::string> levels;  ///< names of a run's values 0, 1, 2, …; mostly none
    Numbers values;          ///< [row]: at the end of runs, or of whole runs
    Numbers low;             ///< [row]: 5 % of the runs, or the low end of the share's 95 % interval; empty where there is none
    Numbers high;
    std::optional<PackedNumbers> over_time;  ///< [moment * rows + row]; none of what each run has one value of
    /// In the runs of ReplayData: of what moves [run][moment][row]; of dates when it came [run][row], as days since 1970-01-01 or ticks; else [run][row]. None
    /// where ReplayData::kinds hold it, where no runs are told, or for want of room.
    std::optional<PackedNumbers> in_runs;
};

struct MapKind {
    std::string name;
    std::int64_t first = 0;  ///< number of its first row among all agents, as the network counts them
    std::vector<MapPlace> rows;
    std::vector<MapLayer> layers;
};

/// A field of links of which the network has no room for all: those that are among the strongest at any moment.
struct MapArcs {
    std::string kind;
    std::string name;
    std::string unit;
    std::int64_t all = 0;                    ///< how many links there are
    std::vector<std::pair<int, int>> links;  ///< each one's two agents, numbered as the network does
    PackedNumbers values;                    ///< [moment * links + link]
    std::optional<PackedNumbers> in_runs;    ///< [run][moment][link] in the runs of ReplayData; none where there are none, or for want of room
    std::vector<Moment> times;
};

struct MapData {
    std::vector<Moment> times;
    std::vector<MapKind> kinds;
    std::vector<MapArcs> arcs;
    std::string note;  ///< over which runs means are taken, and what is not kept of single runs
};

struct GridField {
    std::string name;
    std::string unit;
    std::string about;
    std::vector<std::string> levels;  ///< names of its values 0, 1, 2, …; mostly none
    bool whole = false;               ///< whether all values are whole numbers: what is unpacked is to be rounded
    std::vector<PackedNumbers> runs;  ///< [number in GridData::runs]: [moment * cells + cell], row by row from the top; all between the same bounds
};

/// The cells of a grid in single runs.
struct GridData {
    std::string kind;
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::vector<std::int64_t> runs;  ///< their numbers, as runs.csv has them
    std::vector<Moment> times;
    std::vector<GridField> fields;
    std::string note;  ///< which runs these are, and which moments are left out
};

}  // namespace entente::page
