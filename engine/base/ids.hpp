/// Numbers of things in lists, each of a type of its own: none passes for another's, and a list takes its own alone.
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace entente {

/// The number of a thing in its list; -1: none.
template <class Tag>
struct Id {
    int value = -1;
    auto operator<=>(const Id&) const = default;
    [[nodiscard]] constexpr bool is_given() const { return value >= 0; }
};

/// A list whose items have numbers of their own kind.
template <class Number, class T>
class ById {
public:
    using value_type = T;
    using const_iterator = typename std::vector<T>::const_iterator;

    ById() = default;
    explicit ById(std::size_t size) : items_(size) {}
    ById(std::vector<T> items) : items_(std::move(items)) {}  // a list in the order of its numbers

    T& operator[](Number id) { return items_[index(id)]; }
    const T& operator[](Number id) const { return items_[index(id)]; }

    /// Puts an item at the end, and gives its number.
    Number add(T item) {
        items_.push_back(std::move(item));
        return {static_cast<int>(items_.size()) - 1};
    }
    /// All numbers, in order: of the items that are there when it is asked for.
    [[nodiscard]] auto ids() const { return Ids{static_cast<int>(items_.size())}; }

    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] bool empty() const { return items_.empty(); }
    void resize(std::size_t size) { items_.resize(size); }
    [[nodiscard]] auto begin() { return items_.begin(); }
    [[nodiscard]] auto end() { return items_.end(); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }
    [[nodiscard]] const T& front() const { return items_.front(); }
    [[nodiscard]] const T& back() const { return items_.back(); }

private:
    struct Ids {
        struct Iterator {
            int at;
            Number operator*() const { return {at}; }
            Iterator& operator++() {
                ++at;
                return *this;
            }
            bool operator!=(const Iterator& other) const { return at != other.at; }
        };
        int count;
        [[nodiscard]] Iterator begin() const { return {0}; }
        [[nodiscard]] Iterator end() const { return {count}; }
    };

    [[nodiscard]] std::size_t index(Number id) const {
        assert(id.value >= 0 && static_cast<std::size_t>(id.value) < items_.size());
        return static_cast<std::size_t>(id.value);
    }

    std::vector<T> items_;
};

/// The row of a table; no_row where there is none.
using RowIndex = std::int32_t;
inline constexpr RowIndex no_row = -1;

}  // namespace entente
