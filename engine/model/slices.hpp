/// Sums over links taken key by key instead of link by link, for batches of one lane.
///
/// Sliced ELLPACK (Kreutzer et al. 2014, SIAM J. Sci. Comput. 36(5), C401-C423): keys are sorted by their number of items within
/// windows and cut into chunks of `vector_size`; the k-th items of a chunk's keys stand side by side, so that one vector operation adds
/// to all of them. Each key's items keep their order, so that its sum has the same bits.
#pragma once

#include <entente/model/model.hpp>

namespace entente {

/// Gives every program that only sums up what it reads, by a map to many keys, a twin that runs over slices.
void add_slices(Model& model);

}  // namespace entente
