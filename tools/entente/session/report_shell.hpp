/// The page that reports are made from, as tools/report or, without Node, CMake built it: a part of the program.
#pragma once

#include <string_view>

namespace entente {

std::string_view report_shell();

}  // namespace entente
