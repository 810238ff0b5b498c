#include <limits>

#include <entente/runtime/native_writer.hpp>

namespace entente {
namespace {

namespace x86 = asmjit::x86;

const x86::KReg found = x86::k1;
const x86::KReg other = x86::k2;

class Avx512Writer final : public NativeWriter {
public:
    using NativeWriter::NativeWriter;

private:
    void compare(const Vec& d, const Vec& x, const Vec& y, VectorComparison how) override {
        mark(found, x, y, how);
        truth(d);
    }
    void both(const Vec& d, const Vec& x, const Vec& y) override {
        mark(found, x, zero(), VectorComparison::not_equal);
        a_.k(found).vcmppd(found, y, zero(), static_cast<int>(VectorComparison::not_equal));
        truth(d);
    }
    void either(const Vec& d, const Vec& x, const Vec& y) override {
        mark(found, x, zero(), VectorComparison::not_equal);
        mark(other, y, zero(), VectorComparison::not_equal);
        a_.korb(found, found, other);
        truth(d);
    }
    void negate(const Vec& d, const Vec& x) override { a_.vpxorq(d, x, text_.constant(-0.0)._1to8()); }
    void absolute(const Vec& d, const Vec& x) override { a_.vpandq(d, x, text_.constant(~std::uint64_t{0} >> 1)._1to8()); }
    void round(const Vec& d, const Vec& x, int how) override { a_.vrndscalepd(d, x, how); }
    void select(const Vec& d, const Vec& x, const Operand& then, const Operand& otherwise) override {
        mark(found, x, zero(), VectorComparison::not_equal);
        const Vec there = value(then, spare(0));
        const Vec elsewhere = value(otherwise, spare(1));  // before the mask is named, for it is the next instruction's
        a_.k(found).vblendmpd(d, elsewhere, there);
    }
    void store_where(const Mem& to, const Vec& x, const Vec& mask) override {
        mark(found, mask, zero(), VectorComparison::not_equal);
        a_.k(found).vmovupd(to, x);
    }

    void check(const Limits& limits, const Vec& x, const Vec* mask, const asmjit::Label& failed) override {
        if (mask) mark(other, *mask, zero(), VectorComparison::not_equal);
        if (const int classes = classes_beyond(limits)) {
            if (mask) a_.k(other).vfpclasspd(found, x, classes);
            else a_.vfpclasspd(found, x, classes);
        } else {
            mark(found, x, value({-1, limits.low}, spare(0)), VectorComparison::not_greater_equal);
            mark(x86::k3, x, value({-1, limits.high}, spare(1)), VectorComparison::not_less_equal);
            a_.korb(found, found, x86::k3);
            if (mask) a_.kandb(found, found, other);
        }
        a_.kortestb(found, found);
        a_.jnz(failed);
    }

    /// Limits that vfpclasspd knows: what it calls the values beyond them. 0: it has no such classes.
    static int classes_beyond(const Limits& limits) {
        using Double = std::numeric_limits<double>;
        constexpr int not_finite = 0x99;
        constexpr int below_0 = 0x40;
        constexpr int zeros = 0x06;
        if (limits.high != Double::max()) return 0;
        if (limits.low == Double::lowest()) return not_finite;
        if (limits.low == 0) return not_finite | below_0;
        return limits.low == Double::denorm_min() ? not_finite | below_0 | zeros : 0;
    }

    void mark(const x86::KReg& to, const Vec& x, const Vec& y, VectorComparison how) { a_.vcmppd(to, x, y, static_cast<int>(how)); }
    void truth(const Vec& d) { a_.k(found).z().vmovapd(d, one()); }
};

}  // namespace

std::unique_ptr<NativeWriter> avx512_writer(NativeText& text, const Program& program, const NativePlan& plan, std::size_t begin) {
    return std::make_unique<Avx512Writer>(text, program, plan, begin, value_registers(8));
}

}  // namespace entente
