#include <entente/runtime/native_writer.hpp>

#include <algorithm>
#include <array>
#include <bit>

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
    return x86::ptr(state, static_cast<std::int32_t>(number * static_cast<int>(sizeof NativeState{}.values[0])));
}

/// Of the vector in hand of an operand. Until the next is asked for.
NativeWriter::Mem NativeWriter::address(int number) {
    if (number < static_cast<int>(pointers.size())) return vector_at(pointers[static_cast<std::size_t>(number)]);
    a_.mov(x86::rax, place_of_pointer(number));
    return vector_at(x86::rax);
}

NativeWriter::Vec NativeWriter::value(const Operand& operand, const Vec& room) {
    if (!operand.is_constant()) return reg(where_[static_cast<std::size_t>(operand.slot)]);
    if (std::bit_cast<std::uint64_t>(operand.constant) == 0) return zero();
    if (operand.constant == 1) return one();
    a_.vbroadcastsd(room, text_.constant(operand.constant));
    return room;
}

/// Brings what an instruction reads into registers.
void NativeWriter::load(std::size_t at) {
    const NativePlan::Step& step = plan_.step(at);
    for (const auto& [from, place] : step.kept) a_.vmovupd(place_in_state(place), reg(from));
    const Instruction& i = program_.body[at];
    const std::array operands{&i.a, &i.b, &i.c};
    for (std::size_t k = 0; k < operands.size(); ++k) {
        const NativePlan::Load& load = step.loads[k];
        if (load.reg < 0) continue;
        a_.vmovupd(reg(load.reg), load.place >= 0 ? place_in_state(load.place) : address(plan_.number_of(operands[k]->slot)));
        where_[static_cast<std::size_t>(operands[k]->slot)] = load.reg;
    }
}

void NativeWriter::write_instruction(std::size_t at, const asmjit::Label& failed) {
    const Instruction& i = program_.body[at];
    const NativePlan::Step& step = plan_.step(at);
    load(at);
    const Vec x = value(i.a, spare(0));
    const bool is_binary = i.op <= Op::logical_or;
    const bool has_mask = (i.op == Op::check || i.op == Op::store) && !i.b.is_constant();
    const Vec y = is_binary || has_mask ? value(i.b, spare(1)) : spare(1);
    const Vec d = reg(std::max(step.d, 0));
    switch (i.op) {
        case Op::add: a_.vaddpd(d, x, y); break;
        case Op::subtract: a_.vsubpd(d, x, y); break;
        case Op::multiply: a_.vmulpd(d, x, y); break;
        case Op::divide: a_.vdivpd(d, x, y); break;
        case Op::minimum: a_.vminpd(d, y, x); break;  // y < x ? y : x
        case Op::maximum: a_.vmaxpd(d, y, x); break;
        case Op::less: compare(d, x, y, Comparison::less); break;
        case Op::less_equal: compare(d, x, y, Comparison::less_equal); break;
        case Op::equal: compare(d, x, y, Comparison::equal); break;
        case Op::not_equal: compare(d, x, y, Comparison::not_equal); break;
        case Op::logical_and: both(d, x, y); break;
        case Op::logical_or: either(d, x, y); break;
        case Op::negate: negate(d, x); break;
        case Op::logical_not: compare(d, x, zero(), Comparison::equal); break;
        case Op::absolute: absolute(d, x); break;
        case Op::square_root: a_.vsqrtpd(d, x); break;
        case Op::floor: round(d, x, 0x09); break;
        case Op::ceil: round(d, x, 0x0A); break;
        case Op::round: round(d, x, 0x08); break;
        case Op::copy: a_.vmovapd(d, x); break;
        case Op::select: select(d, x, i.b, i.c); break;
        case Op::check: check(program_.checks[static_cast<std::size_t>(i.extra)].demand, x, has_mask ? &y : nullptr, failed); break;
        case Op::store: {
            const Mem to = address(plan_.number_of(-1 - i.extra));
            if (has_mask) store_where(to, x, y);
            else a_.vmovupd(to, x);
            break;
        }
        default: break;
    }
    if (i.d < 0) return;
    where_[static_cast<std::size_t>(i.d)] = step.d;
    if (step.stores) a_.vmovupd(address(plan_.number_of(i.d)), d);
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
