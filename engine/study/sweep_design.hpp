/// The designs of a sweep: a grid, a Latin hypercube or a Sobol' sequence over its factors.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <entente/study/design.hpp>

namespace entente {

enum class SweepForm { grid, latin, sobol };

struct SweepPlan {
    SweepForm form = SweepForm::grid;
    int levels = 5;            ///< grid: of a factor that gives none itself
    std::int64_t samples = 0;  ///< latin, sobol: points
    std::uint64_t seed = 1;    ///< latin, sobol
};

/// The form in words, as a study is recorded and known again: `Sobol' sequence`, `grid of 5 × 4`.
std::string form_text(std::span<const Factor> factors, const SweepPlan& plan);

/// The points. `grown` has the numbers of samples that the study was made with before, the last of them `plan.samples`: a Latin hypercube of
/// so many grows through these (a study that is new has the last alone); other designs do not ask. Throws Error where a factor has levels and
/// the design has no use for them, and as the designs themselves do.
Points sweep_points(std::span<const Factor> factors, const SweepPlan& plan, std::span<const std::int64_t> grown);

/// Throws Error where a factor is varied by levels, which have no meaning in that design: `a Latin hypercube`.
void refuse_levels(std::span<const Factor> factors, const std::string& design);

}  // namespace entente
