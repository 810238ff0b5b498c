/// What this machine has to spare.
#pragma once

#include <cstddef>
#include <string>

namespace entente {

/// Whether this processor multiplies and adds in one instruction, rounding once: all but x86 before 2013 do.
bool has_fused_multiply_add();

/// Bytes of memory that programs may still take (MemAvailable of Linux); infinity where the system does not say.
double free_memory();

/// Refuses what would not fit: throws Error `WHAT would take 12.3 GB of memory, and 8.1 GB are free`, with `help`.
void need_memory(double bytes, const std::string& what, const std::string& help);

/// Makes memory that is about to be filled present at once, by large pages where it can be: a page fault for each 4 kB costs more than
/// filling them. Only a wish: where the system knows no such thing, pages come one by one.
void make_present(void* begin, std::size_t bytes);

/// Memory for `bytes`, not yet filled, from the border of a cache line on; from three quarters of a large page on it has large pages of
/// its own. Throws std::bad_alloc.
void* take_memory(std::size_t bytes);
void give_back_memory(void* begin) noexcept;

}  // namespace entente
