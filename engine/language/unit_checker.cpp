#include <entente/language/unit_checker.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace entente {
namespace {

/// An expression in a message: one line, cut where it is long.
std::string quoted(const ExprPtr& tree) {
    constexpr std::size_t most = 60;
    if (tree->text.size() <= most) return "'" + tree->text + "'";
    std::size_t end = most - 3;
    while (end > 0 && (static_cast<unsigned char>(tree->text[end]) & 0xc0U) == 0x80U) --end;  // no character is cut
    return "'" + tree->text.substr(0, end) + " …'";
}

/// As a factor of a product.
std::string as_factor(const ExprPtr& tree) {
    const bool is_simple = tree->kind != Expr::Kind::call || !entry_of(tree->function).signature.empty();
    return is_simple ? tree->text : "(" + tree->text + ")";
}

std::string in_unit(const Unit& unit) {
    const std::string text = unit.text();
    if (unit.is_pure() && text[0] >= '0' && text[0] <= '9' && text != "1") return "in units of " + text;
    return text == "1" ? "a number without a unit" : "in " + text;
}

std::string factor_text(double factor) {
    return factor >= 1000 && factor == std::floor(factor) && factor < 1e15 ? fmt::format("{:.0f}", factor) : fmt::format("{:.4g}", factor);
}

/// What turns a value into a unit of which it is so many.
std::string converted(const ExprPtr& value, double factor) {
    return fmt::format("write {} * {}", factor_text(factor), as_factor(value));
}

/// What may be meant where two units have nothing in common but a time.
std::string help_between(const Unit& have, const Unit& want) {
    const Unit ratio = want.over(have);
    const bool is_time = ratio.factors().size() == 1 && ratio.factors()[0].sort == Unit::Sort::time;
    if (is_time && ratio.factors()[0].power == 1) return "what flows in a tick is the flow times dt";
    if (is_time && ratio.factors()[0].power == -1) return "what is per year is an amount divided by a time, or multiplied by a rate";
    return "mend the unit of one of them, or multiply by what turns one into the other";
}

std::string name_of_join(const Expr& call) {
    const FunctionEntry& entry = entry_of(call.function);
    if (!entry.signature.empty()) return fmt::format("{}(…)", entry.name);
    if (entry.unit.value == UnitRule::compared) return "the comparison";
    if (entry.unit.value == UnitRule::choice) return "the conditional";
    return call.function == Function::add ? "the sum" : call.function == Function::subtract ? "the difference" : "the remainder";
}

}  // namespace

Quantity UnitChecker::of(const ExprPtr& tree) {
    if (!tree) return Quantity::unknown();
    std::vector<const ExprPtr*> spine;  // a long sum leans to the left: it is looked into from the innermost out, not call within call
    for (const ExprPtr* at = &tree; *at && !known_.contains(at->get()); at = &(*at)->args[0]) {
        spine.push_back(at);
        if ((*at)->kind != Expr::Kind::call || (*at)->args.empty()) break;
    }
    for (auto at = spine.rbegin(); at != spine.rend(); ++at) known_.insert_or_assign((*at)->get(), looked_into(***at, **at));
    return known_.at(tree.get());
}

Quantity UnitChecker::looked_into(const Expr& expr, const ExprPtr& tree) {
    switch (expr.kind) {
        case Expr::Kind::number:
            return Quantity::number(expr.number);
        case Expr::Kind::parameter:
        case Expr::Kind::input:
        case Expr::Kind::field:
        case Expr::Kind::derived:
        case Expr::Kind::let:
            return named_(expr);
        case Expr::Kind::clock:
            return of_clock(expr.clock);
        case Expr::Kind::event:
            return Quantity::count();
        case Expr::Kind::has:
        case Expr::Kind::same_row:
            return Quantity::number();
        case Expr::Kind::call:
            return of_call(expr, tree);
        case Expr::Kind::draw:
            return of_draw(expr, tree);
        case Expr::Kind::aggregate:
            return of_aggregate(expr);
        case Expr::Kind::over_time:
            return gathered(entry_of(expr.over_time).unit.value, of(expr.args[0]));
    }
    return Quantity::unknown();
}

Quantity UnitChecker::of_clock(Clock clock) {
    switch (clock) {
        case Clock::tick:
        case Clock::month:
            return Quantity::number();
        case Clock::t:
        case Clock::dt:
        case Clock::year:
            return Quantity::clock(per_year().to_power(-1));
    }
    return Quantity::unknown();
}

void UnitChecker::look_into_all(const std::vector<ExprPtr>& trees) {
    for (const ExprPtr& tree : trees) of(tree);
}

Quantity UnitChecker::of_call(const Expr& call, const ExprPtr& tree) {
    const auto& args = call.args;
    switch (entry_of(call.function).unit.value) {
        case UnitRule::alike: {
            Quantity joined = expect_alike(tree, args[0], args[1], name_of_join(call));
            if (args.size() == 2) return joined;
            const Quantity with_third = expect_alike(tree, args[0], args[2], name_of_join(call));
            return joined.joined(with_third);
        }
        case UnitRule::product:
            return of(args[0]).times(of(args[1]));
        case UnitRule::quotient:
            return of(args[0]).over(of(args[1]));
        case UnitRule::power:
            return of_power(call);
        case UnitRule::root:
            return of(args[0]).to_power(Quantity::number(0.5));
        case UnitRule::same:
            return call.function == Function::negate ? of(args[0]).negated() : of(args[0]);
        case UnitRule::compared:
            expect_alike(tree, args[0], args[1], name_of_join(call));
            return Quantity::number();
        case UnitRule::number:
            look_into_all(args);
            return Quantity::number();
        case UnitRule::choice:
            of(args[0]);
            return expect_alike(tree, args[1], args[2], name_of_join(call));
        case UnitRule::pure:
            expect_number(args[0], fmt::format("{}(…)", name_of(call.function)));
            return Quantity::pure();
        case UnitRule::angle:
            expect_alike(tree, args[0], args[1], name_of_join(call));
            return Quantity::pure();
        case UnitRule::toward:
            return of_toward(call, tree);
        case UnitRule::chance:
            expect_rate(args[0], fmt::format("the rate of {}(…)", name_of(call.function)));
            return Quantity::pure();
    }
    return Quantity::unknown();
}

