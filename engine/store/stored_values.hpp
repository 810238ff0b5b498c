/// Values of stored JSON: headers of shards and snapshots, manifests. A file may have been edited or come from elsewhere, so that each
/// value is checked for what it must be before anything counts, allocates or indexes by it.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace entente {

/// What is wrong with a value, with its key and the value as it stands there: `'tick' is 1e+300, not a whole number from 0 to 99`.
class StoredValueError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

using StoredJson = nlohmann::ordered_json;

/// Throws StoredValueError, as all below do, where the text is not JSON.
StoredJson stored_json(const std::string& text);
/// The value of a key of an object.
const StoredJson& stored(const StoredJson& object, const char* key);
std::int64_t stored_whole(const StoredJson& object, const char* key, std::int64_t low, std::int64_t high);
std::uint64_t stored_seed(const StoredJson& object, const char* key);
bool stored_truth(const StoredJson& object, const char* key);
std::string stored_text(const StoredJson& object, const char* key);
/// The same, and `otherwise` where the key is missing.
std::string stored_text(const StoredJson& object, const char* key, const std::string& otherwise);
std::vector<std::string> stored_texts(const StoredJson& object, const char* key);
/// Finite, or null for a missing one.
std::vector<double> stored_numbers(const StoredJson& object, const char* key);
std::vector<std::int64_t> stored_wholes(const StoredJson& object, const char* key, std::int64_t low, std::int64_t high);

}  // namespace entente
