/// A table whose states get the names of another list: COW codes become ISO codes, and so on.
#pragma once

#include <string>
#include <vector>

#include <entente/import/maker_file.hpp>

namespace entente {

struct CodeColumns {
    NamingChange change = {};
    std::vector<std::string> columns = {};  ///< that hold codes; none: those called as makers of data call columns of such codes
    std::vector<std::string> as = {};       ///< what they are called afterwards, in that order; none: as before
    std::string year = {};                  ///< the year for which a code holds, or the column that tells it; none: codes as they are now
};

/// All rows and columns of the table as they are, but for the codes.
Imported convert_codes(int file, const Sources& sources, const CodeColumns& asked, Problems& problems);

}  // namespace entente
