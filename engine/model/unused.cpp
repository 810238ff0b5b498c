#include <entente/model/unused.hpp>

#include <set>
#include <utility>

namespace entente {
namespace {

/// Numbers items anew as they are met; what is not met is dropped.
template <class Number, class T>
class Renumbered {
public:
    explicit Renumbered(ById<Number, T>& items) : items_(items), numbers_(items.size()) {}

    void take(Number& number) {
        if (!number.is_given()) return;
        Number& known = numbers_[number];
        if (!known.is_given()) {
            known = kept_.add(std::move(items_[number]));
            order_.push_back(number);
        }
        number = known;
    }
    /// The old numbers of what is left, in the order of the new ones.
    std::vector<Number> finish() {
        items_ = std::move(kept_);
        return std::move(order_);
    }

private:
    ById<Number, T>& items_;
    ById<Number, T> kept_;
    ById<Number, Number> numbers_;
    std::vector<Number> order_;
};

}  // namespace

void drop_unused(Model& model) {
    Renumbered maps(model.maps);
    Renumbered identities(model.identities);
    std::set<DomainId> used;
    for (const Column& column : model.columns) used.insert(column.domain);
    for (const ProgramOnDomain& on : model.programs) used.insert(on.domain);
    for (const DomainId domain : model.domains.ids())
        if (used.contains(domain))
            maps.take(model.domains[domain].shown_rows);
        else
            model.domains[domain].shown_rows = {};
    for (ProgramOnDomain& on : model.programs) {
        for (Load& load : on.program.loads) maps.take(load.map);
        for (Effect& effect : on.program.effects) maps.take(effect.map);
        for (DrawSpec& draw : on.program.draws) identities.take(draw.identity);
    }
    ById<MapId, std::string> names;
    for (const MapId old : maps.finish()) names.add(std::move(model.record.map_names[old]));
    model.record.map_names = std::move(names);
    identities.finish();
}

}  // namespace entente
