/// Which Entente this is.
#pragma once

#include <string_view>

namespace entente {

/// `0.1.0`, as the build was told.
std::string_view version();

}  // namespace entente
