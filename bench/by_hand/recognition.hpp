/// The world of tests/scenes/recognition.yaml as a loop written by hand for one core that knows its one seeker: what the engine's update
/// loop over many governments is measured against. Its fields, counts and measures have the engine's bits.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <entente/base/calendar.hpp>

namespace entente::by_hand {

namespace seeker {
struct Life;
struct Loops;
struct Seat;
struct World;
}  // namespace seeker

/// Some runs, each taken through a tick by itself: what is seldom zero lies along rows, not along runs.
class Recognition {
public:
    /// Among so many governments, 9 to 600. `instruction_set` is portable, avx2 or avx512. Throws std::out_of_range for another one,
    /// std::invalid_argument for another number.
    Recognition(int governments, int runs, std::string_view instruction_set);
    ~Recognition();
    Recognition(const Recognition&) = delete;
    Recognition& operator=(const Recognition&) = delete;

    /// Begins runs first_run and after.
    void begin(std::uint64_t seed, std::int64_t first_run);
    /// One tick of every run, as Batch::tick.
    void tick();

    [[nodiscard]] std::int64_t next_tick() const { return tick_; }
    [[nodiscard]] const Calendar& calendar() const { return calendar_; }

    /// A field (`relation.goodwill`), an event's count (`count of praise`) or a measure of a run, by row. Throws std::out_of_range for one
    /// that is not known.
    [[nodiscard]] std::vector<double> column(std::string_view name, int run) const;

private:
    /// What differs between ticks and not between runs.
    struct Turn {
        double season = 1;  ///< factor of hardship
        bool students_leave = false;
    };
    void tick(seeker::Life& life, std::uint32_t run);
    void live(seeker::Life& life, std::uint32_t run);
    void guard(seeker::Life& life, std::uint32_t run);
    void travel(seeker::Life& life, std::uint32_t run, const seeker::Seat& seat);
    void spread_abroad(seeker::Life& life, std::uint32_t run);
    void measure(seeker::Life& life) const;

    struct Scalars;
    Calendar calendar_;
    const seeker::Loops& loops_;
    std::unique_ptr<seeker::World> world_;
    std::unique_ptr<Scalars> scalars_;
    std::vector<seeker::Life> lives_;
    std::vector<Turn> turns_;
    std::uint32_t first_run_ = 0;
    std::int64_t tick_ = 0;
};

}  // namespace entente::by_hand
