// In place of native.cpp, where no machine code is written.
#include <entente/runtime/native.hpp>

namespace entente {

bool writes_machine_code() {
    return false;
}

struct NativeCode::Code {};

NativeCode::NativeCode(int, Log) {}

NativeCode::~NativeCode() = default;

std::vector<Instruction> NativeCode::translate(const Program& program) {
    return program.body;
}

bool NativeCode::finish() {
    return false;
}

}  // namespace entente
