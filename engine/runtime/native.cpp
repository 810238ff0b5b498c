#include <entente/runtime/native.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <map>

#include <asmjit/x86.h>

#include <entente/runtime/native_plan.hpp>

namespace entente {
namespace {

namespace x86 = asmjit::x86;

const x86::Zmm scratch = x86::zmm28;
const x86::Zmm zero = x86::zmm30;
const x86::Zmm one = x86::zmm31;
const x86::KReg found = x86::k1;
const x86::KReg masked = x86::k2;

// Comparisons as vcmppd numbers them; a NaN is unequal to all, and neither less nor more.
enum Comparison { equal = 0x00, less = 0x11, less_equal = 0x12, not_equal = 0x04, not_greater_equal = 0x19, not_less_equal = 0x16 };

bool is_simple(const Instruction& i, const Program& program) {
    switch (i.op) {
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::minimum:
        case Op::maximum:
        case Op::less:
        case Op::less_equal:
        case Op::equal:
        case Op::not_equal:
        case Op::logical_and:
        case Op::logical_or:
        case Op::negate:
        case Op::logical_not:
        case Op::absolute:
        case Op::square_root:
        case Op::floor:
        case Op::ceil:
        case Op::round:
        case Op::copy:
        case Op::select:
        case Op::check:
            return true;
        case Op::store:
            return program.effects[static_cast<std::size_t>(i.extra)].map.value < 0;
        default:
            return false;
    }
}

}  // namespace

struct NativeCode::Code {
    asmjit::JitRuntime runtime;
    asmjit::CodeHolder holder;
    x86::Assembler assembler;
    std::vector<asmjit::Label> entries;
    std::vector<std::vector<HeldValue>> held;         ///< by exit of all runs
    std::vector<std::vector<NativeExit>> exits;       ///< by run
    std::map<std::uint64_t, asmjit::Label> constants;
    void* base = nullptr;

    asmjit::Label constant(double x) {
        const auto [place, is_new] = constants.try_emplace(std::bit_cast<std::uint64_t>(x));
        if (is_new) place->second = assembler.newLabel();
        return place->second;
    }
};

namespace {

/// Writes one run as it is planned.
class Writer {
public:
    Writer(const Program& program, const NativePlan& plan, std::size_t begin) : program_(program), plan_(plan), begin_(begin) {}

    template <class Code>
    void write(Code& code) {
        x86::Assembler& a = code.assembler;
        const asmjit::Label loop = a.newLabel();
        const asmjit::Label done = a.newLabel();
        std::vector<asmjit::Label> failed;
        for (std::size_t i = 0; i < plan_.exits().size(); ++i) failed.push_back(a.newLabel());
        const std::array saved{x86::rbx, x86::rbp, x86::r12, x86::r13, x86::r14, x86::r15};
        const int held = std::min(static_cast<int>(plan_.operands().size()), static_cast<int>(pointers.size()));
        const int pushed = std::max(0, held - (static_cast<int>(pointers.size()) - static_cast<int>(saved.size())));
        for (int i = 0; i < pushed; ++i) a.push(saved[static_cast<std::size_t>(i)]);
        for (int i = 0; i < held; ++i) a.mov(pointers[static_cast<std::size_t>(i)], place_of_pointer(i));
        a.vpxorq(zero, zero, zero);
        a.vbroadcastsd(one, x86::ptr(code.constant(1)));
        a.cmp(x86::rsi, x86::rdx);
        a.jae(done);
        a.bind(loop);
        registers_.assign(static_cast<std::size_t>(program_.slot_count()), -1);
        std::size_t checks = 0;
        for (std::size_t at = begin_; at < plan_.end(); ++at)
            write_instruction(code, at, program_.body[at].op == Op::check ? failed[checks++] : done);
        for (const auto& [slot, reg] : plan_.pending()) a.vmovupd(address(a, plan_.number_of(slot)), x86::zmm(static_cast<std::uint32_t>(reg)));
        a.add(x86::rsi, 64);
        a.cmp(x86::rsi, x86::rdx);
        a.jb(loop);
        a.bind(done);
        a.mov(x86::rax, x86::rsi);
        for (int i = pushed; i-- > 0;) a.pop(saved[static_cast<std::size_t>(i)]);
        a.ret();
        write_exits(a, failed, done);
    }

private:
    // What a call passes.
    static constexpr x86::Gp slot_table = x86::rdi;
    static constexpr x86::Gp target_table = x86::rcx;
    static constexpr x86::Gp state = x86::r8;
    static constexpr std::array pointers{x86::r9, x86::r10, x86::r11, x86::rbx, x86::rbp, x86::r12, x86::r13, x86::r14, x86::r15};

