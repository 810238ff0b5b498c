/// How far work is, for whoever waits: a bar that is drawn over itself on a terminal that obeys escapes, elsewhere a plain line now and then.
#pragma once

#include <string>

#include <entente/output/text_table.hpp>
#include <entente/study/progress.hpp>

namespace entente {

/// One line of fewer cells than the terminal has: bar, share, time left, runs done, runs a second, failures; what has no room is left out, from the
/// least needed on.
std::string progress_line(const Progress& progress, const TextStyle& style);

/// The same without a bar, for a line that stays.
std::string plain_line(const Progress& progress, const TextStyle& style);

/// `<1 s left`, `about 2 min left`; "" where nothing is known.
std::string left_text(double seconds);

/// When plain lines are printed: the first after a while, others at each further tenth of the work, and after a longer while without any.
class PlainPace {
public:
    explicit PlainPace(double first_after) : next_at_(first_after) {}
    [[nodiscard]] bool is_due(const Progress& progress);

private:
    static constexpr double at_most_every = 10;  ///< seconds
    static constexpr double at_least_every = 600;
    double next_at_;
    double told_at_ = -1;
    int tenths_ = 0;  ///< told of
};

class ProgressBar {
public:
    explicit ProgressBar(bool wanted);
    ~ProgressBar();  ///< clears the line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// Redraws, ten times a second at most, in the width that the terminal has by then.
    void show(const Progress& progress);

private:
    enum class Way { none, drawn, plain };
    Way way_;
    PlainPace pace_;
    double shown_at_ = -1;  ///< seconds
};

}  // namespace entente
