#include <entente/model/slices.hpp>

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <span>
#include <utility>

#include <entente/language/verify.hpp>

namespace entente {
namespace {

/// Keys are sorted among so many neighbours: enough to fill the chunks, few enough to keep what belongs together close.
constexpr std::size_t window = 4096;
/// Fewer rows than this are summed soon enough.
constexpr std::int64_t fewest_rows = 4096;

/// The one map by which a program contributes, if that and arithmetic on what it reads is all that it does.
MapId key_map(const ProgramOnDomain& program) {
    MapId map;
    for (const Instruction& op : program.program.body) {
        switch (operation(op.op).form) {
            case Operation::Form::value:
            case Operation::Form::skip:
                break;
            case Operation::Form::count:
            case Operation::Form::draw:
            case Operation::Form::check:
            case Operation::Form::store:
            case Operation::Form::native:
                return {};
            case Operation::Form::contribution: {
                const Effect& effect = program.program.effects[static_cast<std::size_t>(op.extra)];
                if (effect.map.value < 0 || effect.row >= 0 || (map.value >= 0 && map != effect.map)) return {};
                map = effect.map;
            }
        }
    }
    return map;
}

std::vector<std::int64_t> offsets_of(std::span<const RowIndex> map, std::int64_t keys) {
    std::vector<std::int64_t> offset(static_cast<std::size_t>(keys) + 1);
    assert(std::ranges::all_of(map, [&](RowIndex key) { return key < keys; }));
    for (const RowIndex key : map)
        if (key >= 0) ++offset[static_cast<std::size_t>(key) + 1];
    std::partial_sum(offset.begin(), offset.end(), offset.begin());
    return offset;
}

std::vector<RowIndex> items_by_key(std::span<const RowIndex> map, std::vector<std::int64_t> next) {
    std::vector<RowIndex> items(static_cast<std::size_t>(next.back()));
    for (std::size_t row = 0; row < map.size(); ++row)
        if (map[row] >= 0) items[static_cast<std::size_t>(next[static_cast<std::size_t>(map[row])]++)] = static_cast<RowIndex>(row);
    return items;
}

/// Keys in the order of the chunks; the last chunk is filled up with no_row.
std::vector<RowIndex> chunked_keys(const std::vector<std::int64_t>& offset) {
    std::vector<RowIndex> keys(offset.size() - 1);
    std::iota(keys.begin(), keys.end(), 0);
    const auto length = [&](RowIndex key) { return offset[static_cast<std::size_t>(key) + 1] - offset[static_cast<std::size_t>(key)]; };
    for (std::size_t first = 0; first < keys.size(); first += window)
        std::stable_sort(keys.begin() + static_cast<std::ptrdiff_t>(first),
                         keys.begin() + static_cast<std::ptrdiff_t>(std::min(first + window, keys.size())),
                         [&](RowIndex a, RowIndex b) { return length(a) > length(b); });
    keys.resize((keys.size() + vector_size - 1) / vector_size * vector_size, no_row);
    return keys;
}

/// Slices and the item at each of their elements; nothing where too many elements would be empty.
std::pair<Slices, RowMap> slice(std::span<const RowIndex> map, std::int64_t key_count) {
    const auto offset = offsets_of(map, key_count);
    Slices slices;
    slices.keys = chunked_keys(offset);
    const auto length = [&](RowIndex key) { return key < 0 ? 0 : offset[static_cast<std::size_t>(key) + 1] - offset[static_cast<std::size_t>(key)]; };
    std::int64_t vectors = 0;
    for (std::size_t first = 0; first < slices.keys.size(); first += vector_size) vectors += length(slices.keys[first]);
    if (vectors == 0 || vectors * vector_size > offset.back() * 3 / 2) return {};
    const auto items = items_by_key(map, offset);
    RowMap order;
    order.reserve(static_cast<std::size_t>(vectors * vector_size));
    slices.chunk.reserve(static_cast<std::size_t>(vectors));
    slices.present.reserve(static_cast<std::size_t>(vectors));
    for (std::size_t first = 0; first < slices.keys.size(); first += vector_size)
        for (std::int64_t k = 0; k < length(slices.keys[first]); ++k) {
            unsigned present = 0;
            for (std::size_t j = 0; j < vector_size; ++j) {
                const RowIndex key = slices.keys[first + j];
                const bool here = k < length(key);
                order.push_back(here ? items[static_cast<std::size_t>(offset[static_cast<std::size_t>(key)] + k)] : no_row);
                present |= here ? 1U << j : 0U;
            }
            slices.chunk.push_back(static_cast<std::int32_t>(first / vector_size));
            slices.present.push_back(static_cast<std::uint8_t>(present));
        }
    assert(std::ssize(order) == vectors * vector_size && slices.chunk.size() == slices.present.size());
    return {std::move(slices), std::move(order)};
}

/// What has been laid out so far, by what it was made of.
class Slicer {
public:
    explicit Slicer(Model& model) : model_(model) {}

