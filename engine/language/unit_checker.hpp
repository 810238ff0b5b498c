/// Which unit each expression has, and where units that should be alike are not.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include <entente/language/expression.hpp>
#include <entente/language/quantity.hpp>

namespace entente {

/// Goes through expressions once each; what does not fit together is a warning with its place, both units and, where there is one, the
/// factor between them. What was told is unknown from there on, so that one fault is told once.
class UnitChecker {
public:
    /// Gives the unit of what an expression reads by name: a parameter, a field, a derived field, a let.
    using Named = std::function<Quantity(const Expr&)>;

    UnitChecker(Named named, Problems& problems) : named_(std::move(named)), problems_(problems) {}

    Quantity of(const ExprPtr& tree);

    /// Each says it when the value is not as wanted. `what` begins the message: "'outlay'", "a rate".
    void expect_like(const ExprPtr& value, const Quantity& wanted, const std::string& what);
    void expect_rate(const ExprPtr& value, const std::string& what);
    void expect_count(const ExprPtr& value, const std::string& what);
    void expect_number(const ExprPtr& value, const std::string& what);
    /// Values that are compared or joined: what `what` says they are part of.
    Quantity expect_alike(const ExprPtr& whole, const ExprPtr& first, const ExprPtr& second, const std::string& what);

private:
    Quantity looked_into(const Expr& expr, const ExprPtr& tree);
    Quantity of_call(const Expr& call, const ExprPtr& tree);
    Quantity of_power(const Expr& call);
    Quantity of_toward(const Expr& call, const ExprPtr& tree);
    Quantity of_draw(const Expr& draw, const ExprPtr& tree);
    Quantity of_aggregate(const Expr& aggregate);
    static Quantity of_clock(Clock clock);
    static Quantity gathered(GatheredUnit unit, const Quantity& body);
    void look_into_all(const std::vector<ExprPtr>& trees);
    void tell(const ExprPtr& at, std::string what, std::string help);

    Named named_;
    Problems& problems_;
    std::unordered_map<const Expr*, Quantity> known_;
};

}  // namespace entente
