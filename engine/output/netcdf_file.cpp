#include <entente/output/netcdf_file.hpp>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/output/netcdf_library.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

namespace {

constexpr std::size_t chunk_values = std::size_t{1} << 17;  ///< a megabyte of doubles
constexpr int deflate_level = 1;

}  // namespace

void NetcdfFile::check(int status, int error_number) const {
    if (status == NC_NOERR) return;
    if (status > 0) throw_file_error("write", path_, status);  // errors of the system are handed through
    if (error_number != 0) throw_file_error("write", path_, error_number);
    throw Error(fmt::format("cannot write '{}': {}", path_.string(), netcdf().nc_strerror(status)), "keep no series with --series none");
}

template <class... Arguments>
void NetcdfFile::call(int (*function)(Arguments...), auto&&... arguments) const {
    errno = 0;
    const int status = function(arguments...);
    check(status, errno);
}

namespace {

/// Makes the file, for NetCDF would say of whatever fails that it is not writable.
void make_file(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) throw_file_error("write", path, errno);
    ::close(file);
}

}  // namespace

NetcdfFile::NetcdfFile(std::filesystem::path path, int threads) : path_(std::move(path)), threads_(threads) {
    // At exit HDF5 would try once more to write what a full disk refused, and crash. What was closed is written already.
    static const auto no_work_at_exit = netcdf().H5dont_atexit();
    static_cast<void>(no_work_at_exit);
    make_file(path_);
    call(netcdf().nc_create, path_.c_str(), NC_NETCDF4 | NC_CLOBBER, &id_);
    call(netcdf().nc_set_fill, id_, NC_NOFILL, nullptr);
}

NetcdfFile::~NetcdfFile() {
    if (id_ >= 0) netcdf().nc_close(id_);
}

void NetcdfFile::close() {
    const int id = id_;
    id_ = -1;
    call(netcdf().nc_close, id);
    std::vector<DeflatedDataset> waiting;
    for (const auto& [variable, dataset] : compressed_)
        if (!dataset.values.empty()) waiting.push_back(dataset);
    write_deflated(path_, waiting, deflate_level, threads_);
}

int NetcdfFile::dimension(const std::string& name, std::size_t size) {
    int number = -1;
    call(netcdf().nc_def_dim, id_, name.c_str(), size, &number);
    sizes_.push_back(size);
    return number;
}

int NetcdfFile::variable(const std::string& name, int type, std::span<const int> dimensions) {
    int number = -1;
    call(netcdf().nc_def_var, id_, name.c_str(), type, static_cast<int>(dimensions.size()), dimensions.data(), &number);
    return number;
}

int NetcdfFile::doubles(const std::string& name, std::span<const int> dimensions) {
    const int number = variable(name, NC_DOUBLE, dimensions);
    compress(number, name, dimensions);
    call(netcdf().nc_put_att_double, id_, number, "_FillValue", NC_DOUBLE, std::size_t{1}, &Results::missing);
    return number;
}

int NetcdfFile::integers(const std::string& name, std::span<const int> dimensions) {
    return variable(name, NC_INT64, dimensions);
}

int NetcdfFile::strings(const std::string& name, std::span<const int> dimensions) {
    return variable(name, NC_STRING, dimensions);
}

/// Chunks hold whole runs as far as they stay below a megabyte, so that they are written once each, in order.
void NetcdfFile::compress(int variable, const std::string& name, std::span<const int> dimensions) {
    std::vector<std::size_t> chunks(dimensions.size());
    std::vector<std::size_t> shape;
    for (const int dimension : dimensions) shape.push_back(sizes_[static_cast<std::size_t>(dimension)]);
    std::size_t room = chunk_values;
    for (std::size_t at = shape.size(); at-- > 0;) {
        chunks[at] = std::min(shape[at], std::max<std::size_t>(room, 1));
        room /= chunks[at];
    }
    call(netcdf().nc_def_var_chunking, id_, variable, NC_CHUNKED, chunks.data());
    call(netcdf().nc_def_var_deflate, id_, variable, 1, 1, deflate_level);
    compressed_[variable] = {name, std::move(shape), std::move(chunks), {}};
}

void NetcdfFile::attribute(int variable, const std::string& name, std::string_view text) {
    if (!text.empty()) call(netcdf().nc_put_att_text, id_, variable, name.c_str(), text.size(), text.data());
}

void NetcdfFile::attribute(int variable, const std::string& name, std::int64_t value) {
    const long long number = value;
    call(netcdf().nc_put_att_longlong, id_, variable, name.c_str(), NC_INT64, std::size_t{1}, &number);
}

void NetcdfFile::attribute(int variable, const std::string& name, const std::vector<double>& values) {
    if (!values.empty()) call(netcdf().nc_put_att_double, id_, variable, name.c_str(), NC_DOUBLE, values.size(), values.data());
}

void NetcdfFile::end_definitions() {
    call(netcdf().nc_enddef, id_);
}

void NetcdfFile::put(int variable, std::span<const double> values) {
    call(netcdf().nc_put_var_double, id_, variable, values.data());
}

void NetcdfFile::put_at_close(int variable, std::span<const double> values) {
    compressed_.at(variable).values = values;
}

void NetcdfFile::put(int variable, std::span<const std::int64_t> values) {
    const std::vector<long long> numbers(values.begin(), values.end());
    call(netcdf().nc_put_var_longlong, id_, variable, numbers.data());
}

void NetcdfFile::put(int variable, std::span<const std::string> values) {
    std::vector<const char*> texts;
    texts.reserve(values.size());
    for (const auto& value : values) texts.push_back(value.c_str());
    call(netcdf().nc_put_var_string, id_, variable, texts.data());
}

std::string netcdf_version() {
    const std::string whole = netcdf().nc_inq_libvers();  // "4.9.0 of Jun 12 2022 …"
    return whole.substr(0, whole.find(' '));
}

}  // namespace entente
