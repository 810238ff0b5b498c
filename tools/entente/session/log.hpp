/// What --verbose says on stderr, each line with the time of day. spdlog writes it; its headers are seen by one file alone.
#pragma once

#include <string>

namespace entente {

/// Before anything is logged; without it, or where `verbose` is false, nothing is said.
void start_log(bool verbose);

void log_debug(const std::string& line);

}  // namespace entente
