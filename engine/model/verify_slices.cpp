#include <algorithm>

#include <entente/model/verify_parts.hpp>

namespace entente::promises {
namespace {

/// Each key stands in one place, and what fills the last chunk up stands behind them.
void verify_keys(const Slices& slices, std::int64_t keys) {
    demand(std::ssize(slices.keys) == (keys + vector_size - 1) / vector_size * vector_size, "has places for {} keys, of {}",
           slices.keys.size(), keys);
    std::vector<bool> met(static_cast<std::size_t>(keys));
    for (std::size_t k = 0; k < slices.keys.size(); ++k) {
        const RowIndex key = slices.keys[k];
        if (static_cast<std::int64_t>(k) >= keys) {
            demand(key == no_row, "has key {} behind the last", key);
            continue;
        }
        demand(has(met, key) && !met[static_cast<std::size_t>(key)], "has key {} twice, or not among {}", key, keys);
        met[static_cast<std::size_t>(key)] = true;
    }
}

/// Vectors are those of chunk after chunk, and with their bits there are as many elements as the domain has rows.
void verify_vectors(const Slices& slices, std::int64_t rows) {
    demand(std::ssize(slices.chunk) * vector_size == rows && slices.present.size() == slices.chunk.size(),
           "has {} vectors and {} of their bits for {} elements", slices.chunk.size(), slices.present.size(), rows);
    std::int32_t last = 0;
    for (const std::int32_t chunk : slices.chunk) {
        demand(chunk >= last && static_cast<std::size_t>(chunk) < slices.keys.size() / vector_size,
               "has a vector of chunk {} behind one of chunk {}, of {}", chunk, last, slices.keys.size() / vector_size);
        last = chunk;
    }
}

/// That by `order`, from elements to items, each item that `leads` to a key stands once below that key, in row order.
void verify_items(const Slices& slices, const RowMap& order, std::span<const RowIndex> leads) {
    std::int64_t found = 0;
    std::vector<RowIndex> last(slices.keys.size(), no_row);  // by place of the key: its item so far
    for (std::size_t element = 0; element < slices.chunk.size() * vector_size; ++element) {
        const std::size_t vector = element / vector_size;
        const std::size_t place = static_cast<std::size_t>(slices.chunk[vector]) * vector_size + element % vector_size;
        const bool here = (slices.present[vector] >> element % vector_size & 1) != 0;
        const RowIndex item = order[element];
        demand(here == (item >= 0), "element {} is {}, and its item is {}", element, here ? "there" : "not there", item);
        if (!here) continue;
        demand(has(leads, item) && at(leads, item) == slices.keys[place], "adds item {} to key {}", item, slices.keys[place]);
        demand(last[place] < item, "adds item {} to key {} behind item {}", item, slices.keys[place], last[place]);
        last[place] = item;
        ++found;
    }
    const auto items = std::count_if(leads.begin(), leads.end(), [](RowIndex row) { return row >= 0; });
    demand(found == items, "adds {} items, of {}", found, items);
}

}  // namespace

void verify_slices(const Model& model, ProgramId number) {
    const ProgramOnDomain& on = model.programs[number];
    demand(has(model.programs, on.by_key), "its twin is program {}, of {}", on.by_key.value, model.programs.size());
    const ProgramOnDomain& twin = at(model.programs, on.by_key);
    demand(has(model.slices, twin.slices), "its twin {} runs over slices {}, of {}", on.by_key.value, twin.slices.value, model.slices.size());
    const Slices& slices = at(model.slices, twin.slices);
    demand(!on.program.effects.empty(), "has a twin, and no effect");
    const Effect& effect = on.program.effects.front();
    within([&] { return fmt::format("its slices {}", twin.slices.value); },
           [&] {
               verify_keys(slices, model.rows_of(effect.column));
               verify_vectors(slices, model.domain(twin.domain).rows);
               demand(twin.program.loads.size() == on.program.loads.size(), "read {} columns, not {}", twin.program.loads.size(),
                      on.program.loads.size());
               const auto rows = static_cast<std::size_t>(model.domain(on.domain).rows);
               for (std::size_t l = 0; l < on.program.loads.size(); ++l)
                   if (on.program.loads[l].map.value < 0)  // then its twin's goes straight from elements to items
                       return verify_items(slices, at(model.maps, twin.program.loads[l].map),
                                           std::span(at(model.maps, effect.map)).first(rows));
           });
}

}  // namespace entente::promises