    /// Where the pointer to an operand's first element stands.
    [[nodiscard]] x86::Mem place_of_pointer(int number) const {
        const std::int32_t operand = plan_.operands()[static_cast<std::size_t>(number)];
        return operand >= 0 ? x86::ptr(slot_table, 8 * operand) : x86::ptr(target_table, 8 * (-1 - operand));
    }

    /// Leaves registers, and which check failed, in the state.
    void write_exits(x86::Assembler& a, const std::vector<asmjit::Label>& failed, const asmjit::Label& done) const {
        if (failed.empty()) return;
        const asmjit::Label leave = a.newLabel();
        for (std::size_t i = 0; i < failed.size(); ++i) {
            a.bind(failed[i]);
            a.mov(x86::eax, static_cast<std::uint32_t>(i));
            a.jmp(leave);
        }
        a.bind(leave);
        for (int r = 0; r < native_registers; ++r) a.vmovupd(x86::zmmword_ptr(state, 64 * r), x86::zmm(static_cast<std::uint32_t>(r)));
        a.mov(x86::qword_ptr(state, offsetof(NativeState, exit)), x86::rax);
        a.jmp(done);
    }

    x86::Mem address(x86::Assembler& a, int number) const {
        if (number < static_cast<int>(pointers.size())) return x86::zmmword_ptr(pointers[static_cast<std::size_t>(number)], x86::rsi);
        a.mov(x86::rax, place_of_pointer(number));
        return x86::zmmword_ptr(x86::rax, x86::rsi);
    }

    /// Registers of the operands: the present ones, with those loaded here. A constant goes to `scratch`.
    template <class Code>
    x86::Zmm value(Code& code, const Operand& operand, int loaded, const x86::Zmm& spare = scratch) {
        x86::Assembler& a = code.assembler;
        if (operand.is_constant()) {
            if (std::bit_cast<std::uint64_t>(operand.constant) == 0) return zero;
            if (operand.constant == 1) return one;
            a.vbroadcastsd(spare, x86::ptr(code.constant(operand.constant)));
            return spare;
        }
        const auto slot = static_cast<std::size_t>(operand.slot);
        if (loaded >= 0) {
            const x86::Zmm reg = x86::zmm(static_cast<std::uint32_t>(loaded));
            a.vmovupd(reg, address(a, plan_.number_of(operand.slot)));
            registers_[slot] = loaded;
        }
        return x86::zmm(static_cast<std::uint32_t>(registers_[slot]));
    }

