/// What a program gave for an option, as what the engine takes.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <type_traits>

#include <fmt/format.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <entente/base/problem.hpp>

namespace entente::python {

namespace detail {

template <typename T>
struct Given {
    using type = T;
};
template <typename T>
struct Given<std::optional<T>> {
    using type = T;
};

/// What is taken for a T, in words.
template <typename T>
std::string taken() {
    using Value = typename Given<T>::type;
    if constexpr (std::is_same_v<Value, bool>) return "True or False";
    if constexpr (std::is_same_v<Value, std::string>) return "a text";
    if constexpr (std::is_unsigned_v<Value>) return fmt::format("a whole number from 0 to {}", std::numeric_limits<Value>::max());
    return fmt::format("a whole number of at most {}", std::numeric_limits<Value>::max());
}

}  // namespace detail

/// `value` as a T. Throws Error, which calls the option `name`, where it is none, or does not fit.
template <typename T>
T option_value(const char* name, const pybind11::handle& value) {
    try {
        return pybind11::cast<T>(value);
    } catch (const pybind11::cast_error&) {
        const bool is_float = PyFloat_Check(value.ptr());
        throw Error(fmt::format("{} takes {}, not {}", name, detail::taken<T>(), std::string(pybind11::repr(value))),
                    is_float ? "int(…) makes a whole number of one that has a point" : "");
    }
}

}  // namespace entente::python
