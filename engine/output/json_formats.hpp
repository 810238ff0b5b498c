/// The keys of every JSON that commands write, from which `entente reference formats` is printed. A test compares them with what is written.
#pragma once

#include <span>
#include <string_view>

namespace entente {

struct JsonKey {
    std::string_view path;  ///< from the object's own keys on: `measures.<measure>.mean`, `failures.listed[].run`; what stands in `<…>` is written in its place
    std::string_view type;  ///< `text`, `number`, `truth`, `list of …`, `[low, high]`, `object`; a number that is not known is null
    std::string_view meaning;
    std::string_view has{};  ///< the part of keys that stand below it besides those that are told here
};

/// Keys that several objects have.
struct JsonPart {
    std::string_view name;
    std::string_view about;
    std::span<const JsonKey> keys;
};

struct JsonFormat {
    std::string_view format;  ///< as its key `format` gives it (file_format.hpp)
    std::string_view where;   ///< files and commands
    std::span<const JsonKey> keys;
};

std::span<const JsonPart> json_parts();
std::span<const JsonFormat> json_formats();

}  // namespace entente
