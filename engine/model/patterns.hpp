/// Regular and random graphs by pattern. Every pattern of one kind is undirected in spirit: where a -> b is, b -> a is too.
#pragma once

#include <cstdint>
#include <string>

#include <entente/model/topology.hpp>

namespace entente {

/// Appends the pattern's links, ordered by source, then target. `one_kind`: both ends are of the same kind (no link to oneself).
///
/// complete; ring (k nearest: k/2 on either side); grid (4 or 8 neighbours, or all within a radius, row by row); random (Erdős &
/// Rényi: each pair with probability p); small_world (Watts & Strogatz 1998: a ring of k, each link rewired with probability p);
/// scale_free (Barabási & Albert 1999, m links from each newcomer); regular (k each, by pairing stubs, Steger & Wormald 1999).
/// Between two kinds: complete and random, there each (source, target) with probability p.
/// Throws Error when sizes do not fit (an odd ring, more neighbours than agents, a grid of another size than its agents).
void add_pattern(const Pattern& pattern, const std::string& kind, std::int64_t sources, std::int64_t targets, bool one_kind, RowMap& source,
                 RowMap& target);

/// About as many links as the pattern makes.
double expected_links(const Pattern& pattern, double sources, double targets);

}  // namespace entente
