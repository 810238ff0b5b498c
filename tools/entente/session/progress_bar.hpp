/// The bar that shows how far an ensemble is, on a terminal only.
#pragma once

#include <string>

#include <entente/output/text_table.hpp>
#include <entente/study/ensemble.hpp>

namespace entente {

/// One line: bar, runs done, runs a second, time left, failures.
std::string progress_line(const Progress& progress, const TextStyle& style);

class ProgressBar {
public:
    explicit ProgressBar(bool wanted);
    ~ProgressBar();  ///< clears the line
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// Redraws, ten times a second at most.
    void show(const Progress& progress);

private:
    bool wanted_;
    TextStyle style_;
    double shown_at_ = -1;  ///< seconds
};

}  // namespace entente
