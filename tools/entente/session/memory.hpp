/// How the command takes its memory: by large pages from the first byte on, for where it runs as a guest a small page costs microseconds,
/// and what was given back is kept for the next tile of runs.
#pragma once

#include <functional>

namespace entente {

/// To be called once, first.
void settle_memory();

/// What `act` gives, called on a stack that is large enough, and with threads that have such, however little the shell allows (ulimit -s).
int on_large_stack(const std::function<int()>& act);

}  // namespace entente
