#include <entente/runtime/native_writer.hpp>

namespace entente {
namespace {

/// Masks are vectors here, all bits set or none.
class Avx2Writer final : public NativeWriter {
public:
    using NativeWriter::NativeWriter;

private:
    void compare(const Vec& d, const Vec& x, const Vec& y, VectorComparison how) override {
        mark(d, x, y, how);
        a_.vandpd(d, d, one());
    }
    void both(const Vec& d, const Vec& x, const Vec& y) override {
        mark(spare(0), x, zero(), VectorComparison::not_equal);
        mark(d, y, zero(), VectorComparison::not_equal);
        a_.vandpd(d, d, spare(0));
        a_.vandpd(d, d, one());
    }
    void either(const Vec& d, const Vec& x, const Vec& y) override {
        mark(spare(0), x, zero(), VectorComparison::not_equal);
        mark(d, y, zero(), VectorComparison::not_equal);
        a_.vorpd(d, d, spare(0));
        a_.vandpd(d, d, one());
    }
    void negate(const Vec& d, const Vec& x) override { a_.vxorpd(d, x, text_.constant(-0.0)); }
    void absolute(const Vec& d, const Vec& x) override { a_.vandpd(d, x, text_.constant(~std::uint64_t{0} >> 1)); }
    void round(const Vec& d, const Vec& x, int how) override { a_.vroundpd(d, x, how); }
    void select(const Vec& d, const Vec& x, const Operand& then, const Operand& otherwise) override {
        mark(spare(0), x, zero(), VectorComparison::not_equal);
        const Vec other = value(otherwise, spare(1));
        if (then.is_constant()) a_.vblendvpd(d, other, text_.constant(then.constant), spare(0));
        else a_.vblendvpd(d, other, value(then, spare(1)), spare(0));
    }
    /// A masked store would be many times slower on some processors.
    void store_where(const Mem& to, const Vec& x, const Vec& mask) override {
        mark(spare(1), mask, zero(), VectorComparison::equal);
        a_.vblendvpd(spare(1), x, to, spare(1));
        a_.vmovupd(to, spare(1));
    }

    void check(const Limits& limits, const Vec& x, const Vec* mask, const asmjit::Label& failed) override {
        const Vec bad = spare(0);
        const Vec more = spare(1);
        const auto lies_beyond = [&](const Vec& to, const Vec& of, VectorComparison how, double limit) {
            if (limit == 0) mark(to, of, zero(), how);
            else a_.vcmppd(to, of, text_.constant(limit), static_cast<int>(how));
        };
        if (limits.low == -limits.high) {
            absolute(bad, x);
            lies_beyond(bad, bad, VectorComparison::not_less_equal, limits.high);
        } else {
            lies_beyond(more, x, VectorComparison::not_less_equal, limits.high);
            lies_beyond(bad, x, VectorComparison::not_greater_equal, limits.low);
            a_.vorpd(bad, bad, more);
        }
        if (mask) {
            mark(more, *mask, zero(), VectorComparison::not_equal);
            a_.vandpd(bad, bad, more);
        }
        a_.vtestpd(bad, bad);
        a_.jnz(failed);
    }

    void mark(const Vec& to, const Vec& x, const Vec& y, VectorComparison how) { a_.vcmppd(to, x, y, static_cast<int>(how)); }
};

}  // namespace

std::unique_ptr<NativeWriter> avx2_writer(NativeText& text, const Program& program, const NativePlan& plan, std::size_t begin) {
    return std::make_unique<Avx2Writer>(text, program, plan, begin, value_registers(4));
}

}  // namespace entente
