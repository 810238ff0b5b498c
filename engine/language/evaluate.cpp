#include <cmath>

#include <entente/base/elementary.hpp>
#include <entente/language/program.hpp>

namespace entente {

double evaluate(Op op, double a, double b, double c) {
    const Elementary& e = elementary();
    switch (op) {
        case Op::add:
            return a + b;
        case Op::subtract:
            return a - b;
        case Op::multiply:
            return a * b;
        case Op::divide:
            return a / b;
        case Op::power:
            return e.power(a, b);
        case Op::modulo:
            return python_modulo(a, b);
        case Op::minimum:
            return b < a ? b : a;
        case Op::maximum:
            return b > a ? b : a;
        case Op::less:
            return a < b ? 1 : 0;
        case Op::less_equal:
            return a <= b ? 1 : 0;
        case Op::equal:
            return a == b ? 1 : 0;
        case Op::not_equal:
            return a != b ? 1 : 0;
        case Op::logical_and:
            return a != 0 && b != 0 ? 1 : 0;
        case Op::logical_or:
            return a != 0 || b != 0 ? 1 : 0;
        case Op::fires:
            return a < -e.expm1(-b) ? 1 : 0;
        case Op::negate:
            return -a;
        case Op::logical_not:
            return a == 0 ? 1 : 0;
        case Op::absolute:
            return std::fabs(a);
        case Op::square_root:
            return std::sqrt(a);
        case Op::exp:
            return e.exp(a);
        case Op::expm1:
            return e.expm1(a);
        case Op::log:
            return e.log(a);
        case Op::log1p:
            return e.log1p(a);
        case Op::sin:
            return e.sin(a);
        case Op::cos:
            return e.cos(a);
        case Op::tan:
            return e.tan(a);
        case Op::tanh:
            return e.tanh(a);
        case Op::atan:
            return e.atan(a);
        case Op::floor:
            return std::floor(a);
        case Op::ceil:
            return std::ceil(a);
        case Op::round:
            return std::nearbyint(a);
        case Op::normal:
            return normal_quantile(open_uniform(a));
        case Op::select:
            return a != 0 ? b : c;
        default:
            return a;
    }
}

}  // namespace entente
