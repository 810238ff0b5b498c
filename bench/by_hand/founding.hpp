/// The founding scenario (tests/scenes/founding.yaml with tests/scenes/library/recognition.yaml) as a loop written by hand for one core: what
/// the engine's update loop is measured against. Its fields and measures have the engine's bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <entente/base/calendar.hpp>

namespace entente::by_hand {

struct Loops;
struct Scene;
struct Turn;

/// Fused: the same equations in one loop, each evaluated on every tick. Sparing: with bounds, caches, and rare work of many runs put together.
enum class Way { fused, sparing };

/// The state of so many runs advancing in lockstep.
class Founding {
public:
    /// `instruction_set` is portable, avx2 or avx512; `lanes` a multiple of its vector.
    Founding(int lanes, std::string_view instruction_set, Way way);
    ~Founding();
    Founding(const Founding&) = delete;
    Founding& operator=(const Founding&) = delete;

    /// Begins runs first_run … first_run + lanes - 1.
    void begin(std::uint64_t seed, std::int64_t first_run);
    /// One tick of every run, as Batch::tick.
    void tick();
    /// `ticks` ticks, each vector of runs taken through all of them before the next.
    void run_ticks(std::int64_t ticks);
    /// Measures by the year begin anew.
    void begin_year();

    [[nodiscard]] int lanes() const { return lanes_; }
    [[nodiscard]] std::int64_t next_tick() const { return tick_; }
    [[nodiscard]] const Calendar& calendar() const { return calendar_; }

    /// Where a field, an event's count or a measure is found on a row.
    struct Place {
        enum class Form { same, slot, course, mean } form = Form::same;
        double value = 0;                ///< same: on every lane and tick
        int slot = 0;                    ///< slot; mean: of the sum
        double Turn::*course = nullptr;  ///< course: the same on every lane; `value` before the first tick
        int in_fused = -1;               ///< the slot in the fused loop, if that is another place
    };
    /// `relation.goodwill`, `count of praise`, or a measure's name. Throws std::out_of_range for one that is not known.
    [[nodiscard]] static Place place(std::string_view column, std::int64_t row);
    [[nodiscard]] double at(const Place& place, int lane) const;

private:
    Calendar calendar_;
    Way way_;
    const Loops& loops_;
    int lanes_;
    std::vector<Turn> turns_;
    std::unique_ptr<Scene> scene_;
    std::unique_ptr<double[], void (*)(double*)> memory_;
    std::uint32_t first_run_ = 0;
    std::int64_t tick_ = 0;
    std::int64_t year_began_ = 0;
};

}  // namespace entente::by_hand
