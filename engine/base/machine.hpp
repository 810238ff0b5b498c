/// What this machine has to spare.
#pragma once

#include <string>

namespace entente {

/// Bytes of memory that programs may still take (MemAvailable of Linux); infinity where the system does not tell.
double free_memory();

/// Refuses what would not fit: throws Error `WHAT would take 12.3 GB of memory, and 8.1 GB are free`, with `help`.
void need_memory(double bytes, const std::string& what, const std::string& help);

}  // namespace entente