Quantity UnitChecker::of_power(const Expr& call) {
    expect_number(call.args[1], "an exponent");
    return of(call.args[0]).to_power(of(call.args[1]));
}

Quantity UnitChecker::of_toward(const Expr& call, const ExprPtr& tree) {
    expect_rate(call.args[2], "the rate of toward(…)");
    return expect_alike(tree, call.args[0], call.args[1], name_of_join(call));
}

Quantity UnitChecker::of_draw(const Expr& draw, const ExprPtr& tree) {
    const std::string name = fmt::format("{}(…)", name_of(draw.draw));
    switch (entry_of(draw.draw).unit.value) {
        case DrawUnit::alike:
            return expect_alike(tree, draw.args[0], draw.args[1], name);
        case DrawUnit::chance:
            expect_count(draw.args[0], name);
            return Quantity::number();
        case DrawUnit::count:
            expect_count(draw.args[0], name);
            return Quantity::count();
        case DrawUnit::inverse:
            return Quantity::pure().over(of(draw.args[0]));
        case DrawUnit::number:
            for (const ExprPtr& arg : draw.args) expect_number(arg, name);
            return Quantity::number();
    }
    return Quantity::unknown();
}

Quantity UnitChecker::of_aggregate(const Expr& aggregate) {
    of(aggregate.filter);
    look_into_all(aggregate.args);
    return gathered(entry_of(aggregate.aggregate).unit.value, of(aggregate.args[0]));
}

Quantity UnitChecker::gathered(GatheredUnit unit, const Quantity& body) {
    switch (unit) {
        case GatheredUnit::same:
            return body;
        case GatheredUnit::count:
            return Quantity::count();
        case GatheredUnit::share:
            return Quantity::pure();
        case GatheredUnit::number:
        case GatheredUnit::date:
            return Quantity::number();
    }
    return Quantity::unknown();
}

// -- what is told ----------------------------------------------------------------------------------------------------------------------

void UnitChecker::tell(const ExprPtr& at, std::string what, std::string help) {
    problems_.warning(at->place, std::move(what), std::move(help));
}

Quantity UnitChecker::expect_alike(const ExprPtr& whole, const ExprPtr& first, const ExprPtr& second, const std::string& what) {
    const Quantity a = of(first);
    const Quantity b = of(second);
    const auto unlike = a.unlike(b);
    if (!unlike) return a.joined(b);
    std::string help = help_between(a.unit(), b.unit());
    if (unlike->factor) help = fmt::format("{} to have it {}", converted(first, *unlike->factor), in_unit(b.unit()));
    tell(whole, fmt::format("{} joins unlike units: {} is {}, and {} is {}", what, quoted(first), in_unit(a.unit()), quoted(second), in_unit(b.unit())),
         std::move(help));
    return Quantity::unknown();
}

void UnitChecker::expect_like(const ExprPtr& value, const Quantity& wanted, const std::string& what) {
    const Quantity have = of(value);
    const auto unlike = have.unlike(wanted);
    if (!unlike) return;
    tell(value, fmt::format("{} is {}, and {} is {}", what, in_unit(wanted.unit()), quoted(value), in_unit(have.unit())),
         unlike->factor ? converted(value, *unlike->factor) : help_between(have.unit(), wanted.unit()));
}

void UnitChecker::expect_rate(const ExprPtr& value, const std::string& what) {
    const Quantity have = of(value);
    const auto unlike = have.unlike_rate();
    if (!unlike) return;
    std::string help = have.unit().is_pure() ? "give it in 1/year; a chance within a tick is a `probability`, or bernoulli(p)"
                                             : "give it in 1/year, or divide by what the rest of the unit measures";
    if (unlike->factor) help = fmt::format("{}, or give it in 1/year", converted(value, *unlike->factor));
    tell(value, fmt::format("{} is per year, and {} is {}", what, quoted(value), in_unit(have.unit())), std::move(help));
}

void UnitChecker::expect_count(const ExprPtr& value, const std::string& what) {
    const Quantity have = of(value);
    const auto unlike = have.unlike_count();
    if (!unlike) return;
    const bool is_rate = !have.unlike_rate();
    std::string help = is_rate ? fmt::format("write chance({}): the chance within a tick", value->text) : "divide by what it is measured against";
    if (unlike->factor) help = converted(value, *unlike->factor);
    tell(value, fmt::format("{} takes a number without a unit, and {} is {}", what, quoted(value), in_unit(have.unit())), std::move(help));
}

void UnitChecker::expect_number(const ExprPtr& value, const std::string& what) {
    const Quantity have = of(value);
    const auto unlike = have.unlike_number();
    if (!unlike) return;
    const bool is_rate = !have.unlike_rate();
    std::string help = is_rate ? fmt::format("multiply by a time: {} * dt, {} * t", as_factor(value), as_factor(value)) : "divide by what it is measured against";
    if (unlike->factor) help = converted(value, *unlike->factor);
    tell(value, fmt::format("{} takes a number without a unit, and {} is {}", what, quoted(value), in_unit(have.unit())), std::move(help));
}

}  // namespace entente
