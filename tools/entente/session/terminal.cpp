#include "session/terminal.hpp"

#include <optional>

#include <entente/scenario/read.hpp>

#include "session/console.hpp"
#include "session/interrupt.hpp"
#include "session/progress_bar.hpp"
#include "session/waiting_sign.hpp"

namespace entente {

namespace {

class ShownSign : public Attendant::Sign {
public:
    ShownSign(const std::string& what, bool is_shown) : sign_(what, is_shown) {}

private:
    WaitingSign sign_;
};

class ShownProgress : public Attendant::Watch {
public:
    explicit ShownProgress(bool is_shown) : bar_(std::in_place, is_shown) {}
    void show(const Progress& progress) override {
        if (bar_) bar_->show(progress);
    }
    void clear() override { bar_.reset(); }

private:
    Interrupt interrupt_;
    std::optional<ProgressBar> bar_;
};

}  // namespace

void Terminal::tell_warning(std::string_view what, std::string_view help) {
    entente::tell_warning(what, help);
}

void Terminal::tell_error(std::string_view what, std::string_view help) {
    entente::tell_error(what, help);
}

void Terminal::tell_problems(const ReadScenario& read) {
    if (!read.warnings.empty()) tell_lines(render(read.warnings, *read.scenario.sources) + "\n\n");
}

std::unique_ptr<Attendant::Sign> Terminal::busy_with(const std::string& what, bool is_shown) {
    return std::make_unique<ShownSign>(what, is_shown);
}

std::unique_ptr<Attendant::Watch> Terminal::watch_runs(bool is_shown) {
    return std::make_unique<ShownProgress>(is_shown);
}

bool Terminal::wants_stop() const {
    return Interrupt::came();
}

bool Terminal::is_overdue() const {
    return Interrupt::is_overdue();
}

}  // namespace entente
