/// What a block program promises to whoever runs, cuts up or translates it; and a check that it keeps every promise.
///
/// A program is run in many ways: on whole blocks, on the parts of a block that a skip leaves, on elements packed together, by machine
/// code that leaves in its slots only what is read later. They give the same bits only if
/// - every operand is defined on every path on which it is read: an earlier instruction wrote it, and no skip lies between that may have
///   left that instruction out;
/// - hence what is written behind a skip is read behind it alone, up to the instruction that the skip leads to;
/// - skips lead forward, and what lies behind one skip does not reach beyond what lies behind the skip around it;
/// - every slot, draw, check and effect that is named is there, and results go to registers (the prologue's to uniforms too);
/// - stores follow no map, and a load that was read is not read again when another value was stored to its place;
/// - where a check leaves machine code, what the rest of the run reads is in its slot or brought along.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/language/program.hpp>

namespace entente {

/// What a run of machine code leaves for whoever goes on.
struct NativeFacts {
    /// A check at which the run may be left for the interpreter, which goes on from there.
    struct Exit {
        std::int32_t check = -1;         ///< which of the run's instructions
        std::vector<std::int32_t> held;  ///< slots whose values are brought along from registers
    };
    std::vector<std::int32_t> results;  ///< slots that hold their values when the run is over: from their last instruction in it on
    std::vector<Exit> exits;
};

/// By `extra` of instructions `native`.
using NativeResults = std::span<const NativeFacts>;

/// The first promise that a program breaks: where, and which slot by the name that `listing` gives it. "" where it keeps all. One pass over
/// the instructions.
std::string broken_promise(const Program& program);

/// The same of a body that was made from the program's.
std::string broken_promise(const Program& program, std::span<const Instruction> body, NativeResults native);

/// The same of what lies behind the skip at `skip`, run by itself, where of all slots `inputs` alone are given to it.
std::string broken_promise_behind(const Program& program, std::span<const Instruction> body, NativeResults native, std::size_t skip,
                                  std::span<const std::int32_t> inputs);

/// Throws std::logic_error, for it is our own fault, where a promise is broken in a program that was `stage` (emitted, translated …).
void verify(const std::string& broken, std::string_view stage);

}  // namespace entente
