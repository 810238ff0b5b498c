#include <entente/output/netcdf_library.hpp>

#include <array>
#include <string>

namespace entente {

const NetcdfLibrary& netcdf() {
    static const NetcdfLibrary library(SharedLibrary("the netCDF library", std::array<std::string, 2>{ENTENTE_NETCDF_FILES},
                                                     "install netCDF (Debian: libnetcdf19), or keep no series with --series none"));
    return library;
}

}  // namespace entente
