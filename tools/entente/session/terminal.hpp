/// The terminal as an attendant: warnings and errors on stderr, a bar on it, and Ctrl-C as the wish to stop.
#pragma once

#include "session/attendant.hpp"

namespace entente {

class Terminal : public Attendant {
public:
    void tell_warning(std::string_view what, std::string_view help = {}) override;
    void tell_error(std::string_view what, std::string_view help = {}) override;
    void tell_problems(const ReadScenario& read) override;
    [[nodiscard]] std::unique_ptr<Sign> busy_with(const std::string& what, bool is_shown) override;
    /// While it lives, the first Ctrl-C is only noted; the second one ends the program.
    [[nodiscard]] std::unique_ptr<Watch> watch_runs(bool is_shown) override;
    [[nodiscard]] bool wants_stop() const override;
    [[nodiscard]] bool is_overdue() const override;
};

}  // namespace entente
