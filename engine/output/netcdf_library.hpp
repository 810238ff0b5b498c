/// The functions used of the netCDF C library, and of the HDF5 below it.
#pragma once

#include <utility>

#include <hdf5.h>
#include <netcdf.h>

#include <entente/base/shared_library.hpp>

namespace entente {

class NetcdfLibrary {
    SharedLibrary library_;

public:
    explicit NetcdfLibrary(SharedLibrary library) : library_(std::move(library)) {}

    /// As netcdf.h and hdf5.h declare them, by the same names.
#define ENTENTE_LOADED(name) decltype(&::name) name = library_.function<decltype(&::name)>(#name)
    ENTENTE_LOADED(nc_close);
    ENTENTE_LOADED(nc_create);
    ENTENTE_LOADED(nc_def_dim);
    ENTENTE_LOADED(nc_def_var);
    ENTENTE_LOADED(nc_def_var_chunking);
    ENTENTE_LOADED(nc_def_var_deflate);
    ENTENTE_LOADED(nc_enddef);
    ENTENTE_LOADED(nc_inq_libvers);
    ENTENTE_LOADED(nc_put_att_double);
    ENTENTE_LOADED(nc_put_att_longlong);
    ENTENTE_LOADED(nc_put_att_text);
    ENTENTE_LOADED(nc_put_var_double);
    ENTENTE_LOADED(nc_put_var_longlong);
    ENTENTE_LOADED(nc_put_var_string);
    ENTENTE_LOADED(nc_set_fill);
    ENTENTE_LOADED(nc_strerror);
    ENTENTE_LOADED(H5Dclose);
    ENTENTE_LOADED(H5Dopen2);
    ENTENTE_LOADED(H5Dwrite_chunk);
    ENTENTE_LOADED(H5Fclose);
    ENTENTE_LOADED(H5Fopen);
    ENTENTE_LOADED(H5dont_atexit);
#undef ENTENTE_LOADED
};

/// Loads the library at the first call. Throws Error where it is not installed.
const NetcdfLibrary& netcdf();

}  // namespace entente
