/// What a block program promises to whoever runs, cuts up or translates it; and a check that it keeps every promise.
///
/// A program is run in many ways: on whole blocks, on the parts of a block that a skip leaves, on elements packed together, by machine
/// code that leaves in its slots only what is read later. They give the same bits only if
/// - every operand is defined on every path on which it is read: an earlier instruction wrote it, and no skip lies between that may have
///   left that instruction out;
/// - hence what is written behind a skip is read behind it alone, up to the instruction that the skip leads to;
/// - skips lead forward, and what lies behind one skip does not reach beyond what lies behind the skip around it;
/// - every slot, draw, check and effect that is named is there, and results go to registers (the prologue's to uniforms too).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/language/program.hpp>

namespace entente {

/// By `extra` of instructions `native`: the slots that the machine code leaves written for what follows it.
using NativeResults = std::span<const std::vector<std::int32_t>>;

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
