/// How the command takes its memory: large blocks by large pages, and what was given back is kept for the next tile of runs.
#pragma once

namespace entente {

/// To be called once, first.
void settle_memory();

}  // namespace entente
