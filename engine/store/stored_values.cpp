#include <entente/store/stored_values.hpp>

#include <limits>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

[[noreturn]] void refuse(const char* key, const StoredJson& value, std::string_view wanted) {
    constexpr std::size_t longest = 40;
    std::string shown = value.dump(-1, ' ', true, StoredJson::error_handler_t::replace);
    if (shown.size() > longest) shown = shown.substr(0, longest) + "…";
    throw StoredValueError(fmt::format("'{}' is {}, not {}", key, shown, wanted));
}

std::int64_t whole(const char* key, const StoredJson& value, std::int64_t low, std::int64_t high) {
    const auto wanted = [&] { return fmt::format("a whole number from {} to {}", low, high); };
    if (!value.is_number_integer()) refuse(key, value, wanted());
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) refuse(key, value, wanted());
    const auto number = value.get<std::int64_t>();
    if (number < low || number > high) refuse(key, value, wanted());
    return number;
}

const StoredJson& list(const StoredJson& object, const char* key) {
    const StoredJson& value = stored(object, key);
    if (!value.is_array()) refuse(key, value, "a list");
    return value;
}

}  // namespace

StoredJson stored_json(const std::string& text) {
    StoredJson json = StoredJson::parse(text, nullptr, false);
    if (json.is_discarded()) throw StoredValueError("it is not JSON");
    return json;
}

const StoredJson& stored(const StoredJson& object, const char* key) {
    if (!object.is_object() || !object.contains(key)) throw StoredValueError(fmt::format("'{}' is missing", key));
    return object.at(key);
}

std::int64_t stored_whole(const StoredJson& object, const char* key, std::int64_t low, std::int64_t high) {
    return whole(key, stored(object, key), low, high);
}

std::uint64_t stored_seed(const StoredJson& object, const char* key) {
    const StoredJson& value = stored(object, key);
    if (!value.is_number_unsigned()) refuse(key, value, "a whole number from 0 to 18446744073709551615");
    return value.get<std::uint64_t>();
}

bool stored_truth(const StoredJson& object, const char* key) {
    const StoredJson& value = stored(object, key);
    if (!value.is_boolean()) refuse(key, value, "true or false");
    return value.get<bool>();
}

std::string stored_text(const StoredJson& object, const char* key) {
    const StoredJson& value = stored(object, key);
    if (!value.is_string()) refuse(key, value, "a text");
    return value.get<std::string>();
}

std::string stored_text(const StoredJson& object, const char* key, const std::string& otherwise) {
    return object.is_object() && !object.contains(key) ? otherwise : stored_text(object, key);
}

std::vector<std::string> stored_texts(const StoredJson& object, const char* key) {
    std::vector<std::string> texts;
    for (const StoredJson& value : list(object, key)) {
        if (!value.is_string()) refuse(key, value, "a text");
        texts.push_back(value.get<std::string>());
    }
    return texts;
}

std::vector<double> stored_numbers(const StoredJson& object, const char* key) {
    std::vector<double> numbers;
    for (const StoredJson& value : list(object, key)) {
        if (!value.is_number() && !value.is_null()) refuse(key, value, "a number");
        numbers.push_back(value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>());
    }
    return numbers;
}

std::vector<std::int64_t> stored_wholes(const StoredJson& object, const char* key, std::int64_t low, std::int64_t high) {
    std::vector<std::int64_t> numbers;
    for (const StoredJson& value : list(object, key)) numbers.push_back(whole(key, value, low, high));
    return numbers;
}

}  // namespace entente
