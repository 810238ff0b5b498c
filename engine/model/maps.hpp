/// Maps between rows, made once and shared: who is the source of link 7, which link joins two agents.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include <entente/model/model.hpp>

namespace entente {

/// Rows of a domain to rows of a kind: the identity, one fixed row, or a list.
struct Route {
    enum class Form { identity, fixed, listed };
    Form form = Form::identity;
    MapId map;         ///< listed
    RowIndex row = 0;  ///< fixed; no_row: none
    auto operator<=>(const Route&) const = default;
};

class Maps {
public:
    explicit Maps(Model& model) : model_(model) {}

    /// `name` is what people call the row that it leads to.
    Route listed(RowMap rows, std::string name);
    /// First `route`, then from a row of `link` to one of its ends.
    Route source_of(const Route& route, KindId link, std::int64_t rows);
    Route target_of(const Route& route, KindId link, std::int64_t rows);
    Route reverse_of(const Route& route, KindId link, std::int64_t rows);
    /// The link of kind `link` between the agents at the ends of two routes over the same `rows`.
    Route between(const Route& from, const Route& to, KindId link, std::int64_t rows);
    /// First `route`, then to the place in a list of rows, which is known by its map.
    Route placed(const Route& route, MapId list, const RowMap& place, std::int64_t rows);
    /// The row that `route` leads to from `row`.
    [[nodiscard]] RowIndex at(const Route& route, std::int64_t row) const;

    /// Names for draws: of the rows that `route` leads to among those of `kind`.
    IdentityId identity(const Route& route, KindId kind, std::int64_t rows);
    /// Of pairs: both rows' names mixed.
    IdentityId pair_identity(IdentityId first, IdentityId second);
    IdentityId add_identity(std::vector<std::uint64_t> names);

private:
    [[nodiscard]] std::string name_of(const Route& route) const;
    enum class Verb { source, target, reverse };
    template <class Step>
    Route compose(Verb verb, const Route& route, KindId kind, std::int64_t rows, Step step);

    Model& model_;
    std::map<std::tuple<Verb, Route, KindId, std::int64_t>, Route> composed_;
    std::map<std::tuple<Route, Route, KindId, std::int64_t>, Route> between_;
    std::map<std::tuple<Route, MapId, std::int64_t>, Route> placed_;
    std::map<std::tuple<Route, KindId, std::int64_t>, IdentityId> identities_;
    std::map<std::pair<IdentityId, IdentityId>, IdentityId> pairs_;
};

}  // namespace entente
