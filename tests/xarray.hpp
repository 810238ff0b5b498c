/// NetCDF files as users open them.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace entente {

/// What Python prints when it has opened the file with xarray as `d`.
inline std::string with_xarray(const std::filesystem::path& file, const std::string& script) {
    const std::string command = std::string(ENTENTE_PYTHON) + " -W ignore -c \"import xarray; d = xarray.open_dataset('" + file.string() +
                                "'); " + script + "\" 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::string output;
    char buffer[4096];
    while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
    ::pclose(pipe);
    return output;
}

}  // namespace entente
