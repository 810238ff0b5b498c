/// Saltelli's design, from whose outcomes Sobol' indices are estimated.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/study/sobol_sequence.hpp>

namespace entente {

/// Factors that are exchanged together: the group of each, numbered from 0 without a gap.
using FactorGroups = std::vector<std::size_t>;

/// Each factor by itself.
FactorGroups each_alone(std::size_t factors);
/// How many there are.
std::size_t group_count(const FactorGroups& groups);

enum class SecondOrder { no, yes };

/// Saltelli (2002), Comput. Phys. Commun. 145:280; Saltelli et al. (2010), Comput. Phys. Commun. 181:259.
struct SaltelliPlan {
    std::size_t base_rows = 0;  ///< N, best a power of two: see balance_warning
    FactorGroups groups;        ///< one for each factor
    SecondOrder second_order = SecondOrder::no;
    Scramble scramble = Scramble::owen;
    std::uint64_t seed = 1;
};

/// Points for each base row: G + 2 for G groups, 2 G + 2 with second order.
std::size_t points_per_base_row(std::size_t groups, SecondOrder second_order);

/// Of a Sobol' sequence in twice as many dimensions as factors, the first half of point n is row A, the second row B. AB_g is A with the
/// columns of group g from B, BA_g is B with those of A. For each n stand A, AB_1, …, AB_G, [BA_1, …, BA_G,] B: the order of SALib.
/// The design of N is the beginning of the design of any greater N.
UnitPoints saltelli_points(const SaltelliPlan& plan);

}  // namespace entente
