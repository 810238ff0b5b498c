/// The little of the netCDF C library that series.nc needs, with errors as exceptions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/output/deflated_chunks.hpp>

namespace entente {

/// A NetCDF-4 file being written: dimensions and variables first, values after `end_definitions`, and `close` last, which is when
/// a full disk shows. A file that is not closed is given up.
class NetcdfFile {
public:
    /// With so many threads to compress at `close`.
    explicit NetcdfFile(std::filesystem::path path, int threads = 1);
    ~NetcdfFile();
    NetcdfFile(const NetcdfFile&) = delete;
    NetcdfFile& operator=(const NetcdfFile&) = delete;

    int dimension(const std::string& name, std::size_t size);
    int doubles(const std::string& name, std::span<const int> dimensions);   ///< compressed; NaN is missing
    int integers(const std::string& name, std::span<const int> dimensions);  ///< 64 bits
    int strings(const std::string& name, std::span<const int> dimensions);
    void attribute(int variable, const std::string& name, std::string_view text);  ///< none when the text is empty
    void attribute(int variable, const std::string& name, std::int64_t value);
    void attribute(int variable, const std::string& name, const std::vector<double>& values);  ///< none when there are none
    void end_definitions();

    void put(int variable, std::span<const double> values);  ///< as many as the variable holds, the last dimension fastest
    /// The same for many values, which must stay until `close`.
    void put_at_close(int variable, std::span<const double> values);
    void put(int variable, std::span<const std::int64_t> values);
    void put(int variable, std::span<const std::string> values);
    void close();

    static constexpr int global = -1;

private:
    int variable(const std::string& name, int type, std::span<const int> dimensions);
    void compress(int variable, const std::string& name, std::span<const int> dimensions);
    void check(int status, int error_number) const;
    template <class... Arguments>
    void call(int (*function)(Arguments...), auto&&... arguments) const;

    std::filesystem::path path_;
    int threads_;
    std::vector<std::size_t> sizes_;  ///< of the dimensions
    std::map<int, DeflatedDataset> compressed_;  ///< by variable; without values, what is put at once
    int id_ = -1;
};

/// Version of the library, `4.9.0`. Loads it, as every NetcdfFile does; throws Error where it is not installed.
std::string netcdf_version();

}  // namespace entente