    template <class Code>
    void write_instruction(Code& code, std::size_t at, const asmjit::Label& failed) {
        x86::Assembler& a = code.assembler;
        const Instruction& i = program_.body[at];
        const NativePlan::Step& step = plan_.step(at);
        const x86::Zmm x = value(code, i.a, step.loads[0]);
        const bool has_b = i.op <= Op::logical_or || i.op == Op::select || ((i.op == Op::check || i.op == Op::store) && !i.b.is_constant());
        const x86::Zmm y = has_b ? value(code, i.b, step.loads[1], i.a.is_constant() ? x86::zmm29 : scratch) : scratch;
        const x86::Zmm d = x86::zmm(static_cast<std::uint32_t>(std::max(step.d, 0)));
        const auto compare = [&](Comparison how, const x86::Zmm& left, const x86::Zmm& right, const x86::KReg& to) { a.vcmppd(to, left, right, how); };
        const auto truth = [&] { a.k(found).z().vmovapd(d, one); };
        switch (i.op) {
            case Op::add: a.vaddpd(d, x, y); break;
            case Op::subtract: a.vsubpd(d, x, y); break;
            case Op::multiply: a.vmulpd(d, x, y); break;
            case Op::divide: a.vdivpd(d, x, y); break;
            case Op::minimum: a.vminpd(d, y, x); break;  // y < x ? y : x
            case Op::maximum: a.vmaxpd(d, y, x); break;
            case Op::less: compare(less, x, y, found), truth(); break;
            case Op::less_equal: compare(less_equal, x, y, found), truth(); break;
            case Op::equal: compare(equal, x, y, found), truth(); break;
            case Op::not_equal: compare(not_equal, x, y, found), truth(); break;
            case Op::logical_and: compare(not_equal, x, zero, found), compare(not_equal, y, zero, masked), a.kandb(found, found, masked), truth(); break;
            case Op::logical_or: compare(not_equal, x, zero, found), compare(not_equal, y, zero, masked), a.korb(found, found, masked), truth(); break;
            case Op::negate: a.vpxorq(d, x, x86::ptr(code.constant(-0.0))._1to8()); break;
            case Op::logical_not: compare(equal, x, zero, found), truth(); break;
            case Op::absolute: a.vpandq(d, x, x86::ptr(code.constant(std::bit_cast<double>(~std::uint64_t{0} >> 1)))._1to8()); break;
            case Op::square_root: a.vsqrtpd(d, x); break;
            case Op::floor: a.vrndscalepd(d, x, 0x09); break;
            case Op::ceil: a.vrndscalepd(d, x, 0x0A); break;
            case Op::round: a.vrndscalepd(d, x, 0x08); break;
            case Op::copy: a.vmovapd(d, x); break;
            case Op::select: {
                compare(not_equal, x, zero, found);  // then both scratch registers are free for constants
                const x86::Zmm then = i.b.is_constant() ? value(code, i.b, -1, scratch) : y;
                const x86::Zmm otherwise = value(code, i.c, step.loads[2], x86::zmm29);
                a.k(found).vblendmpd(d, otherwise, then);
                break;
            }
            case Op::check: write_check(code, i, x, y, failed); break;
            case Op::store: {
                const x86::Mem to = address(a, plan_.number_of(-1 - i.extra));
                if (has_b)
                    compare(not_equal, y, zero, found), a.k(found).vmovupd(to, x);
                else
                    a.vmovupd(to, x);
                break;
            }
            default: break;
        }
        if (i.d < 0) return;
        registers_[static_cast<std::size_t>(i.d)] = step.d;
        if (step.stores) a.vmovupd(address(a, plan_.number_of(i.d)), d);
    }

    template <class Code>
    void write_check(Code& code, const Instruction& i, const x86::Zmm& x, const x86::Zmm& mask, const asmjit::Label& failed) {
        x86::Assembler& a = code.assembler;
        const Check::Demand demand = program_.checks[static_cast<std::size_t>(i.extra)].demand;
        // What vfpclasspd tells: NaNs and infinities, the negative below 0, and both zeros.
        constexpr std::uint32_t not_finite = 0x99;
        constexpr std::uint32_t below_0 = 0x40;
        constexpr std::uint32_t zeros = 0x06;
        if (!i.b.is_constant()) a.vcmppd(masked, mask, zero, not_equal);
        const auto classify = [&](std::uint32_t classes) {
            if (i.b.is_constant())
                a.vfpclasspd(found, x, classes);
            else
                a.k(masked).vfpclasspd(found, x, classes);
        };
        switch (demand) {
            case Check::Demand::finite: classify(not_finite); break;
            case Check::Demand::not_negative: classify(not_finite | below_0); break;
            case Check::Demand::positive: classify(not_finite | below_0 | zeros); break;
            case Check::Demand::probability:
                a.vcmppd(found, x, zero, not_greater_equal);
                a.vcmppd(x86::k3, x, one, not_less_equal);
                a.korb(found, found, x86::k3);
                if (!i.b.is_constant()) a.kandb(found, found, masked);
                break;
        }
        a.kortestb(found, found);
        a.jnz(failed);
    }

