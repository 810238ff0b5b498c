/// Where few elements of a block do what a skip would leave out, they are packed, and the code between runs on them alone.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/language/verify.hpp>

namespace entente {

/// Most elements that are packed.
inline constexpr int most_packed = 128;

/// What the code behind a skip reads and changes. A plain struct, which the kernels read without calling anything.
struct Packing {
    const std::int32_t* inputs = nullptr;  ///< slots read before the code writes to them, or shown when a check fails
    int input_count = 0;
    const std::int32_t* effects = nullptr;  ///< numbers of its stores' effects
    int effect_count = 0;
    int instructions = 0;
};

/// Those of one program's body.
class Packings {
public:
    /// Skips whose code can run so have their number as `second` afterwards: it has no contributions and stores to its own rows alone,
    /// and is long enough for that to pay.
    Packings(const Program& program, std::vector<Instruction>& body, NativeResults native = {});

    [[nodiscard]] const std::vector<Packing>& all() const { return all_; }
    [[nodiscard]] const std::vector<std::int32_t>& slots() const { return slots_; }      ///< that need room
    [[nodiscard]] const std::vector<std::int32_t>& effects() const { return effects_; }  ///< that need room

private:
    std::vector<std::vector<std::int32_t>> lists_;
    std::vector<Packing> all_;
    std::vector<std::int32_t> slots_;
    std::vector<std::int32_t> effects_;
};

}  // namespace entente
