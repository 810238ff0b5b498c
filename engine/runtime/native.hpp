/// Machine code for runs of simple instructions: what the interpreter does one instruction after the other on a block, one loop does
/// vector after vector, with all between in registers. The same operations in the same order, and so the same bits.
///
/// AVX2 and AVX-512; a build without it (native_none.cpp) interprets all. Instructions that call functions, draw, gather, skip or add up stay with the interpreter.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <entente/language/program.hpp>
#include <entente/language/verify.hpp>

namespace entente {

/// Whether this build can write machine code at all.
bool writes_machine_code();

/// A value that a run has in a vector register.
struct HeldValue {
    std::int32_t slot = -1;
    std::int32_t of = -1;  ///< which value of the state
};

/// Where a run is left when a check fails on a vector: all before the check is done, and nothing else.
struct NativeExit {
    std::int32_t check = -1;  ///< how many instructions the run had done
    const HeldValue* held = nullptr;  ///< what its slots do not hold yet
    int values = 0;
};

/// The most vector registers that hold values.
inline constexpr int native_registers = 28;

/// Registers as a failed check left them.
struct NativeState {
    double values[native_registers][vector_size];
    std::int64_t exit;  ///< which
};

/// What does one run of instructions. A plain struct, which the kernels read without calling anything.
struct NativeLoop {
    /// Elements from byte `begin` to byte `end` of every slot, and of where every effect's store goes. Gives `end`, or the vector on
    /// which a check failed, and leaves its registers in the state.
    std::int64_t (*call)(double* const* slots, std::int64_t begin, std::int64_t end, double* const* targets, NativeState* state) = nullptr;
    const NativeExit* exits = nullptr;
    bool writes_fixed_rows = false;  ///< then no element beyond the valid ones may be written
};

/// One run as an assembler would read it.
struct NativeListing {
    int begin = 0, end = 0;  ///< the instructions of its program that it does
    std::string text;        ///< a line each, instructions of the program as comments before what they became
};

class NativeCode {
public:
    enum class Log { none, kept };
    /// For vectors of so many doubles: 4 on AVX2, 8 on AVX-512.
    explicit NativeCode(int vector, Log log = Log::none);
    ~NativeCode();
    NativeCode(const NativeCode&) = delete;
    NativeCode& operator=(const NativeCode&) = delete;

    /// The program's body with an instruction before each run that does all of it.
    std::vector<Instruction> translate(const Program& program);
    /// Makes what was translated callable. False where the system lets no program write code.
    bool finish();
    /// By `extra` of instructions `native`.
    [[nodiscard]] const NativeLoop* loops() const { return loops_.data(); }
    /// Likewise: what it leaves written, and brings along where a check fails.
    [[nodiscard]] const std::vector<NativeFacts>& results() const { return results_; }

    /// What was translated, run after run, where the log is kept.
    [[nodiscard]] const std::vector<NativeListing>& listings() const { return listings_; }

private:
    struct Code;
    std::unique_ptr<Code> code_;
    std::vector<NativeLoop> loops_;
    std::vector<NativeFacts> results_;
    std::vector<NativeListing> listings_;
};

}  // namespace entente
