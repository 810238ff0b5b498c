#include "session/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace entente {

void start_log(bool verbose) {
    auto log = std::make_shared<spdlog::logger>("entente", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    log->set_pattern("%H:%M:%S.%e %v");
    log->set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
    spdlog::set_default_logger(std::move(log));
}

void log_debug(const std::string& line) {
    spdlog::debug("{}", line);
}

}  // namespace entente
