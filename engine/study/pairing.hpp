/// Whether what a study puts side by side shares its luck.
#pragma once

namespace entente {

/// Paired: replicate r draws alike everywhere, so that differences are not luck. Unpaired: each has runs of its own, independent of the others'.
enum class Pairing { paired, unpaired };

}  // namespace entente
