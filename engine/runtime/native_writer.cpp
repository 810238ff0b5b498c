#include <entente/runtime/native_writer.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>

namespace entente {
namespace {

namespace x86 = asmjit::x86;

// What a call passes.
constexpr x86::Gp slot_table = x86::rdi;
constexpr x86::Gp offset = x86::rsi;
constexpr x86::Gp end_offset = x86::rdx;
constexpr x86::Gp target_table = x86::rcx;
constexpr x86::Gp state = x86::r8;
// What the run's operands are pointed at by; the rest goes through rax.
constexpr std::array pointers{x86::r9, x86::r10, x86::r11, x86::rbx, x86::rbp, x86::r12, x86::r13, x86::r14, x86::r15};
constexpr std::array saved{x86::rbx, x86::rbp, x86::r12, x86::r13, x86::r14, x86::r15};

}  // namespace

NativeText::NativeText(int doubles) : vector(doubles) {
    holder.init(runtime.environment());
    holder.attach(&assembler);
}

x86::Mem NativeText::constant(std::uint64_t bits) {
    const auto [place, is_new] = constants_.try_emplace(bits);
    if (is_new) place->second = assembler.newLabel();
    return x86::ptr(place->second);
}

x86::Mem NativeText::constant(double x) { return constant(std::bit_cast<std::uint64_t>(x)); }

void NativeText::embed_constants() {
    const int copies = vector == 8 ? 1 : vector;
    for (const auto& [bits, label] : constants_) {
        assembler.align(asmjit::AlignMode::kData, static_cast<std::uint32_t>(8 * copies));
        assembler.bind(label);
        for (int k = 0; k < copies; ++k) assembler.embedUInt64(bits);
    }
}

NativeWriter::NativeWriter(NativeText& text, const Program& program, const NativePlan& plan, std::size_t begin, int registers)
    : text_(text), a_(text.assembler), program_(program), plan_(plan), begin_(begin), registers_(registers) {}

void NativeWriter::write() {
    const asmjit::Label loop = a_.newLabel();
    const asmjit::Label done = a_.newLabel();
    std::vector<asmjit::Label> failed;
    for (std::size_t i = 0; i < plan_.exits().size(); ++i) failed.push_back(a_.newLabel());
    const int held = std::min(static_cast<int>(plan_.operands().size()), static_cast<int>(pointers.size()));
    const int pushed = std::max(0, held - (static_cast<int>(pointers.size()) - static_cast<int>(saved.size())));
    for (int i = 0; i < pushed; ++i) a_.push(saved[static_cast<std::size_t>(i)]);
    for (int i = 0; i < held; ++i) a_.mov(pointers[static_cast<std::size_t>(i)], place_of_pointer(i));
    a_.vxorpd(zero().xmm(), zero().xmm(), zero().xmm());
    a_.vbroadcastsd(one(), text_.constant(1.0));
    a_.cmp(offset, end_offset);
    a_.jae(done);
    a_.bind(loop);
    where_.assign(static_cast<std::size_t>(program_.slot_count()), -1);
    std::size_t checks = 0;
    for (std::size_t at = begin_; at < plan_.end(); ++at)
        write_instruction(at, program_.body[at].op == Op::check ? failed[checks++] : done);
    a_.add(offset, 8 * text_.vector);
    a_.cmp(offset, end_offset);
    a_.jb(loop);
    a_.bind(done);
    a_.vzeroupper();
    a_.mov(x86::rax, offset);
    for (int i = pushed; i-- > 0;) a_.pop(saved[static_cast<std::size_t>(i)]);
    a_.ret();
    write_exits(failed, done);
}

NativeWriter::Vec NativeWriter::reg(int number) const {
    assert(number >= 0 && number < (text_.vector == 8 ? 32 : 16));
    const auto n = static_cast<std::uint32_t>(number);
    return text_.vector == 8 ? Vec(x86::zmm(n)) : Vec(x86::ymm(n));
}

NativeWriter::Mem NativeWriter::vector_at(const x86::Gp& base) const { return x86::ptr(base, offset); }

/// Where the pointer to an operand's first element stands.
NativeWriter::Mem NativeWriter::place_of_pointer(int number) const {
    const std::int32_t operand = plan_.operands()[static_cast<std::size_t>(number)];
    return operand >= 0 ? x86::ptr(slot_table, 8 * operand) : x86::ptr(target_table, 8 * (-1 - operand));
}

NativeWriter::Mem NativeWriter::place_in_state(int number) const {
    assert(number >= 0 && number < native_registers);
    return x86::ptr(state, static_cast<std::int32_t>(number * static_cast<int>(sizeof NativeState{}.values[0])));
}

/// Of the vector in hand of an operand. Until the next is asked for.
NativeWriter::Mem NativeWriter::address(int number) {
    if (number < static_cast<int>(pointers.size())) return vector_at(pointers[static_cast<std::size_t>(number)]);
    a_.mov(x86::rax, place_of_pointer(number));
    return vector_at(x86::rax);
}

NativeWriter::Vec NativeWriter::value(const Operand& operand, const Vec& room) {
    assert(operand.is_constant() || where_[static_cast<std::size_t>(operand.slot)] >= 0);  // load() has brought it
    if (!operand.is_constant()) return reg(where_[static_cast<std::size_t>(operand.slot)]);
    if (std::bit_cast<std::uint64_t>(operand.constant) == 0) return zero();
    if (operand.constant == 1) return one();
    a_.vbroadcastsd(room, text_.constant(operand.constant));
    return room;
}

/// Brings what an instruction reads into registers.
void NativeWriter::load(std::size_t at) {
    const NativePlan::Step& step = plan_.step(at);
    const Instruction& i = program_.body[at];
    const std::array operands{&i.a, &i.b, &i.c};
    for (std::size_t k = 0; k < operands.size(); ++k) {
        if (step.loads[k] < 0) continue;
        a_.vmovupd(reg(step.loads[k]), address(plan_.number_of(operands[k]->slot)));
        where_[static_cast<std::size_t>(operands[k]->slot)] = step.loads[k];
    }
}

/// The operands of an instruction in registers, and the one for its result.
struct NativeWriter::Parts {
    const Instruction& i;
    const Vec& d;
    const Vec& x;
    const Vec& y;
    bool has_second;  ///< y is an operand
    const asmjit::Label& failed;
};

NativeWriter::Write NativeWriter::write_of(Op op) {
    using Writer = NativeWriter;
    using How = VectorComparison;
    struct Row {
        Op op;
        Write write;
    };
    static constexpr std::array rows{
        Row{Op::add, [](Writer& w, const Parts& p) { w.a_.vaddpd(p.d, p.x, p.y); }},
        Row{Op::subtract, [](Writer& w, const Parts& p) { w.a_.vsubpd(p.d, p.x, p.y); }},
        Row{Op::multiply, [](Writer& w, const Parts& p) { w.a_.vmulpd(p.d, p.x, p.y); }},
        Row{Op::divide, [](Writer& w, const Parts& p) { w.a_.vdivpd(p.d, p.x, p.y); }},
        Row{Op::minimum, [](Writer& w, const Parts& p) { w.a_.vminpd(p.d, p.y, p.x); }},  // y < x ? y : x
        Row{Op::maximum, [](Writer& w, const Parts& p) { w.a_.vmaxpd(p.d, p.y, p.x); }},
        Row{Op::less, [](Writer& w, const Parts& p) { w.compare(p.d, p.x, p.y, How::less); }},
        Row{Op::less_equal, [](Writer& w, const Parts& p) { w.compare(p.d, p.x, p.y, How::less_equal); }},
        Row{Op::equal, [](Writer& w, const Parts& p) { w.compare(p.d, p.x, p.y, How::equal); }},
        Row{Op::not_equal, [](Writer& w, const Parts& p) { w.compare(p.d, p.x, p.y, How::not_equal); }},
        Row{Op::logical_and, [](Writer& w, const Parts& p) { w.both(p.d, p.x, p.y); }},
        Row{Op::logical_or, [](Writer& w, const Parts& p) { w.either(p.d, p.x, p.y); }},
        Row{Op::negate, [](Writer& w, const Parts& p) { w.negate(p.d, p.x); }},
        Row{Op::logical_not, [](Writer& w, const Parts& p) { w.compare(p.d, p.x, w.zero(), How::equal); }},
        Row{Op::absolute, [](Writer& w, const Parts& p) { w.absolute(p.d, p.x); }},
        Row{Op::square_root, [](Writer& w, const Parts& p) { w.a_.vsqrtpd(p.d, p.x); }},
        Row{Op::floor, [](Writer& w, const Parts& p) { w.round(p.d, p.x, 0x09); }},
        Row{Op::ceil, [](Writer& w, const Parts& p) { w.round(p.d, p.x, 0x0A); }},
        Row{Op::round, [](Writer& w, const Parts& p) { w.round(p.d, p.x, 0x08); }},
        Row{Op::copy, [](Writer& w, const Parts& p) { w.a_.vmovapd(p.d, p.x); }},
        Row{Op::select, [](Writer& w, const Parts& p) { w.select(p.d, p.x, p.i.b, p.i.c); }},
        Row{Op::check,
            [](Writer& w, const Parts& p) {
                w.check(limits_of(w.program_.checks[static_cast<std::size_t>(p.i.extra)].demand), p.x, p.has_second ? &p.y : nullptr, p.failed);
            }},
        Row{Op::store,
            [](Writer& w, const Parts& p) {
                const Mem to = w.address(w.plan_.number_of(-1 - p.i.extra));
                if (p.has_second) w.store_where(to, p.x, p.y);
                else w.a_.vmovupd(to, p.x);
            }},
    };
    const auto found = std::find_if(rows.begin(), rows.end(), [op](const Row& row) { return row.op == op; });
    return found == rows.end() ? nullptr : found->write;
}

bool is_written(Op op) { return NativeWriter::write_of(op) != nullptr; }

void NativeWriter::write_instruction(std::size_t at, const asmjit::Label& failed) {
    const Instruction& i = program_.body[at];
    const NativePlan::Step& step = plan_.step(at);
    if (a_.logger()) a_.commentf("; %zu", at);
    load(at);
    const Vec x = value(i.a, spare(0));
    const bool has_second = operation(i.op).operands == 2 && !(i.d < 0 && i.b.is_constant());  // of effects: a mask
    const Vec y = has_second ? value(i.b, spare(1)) : spare(1);
    write_of(i.op)(*this, {i, reg(std::max(step.d, 0)), x, y, has_second, failed});
    if (i.d < 0) return;
    assert(step.d >= 0);
    where_[static_cast<std::size_t>(i.d)] = step.d;
    if (step.stores) a_.vmovupd(address(plan_.number_of(i.d)), reg(step.d));
}

/// Leaves registers, and which check failed, in the state.
void NativeWriter::write_exits(const std::vector<asmjit::Label>& failed, const asmjit::Label& done) {
    if (failed.empty()) return;
    const asmjit::Label leave = a_.newLabel();
    for (std::size_t i = 0; i < failed.size(); ++i) {
        a_.bind(failed[i]);
        a_.mov(x86::eax, static_cast<std::uint32_t>(i));
        a_.jmp(leave);
    }
    a_.bind(leave);
    for (int r = 0; r < registers_; ++r) a_.vmovupd(place_in_state(r), reg(r));
    a_.mov(x86::qword_ptr(state, offsetof(NativeState, exit)), x86::rax);
    a_.jmp(done);
}

}  // namespace entente
