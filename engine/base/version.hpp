/// Which Entente this is.
#pragma once

#include <string_view>

namespace entente {

/// `0.1.0`, as the build was configured.
std::string_view version();

}  // namespace entente