    void add(ProgramId number) {
        const MapId map = key_map(model_.programs[number]);
        const std::int64_t rows = model_.domain(model_.programs[number].domain).rows;
        model_.record.slicing.add(!map.is_given() ? Slicing::not_by_key : rows < fewest_rows ? Slicing::few_rows : Slicing::sliced);
        if (model_.record.slicing[number] != Slicing::sliced) return;
        const ColumnId to = model_.programs[number].program.effects.front().column;
        const auto [found, is_new] = made_.try_emplace({map, rows}, Made{});
        if (is_new) found->second = make(map, rows, model_.rows_of(to), model_.programs[number].domain);
        if (!found->second.slices.is_given()) {
            model_.record.slicing[number] = Slicing::uneven;
            return;
        }
        ProgramOnDomain twin = model_.programs[number];
        twin.domain = found->second.domain;
        twin.slices = found->second.slices;
        for (Load& load : twin.program.loads) load.map = through(found->second, load.map);
        verify(broken_promise(twin.program), "sliced");
        const ProgramId by_key = model_.programs.add(std::move(twin));
        model_.programs[number].by_key = by_key;
    }

private:
    struct Made {
        SlicesId slices;
        DomainId domain;
        MapId order;
    };

    Made make(MapId map, std::int64_t rows, std::int64_t keys, DomainId of) {
        auto [slices, order] = slice(std::span(model_.maps[map]).first(static_cast<std::size_t>(rows)), keys);
        if (order.empty()) return {};
        const DomainId domain = model_.domains.add(
            {.name = "slices of " + model_.domain(of).name, .rows = static_cast<std::int64_t>(order.size()), .kind = {}, .shown_kind = {}});
        return {model_.slices.add(std::move(slices)), domain, add_map(std::move(order), "item")};
    }

    /// From elements to items, and on by `map`.
    MapId through(const Made& made, MapId map) {
        if (!map.is_given()) return made.order;
        const auto [found, is_new] = through_.try_emplace({made.slices, map}, MapId{});
        if (!is_new) return found->second;
        assert(made.order.value >= 0);
        RowMap composed = model_.maps[made.order];
        const RowMap& next = model_.maps[map];
        for (RowIndex& row : composed)
            if (row >= 0) row = next[static_cast<std::size_t>(row)];
        model_.record.map_names.add(model_.record.map_names[map]);
        return found->second = model_.maps.add(std::move(composed));
    }

    MapId add_map(RowMap rows, std::string name) {
        rows.resize(rows.size() + vector_size, no_row);
        model_.record.map_names.add(std::move(name));
        return model_.maps.add(std::move(rows));
    }

    Model& model_;
    std::map<std::pair<MapId, std::int64_t>, Made> made_;
    std::map<std::pair<SlicesId, MapId>, MapId> through_;
};

}  // namespace

void add_slices(Model& model) {
    Slicer slicer(model);
    for (const ProgramId program : model.programs.ids()) slicer.add(program);
}

}  // namespace entente
