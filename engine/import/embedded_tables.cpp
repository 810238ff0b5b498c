#include <entente/import/embedded_tables.hpp>

#include <algorithm>
#include <cassert>

namespace entente {

std::string_view embedded_table(std::string_view name) {
    const auto found = std::ranges::find(embedded_tables(), name, &std::pair<std::string_view, std::string_view>::first);
    assert(found != embedded_tables().end());
    return found->second;
}

}  // namespace entente
