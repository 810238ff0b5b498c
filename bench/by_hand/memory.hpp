/// Arrays that begin with a vector.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <vector>

namespace entente::by_hand {

template <class T>
struct Aligned {
    using value_type = T;
    Aligned() = default;
    template <class U>
    explicit Aligned(const Aligned<U>&) {}
    T* allocate(std::size_t n) {
        void* at = std::aligned_alloc(64, (n * sizeof(T) + 63) / 64 * 64);
        if (at == nullptr) throw std::bad_alloc();
        return static_cast<T*>(at);
    }
    void deallocate(T* at, std::size_t) { std::free(at); }
    bool operator==(const Aligned&) const = default;
};
using Doubles = std::vector<double, Aligned<double>>;
using Words = std::vector<std::uint64_t, Aligned<std::uint64_t>>;

}  // namespace entente::by_hand