    const Program& program_;
    const NativePlan& plan_;
    std::size_t begin_;
    std::vector<int> registers_;  ///< by slot: where its value is now
};

}  // namespace

NativeCode::NativeCode() : code_(std::make_unique<Code>()) {
    code_->holder.init(code_->runtime.environment());
    code_->holder.attach(&code_->assembler);
}

NativeCode::~NativeCode() {
    if (code_->base) code_->runtime.release(code_->base);
}

std::vector<Instruction> NativeCode::translate(const Program& program) {
    constexpr std::size_t shortest = 2;
    const std::vector<std::size_t> last_read = last_reads(program);
    std::vector<bool> is_target(program.body.size() + 1);
    for (const Instruction& i : program.body)
        if (i.op == Op::skip) is_target[static_cast<std::size_t>(i.extra)] = true;
    std::vector<Instruction> made;
    std::vector<std::int32_t> moved(program.body.size() + 1);  // where each instruction, or the run before it, has gone
    for (std::size_t at = 0; at < program.body.size();) {
        std::size_t end = at;
        while (end < program.body.size() && is_simple(program.body[end], program) && (end == at || !is_target[end])) ++end;
        moved[at] = static_cast<std::int32_t>(made.size());
        if (end >= at + shortest) {
            const NativePlan plan(program, last_read, at, end);
            end = plan.end();
            if (end >= at + shortest) {
                code_->entries.push_back(code_->assembler.newLabel());
                code_->assembler.align(asmjit::AlignMode::kCode, 32);
                code_->assembler.bind(code_->entries.back());
                Writer(program, plan, at).write(*code_);
                auto& exits = code_->exits.emplace_back();
                for (const NativePlan::Exit& exit : plan.exits()) {
                    code_->held.push_back(exit.held);
                    exits.push_back({static_cast<std::int32_t>(exit.at - at), code_->held.back().data(), static_cast<int>(exit.held.size())});
                }
                NativeRun known;
                known.writes_fixed_rows = plan.writes_fixed_rows();
                runs_.push_back(known);
                Instruction call;
                call.op = Op::native;
                call.extra = static_cast<std::int32_t>(runs_.size()) - 1;
                call.second = static_cast<std::int32_t>(made.size() + 1 + end - at);
                made.push_back(call);
            }
        }
        end = std::max(end, at + 1);
        for (std::size_t k = at; k < end; ++k) {
            if (k > at) moved[k] = static_cast<std::int32_t>(made.size());
            made.push_back(program.body[k]);
        }
        at = end;
    }
    moved[program.body.size()] = static_cast<std::int32_t>(made.size());
    for (Instruction& i : made)
        if (i.op == Op::skip) i.extra = moved[static_cast<std::size_t>(i.extra)];
    return made;
}

bool NativeCode::finish() {
    if (runs_.empty()) return true;
    for (const auto& [bits, label] : code_->constants) {
        code_->assembler.align(asmjit::AlignMode::kData, 8);
        code_->assembler.bind(label);
        code_->assembler.embedUInt64(bits);
    }
    if (code_->runtime.add(&code_->base, &code_->holder) != asmjit::kErrorOk) {
        code_->base = nullptr;
        return false;
    }
    for (std::size_t run = 0; run < runs_.size(); ++run) {
        const auto offset = code_->holder.labelOffsetFromBase(code_->entries[run]);
        runs_[run].call = reinterpret_cast<decltype(NativeRun::call)>(static_cast<char*>(code_->base) + offset);
        runs_[run].exits = code_->exits[run].data();
    }
    return true;
}

}  // namespace entente
