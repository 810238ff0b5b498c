/// Worlds that tests and benchmarks share: the scenario files of this folder, at any size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace entente::scenes {

/// The text of `tests/scenes/NAME.yaml` with each first text, which must stand in it, replaced by the second.
std::string text(const std::string& name, const std::vector<std::pair<std::string, std::string>>& replace = {});

std::string governments(std::int64_t n);
std::string grid(std::int64_t width, std::int64_t height);
std::string random_graph(std::int64_t n);  ///< ten neighbours each, on average
std::string rows(std::int64_t n);
std::string events(std::int64_t n);
std::string aggregates(std::int64_t n);

/// The library of recognition among n governments, eight or more, of which one seeks. To be read from this checkout's root.
std::string recognition(std::int64_t n);

/// Civil conflict among n states, twelve or more. Writes their tables into the folder, which is to be named when the text is read. Throws
/// std::runtime_error where it can't write.
std::string conflict(std::int64_t n, const std::filesystem::path& folder);

/// The numbers of `recognition`, for who writes its loop by hand. Numbers not told here are the library's own or those of the seeker,
/// which stand in the scene's file.
namespace seeker_world {

struct Government {
    double capability = 0, population = 0, generosity = 0, places = 0;
};
Government government(std::int64_t i);

/// What government i holds toward the seeker, 0.
struct TowardSeeker {
    double goodwill = 0, grievance = 0, alarm = 0;
    int standing = 0;
    bool listed = false;
};
TowardSeeker toward_seeker(std::int64_t i);

/// In whose security government i has a stake; 0 = in nobody's.
std::int64_t client(std::int64_t i, std::int64_t n);
inline constexpr double goodwill_of_patron = 8, stake = 0.3;

/// Of the border between i and the next in the ring, km.
double border_length(std::int64_t i);

}  // namespace seeker_world

/// The numbers of `conflict`, likewise.
namespace conflict_world {

struct State {
    double gdp = 0, population = 0, growth = 0, births = 0, conflict = 0;
};
State state(std::int64_t i);

struct Border {
    std::int64_t source = 0, target = 0;
    double weight = 0;
};
/// By source and then by target.
std::vector<Border> borders(std::int64_t n);

}  // namespace conflict_world
}  // namespace entente::scenes
