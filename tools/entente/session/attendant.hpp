/// Whom a command works for: the terminal (session/terminal.hpp), or a program that calls it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <entente/study/ensemble.hpp>

namespace entente {

struct ReadScenario;

class Attendant {
public:
    /// While one lives, it may be shown what is being done that can't say how far it is. It ends before anything else is told.
    class Sign {
    public:
        virtual ~Sign() = default;
    };
    /// While one lives, runs are being made. `show` is called by one thread at a time.
    class Watch {
    public:
        virtual ~Watch() = default;
        virtual void show(const Progress& progress) = 0;
        /// The runs are made; a wish to stop is noted still.
        virtual void clear() = 0;
    };

    virtual ~Attendant() = default;

    /// What may be wrong and ends nothing, and what to do about it.
    virtual void tell_warning(std::string_view what, std::string_view help = {}) = 0;
    /// What went wrong, where what was found is there all the same; the exit code says so too.
    virtual void tell_error(std::string_view what, std::string_view help = {}) = 0;
    /// Warnings and notes of a scenario.
    virtual void tell_problems(const ReadScenario& read) = 0;

    [[nodiscard]] virtual std::unique_ptr<Sign> busy_with(const std::string& what, bool is_shown) = 0;
    [[nodiscard]] virtual std::unique_ptr<Watch> watch_runs(bool is_shown) = 0;

    /// Whether to stop when what is in hand has been made. Asked by any thread, while there is a Watch and after it.
    [[nodiscard]] virtual bool wants_stop() const = 0;
    /// Whether that was asked for a while ago: what is in hand has had its time to end, and is left. Likewise.
    [[nodiscard]] virtual bool is_overdue() const = 0;
};

/// One that is told nothing, and stops when another wants to: for ranks above 0, which would tell everything once more.
class SilentAttendant : public Attendant {
public:
    /// `other` must outlive it.
    explicit SilentAttendant(Attendant& other) : other_(other) {}
    void tell_warning(std::string_view, std::string_view) override {}
    void tell_error(std::string_view, std::string_view) override {}
    void tell_problems(const ReadScenario&) override {}
    [[nodiscard]] std::unique_ptr<Sign> busy_with(const std::string& what, bool) override { return other_.busy_with(what, false); }
    [[nodiscard]] std::unique_ptr<Watch> watch_runs(bool) override { return other_.watch_runs(false); }
    [[nodiscard]] bool wants_stop() const override { return other_.wants_stop(); }
    [[nodiscard]] bool is_overdue() const override { return other_.is_overdue(); }

private:
    Attendant& other_;
};

}  // namespace entente
