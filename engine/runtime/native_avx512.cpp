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

    void check(Check::Demand demand, const Vec& x, const Vec* mask, const asmjit::Label& failed) override {
        // What vfpclasspd tells: NaNs and infinities, the negative below 0, and both zeros.
        constexpr int not_finite = 0x99;
        constexpr int below_0 = 0x40;
        constexpr int zeros = 0x06;
        if (mask) mark(other, *mask, zero(), VectorComparison::not_equal);
        const auto classify = [&](int classes) {
            if (mask) a_.k(other).vfpclasspd(found, x, classes);
            else a_.vfpclasspd(found, x, classes);
        };
        switch (demand) {
            case Check::Demand::finite: classify(not_finite); break;
            case Check::Demand::not_negative: classify(not_finite | below_0); break;
            case Check::Demand::positive: classify(not_finite | below_0 | zeros); break;
            case Check::Demand::probability:
                mark(found, x, zero(), VectorComparison::not_greater_equal);
                mark(x86::k3, x, one(), VectorComparison::not_less_equal);
                a_.korb(found, found, x86::k3);
                if (mask) a_.kandb(found, found, other);
                break;
        }
        a_.kortestb(found, found);
        a_.jnz(failed);
    }

    void mark(const x86::KReg& to, const Vec& x, const Vec& y, VectorComparison how) { a_.vcmppd(to, x, y, static_cast<int>(how)); }
    void truth(const Vec& d) { a_.k(found).z().vmovapd(d, one()); }
};

}  // namespace

std::unique_ptr<NativeWriter> avx512_writer(NativeText& text, const Program& program, const NativePlan& plan, std::size_t begin) {
    return std::make_unique<Avx512Writer>(text, program, plan, begin, value_registers(8));
}

}  // namespace entente
