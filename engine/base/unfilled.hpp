/// Vectors whose new elements are not filled: for what is written whole before it is read.
#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace entente {

/// The standard allocator, but that elements made from nothing are left as they are found.
template <class T>
struct Unfilled : std::allocator<T> {
    template <class Other>
    struct rebind {
        using other = Unfilled<Other>;
    };
    template <class Made>
    void construct(Made* at) noexcept(noexcept(::new (static_cast<void*>(at)) Made)) {
        ::new (static_cast<void*>(at)) Made;
    }
    template <class Made, class... Arguments>
    void construct(Made* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) Made(std::forward<Arguments>(arguments)...);
    }
};

/// Doubles of which `resize` leaves the new ones unfilled.
using UnfilledDoubles = std::vector<double, Unfilled<double>>;

}  // namespace entente
