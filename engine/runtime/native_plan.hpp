/// Registers and memory of one run of machine code, planned before it is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <entente/runtime/native.hpp>

namespace entente {

/// Where in a program's body each instruction's result is read last; 0 where never.
std::vector<std::size_t> last_reads(const Program& program);

class NativePlan {
public:
    /// Of the body's instructions [begin, end), or of as many from the first on as registers suffice for.
    NativePlan(const Program& program, const std::vector<std::size_t>& last_read, std::size_t begin, std::size_t end);

    /// What an instruction needs.
    struct Step {
        int loads[3] = {-1, -1, -1};  ///< registers that operands a, b, c are loaded into first
        int d = -1;
        bool stores = false;  ///< the result goes to its slot at once
    };
    /// A check that may fail.
    struct Exit {
        std::size_t at;  ///< the check
        std::vector<HeldValue> held;
    };

    [[nodiscard]] std::size_t end() const { return end_; }
    [[nodiscard]] const Step& step(std::size_t at) const { return steps_[at - begin_]; }
    /// What the run has in memory: slots, or beyond them -1 - number of an effect.
    [[nodiscard]] const std::vector<std::int32_t>& operands() const { return operands_; }
    [[nodiscard]] int number_of(std::int32_t operand) const;
    /// Results to be written when a vector is done, for their slots are read before: slot and register.
    [[nodiscard]] const std::vector<std::pair<std::int32_t, int>>& pending() const { return pending_; }
    [[nodiscard]] const std::vector<Exit>& exits() const { return exits_; }
    [[nodiscard]] bool writes_fixed_rows() const { return writes_fixed_rows_; }

private:
    bool fits();
    void find_uses();
    [[nodiscard]] bool is_read_after(std::int32_t slot, std::size_t at) const;
    [[nodiscard]] bool is_wanted(std::size_t at) const { return last_read_[at] >= end_; }
    int take();
    void need(std::int32_t operand);
    bool place(std::size_t at);
    [[nodiscard]] std::vector<HeldValue> held() const;
    [[nodiscard]] bool is_pending(int reg) const;
    void release(std::int32_t slot, std::size_t at);

    const Program& program_;
    const std::vector<std::size_t>& last_read_;
    std::size_t begin_;
    std::size_t end_;
    std::vector<std::vector<std::size_t>> last_use_;  ///< by slot: where in the run it is read
    std::vector<std::size_t> last_definition_;        ///< by slot: where in the run it is written last
    std::vector<bool> is_input_;                      ///< by slot: read before it is written
    std::vector<int> registers_;                      ///< by slot: where its value is now, -1: in memory
    std::vector<int> free_;
    std::vector<Step> steps_;
    std::vector<std::pair<std::int32_t, int>> pending_;
    std::vector<std::int32_t> operands_;
    std::vector<Exit> exits_;
    bool writes_fixed_rows_ = false;
};

}  // namespace entente
