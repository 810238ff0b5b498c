/// How the command takes its memory: by large pages from the first byte on, for where it runs as a guest a small page costs microseconds,
/// and what was given back is kept for the next tile of runs.
#pragma once

namespace entente {

/// To be called once, first.
void settle_memory();

}  // namespace entente
