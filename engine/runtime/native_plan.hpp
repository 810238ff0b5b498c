/// Registers and memory of one run of machine code, planned before it is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <entente/runtime/native.hpp>

namespace entente {

/// Where in a program's body each instruction's result is read last; 0 where never.
std::vector<std::size_t> last_reads(const Program& program);

class NativePlan {
public:
    /// Of the body's instructions [begin, end), or of as many from the first on as so many vector registers, at most native_registers,
    /// can hold the values of.
    NativePlan(const Program& program, const std::vector<std::size_t>& last_read, std::size_t begin, std::size_t end, int registers);

    /// What an instruction needs.
    struct Step {
        int loads[3]{-1, -1, -1};  ///< registers that its operands a, b, c are loaded into from their slots; -1: it is in one
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
    [[nodiscard]] const std::vector<Exit>& exits() const { return exits_; }
    [[nodiscard]] bool writes_fixed_rows() const { return writes_fixed_rows_; }
    /// Slots that hold their values when the run is over.
    [[nodiscard]] std::vector<std::int32_t> results() const;

private:
    /// Where a slot's present value is.
    struct Home {
        int reg = -1;
        bool in_slot = true;
    };

    bool fits();
    void find_uses();
    [[nodiscard]] std::size_t next_use(std::int32_t slot, std::size_t at) const;
    [[nodiscard]] bool is_read_after(std::int32_t slot, std::size_t at) const;
    [[nodiscard]] bool is_wanted(std::size_t at) const { return last_read_[at] >= end_; }
    int take(std::size_t at, std::span<const std::int32_t> needed);
    void hold(std::int32_t slot, int reg);
    void let_go(std::int32_t slot);
    void need(std::int32_t operand);
    bool assign(std::size_t at);
    [[nodiscard]] std::vector<HeldValue> held() const;
    void release(std::int32_t slot, std::size_t at);

    const Program& program_;
    const std::vector<std::size_t>& last_read_;
    std::size_t begin_;
    std::size_t end_;
    int register_count_;
    std::vector<std::vector<std::size_t>> uses_;  ///< by slot: where in the run it is read, ascending
    std::vector<std::size_t> last_definition_;    ///< by slot: where in the run it is written last
    std::vector<Home> homes_;                     ///< by slot
    std::vector<std::int32_t> holds_;             ///< by register: the slot whose value it has, -1: none
    std::vector<int> free_;
    std::vector<Step> steps_;
    std::vector<std::int32_t> operands_;
    std::vector<Exit> exits_;
    bool writes_fixed_rows_ = false;
};

}  // namespace entente
