/// Ctrl-C as a question that a long computation asks now and then.
#pragma once

namespace entente {

/// While it lives, the first SIGINT or SIGTERM is only noted; the second one ends the program as ever.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] static bool came();
    /// Whether it came a while ago: what is in hand has had its time to end, and is left.
    [[nodiscard]] static bool is_overdue();
};

}  // namespace entente
