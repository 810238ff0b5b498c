/// Writes runs of instructions as machine code: what the instruction sets have in common, and one class for each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include <asmjit/x86.h>

#include <entente/runtime/native_plan.hpp>

namespace entente {

/// What the runs of all programs are written into.
struct NativeText {
    explicit NativeText(int vector);

    asmjit::JitRuntime runtime;
    asmjit::StringLogger log;  ///< filled where the holder is told so
    asmjit::CodeHolder holder;
    asmjit::x86::Assembler assembler;
    int vector;  ///< doubles in a vector: 4 (AVX2) or 8 (AVX-512)

    /// Where a constant will stand; on AVX2 as often as a vector holds it.
    asmjit::x86::Mem constant(std::uint64_t bits);
    asmjit::x86::Mem constant(double x);
    void embed_constants();

private:
    std::map<std::uint64_t, asmjit::Label> constants_;
};

/// Whether machine code does the operation. All others stay with the interpreter.
bool is_written(Op op);

/// Comparisons as vcmppd numbers them; a NaN is unequal to all, and neither less nor more.
enum class VectorComparison {
    equal = 0x00,
    not_equal = 0x04,
    less = 0x11,
    less_equal = 0x12,
    not_less_equal = 0x16,
    not_greater_equal = 0x19,
};

/// Writes one run as it is planned. Registers are, by number: those that hold values, two to spare, 0, 1.
class NativeWriter {
public:
    NativeWriter(NativeText& text, const Program& program, const NativePlan& plan, std::size_t begin, int registers);
    virtual ~NativeWriter() = default;
    NativeWriter(const NativeWriter&) = delete;
    NativeWriter& operator=(const NativeWriter&) = delete;
    void write();

    using Vec = asmjit::x86::Vec;
    using Mem = asmjit::x86::Mem;

    struct Parts;
    /// Writes what an operation does with the parts of an instruction.
    using Write = void (*)(NativeWriter& writer, const Parts& parts);
    /// By operation; null where it is not written.
    static Write write_of(Op op);

protected:
    /// d = 1 where the comparison holds, else 0.
    virtual void compare(const Vec& d, const Vec& x, const Vec& y, VectorComparison how) = 0;
    /// d = 1 where neither is 0, else 0.
    virtual void both(const Vec& d, const Vec& x, const Vec& y) = 0;
    /// d = 1 where one of them is not 0, else 0.
    virtual void either(const Vec& d, const Vec& x, const Vec& y) = 0;
    virtual void negate(const Vec& d, const Vec& x) = 0;
    virtual void absolute(const Vec& d, const Vec& x) = 0;
    /// As vroundpd: 8 to even, 9 down, 10 up.
    virtual void round(const Vec& d, const Vec& x, int how) = 0;
    /// d = where x is not 0 the one, else the other.
    virtual void select(const Vec& d, const Vec& x, const Operand& then, const Operand& otherwise) = 0;
    virtual void store_where(const Mem& to, const Vec& x, const Vec& mask) = 0;
    /// Goes to `failed` where some x, of those at which the mask (if there is one) is not 0, lies beyond the limits.
    virtual void check(const Limits& limits, const Vec& x, const Vec* mask, const asmjit::Label& failed) = 0;

    [[nodiscard]] Vec reg(int number) const;
    [[nodiscard]] Vec spare(int k) const { return reg(registers_ + k); }
    [[nodiscard]] Vec zero() const { return reg(registers_ + 2); }
    [[nodiscard]] Vec one() const { return reg(registers_ + 3); }
    /// The register of an operand; a constant is put into `room` if it is in none.
    Vec value(const Operand& operand, const Vec& room);

    NativeText& text_;
    asmjit::x86::Assembler& a_;

private:
    [[nodiscard]] Mem vector_at(const asmjit::x86::Gp& base) const;
    [[nodiscard]] Mem place_of_pointer(int number) const;
    [[nodiscard]] Mem place_in_state(int number) const;
    [[nodiscard]] Mem address(int number);
    void load(std::size_t at);
    void write_instruction(std::size_t at, const asmjit::Label& failed);
    void write_exits(const std::vector<asmjit::Label>& failed, const asmjit::Label& done);

    const Program& program_;
    const NativePlan& plan_;
    std::size_t begin_;
    int registers_;
    std::vector<int> where_;  ///< by slot: the register that has its value
};

/// Registers that hold values, of so many doubles each.
constexpr int value_registers(int vector) { return vector == 8 ? 28 : 12; }
std::unique_ptr<NativeWriter> avx2_writer(NativeText& text, const Program& program, const NativePlan& plan, std::size_t begin);
std::unique_ptr<NativeWriter> avx512_writer(NativeText& text, const Program& program, const NativePlan& plan, std::size_t begin);

}  // namespace entente
