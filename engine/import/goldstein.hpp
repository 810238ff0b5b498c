/// What kind of event a CAMEO code stands for, and how much it weighs on Goldstein's scale of conflict and cooperation.
///
/// Goldstein (1992), A Conflict-Cooperation Scale for WEIS Events Data, mapped to CAMEO (Schrodt 2012). goldstein.csv is taken from the R
/// package icews by Andreas Beger (MIT licence), which restates the mapping of the event data project.
#pragma once

#include <optional>
#include <string_view>

namespace entente {

struct CameoEvent {
    std::string_view name;  ///< "Grant diplomatic recognition"
    int tenths = 0;         ///< the weight times ten: -100, conflict, to 100, cooperation
};

/// The event of a code of two to four digits, leading zero included; nothing of all else.
std::optional<CameoEvent> cameo_event(std::string_view code);

}  // namespace entente
