#include <entente/output/deflated_chunks.hpp>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <functional>
#include <memory>
#include <new>
#include <numeric>
#include <optional>

#include <libdeflate.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <entente/output/netcdf_library.hpp>
#include <entente/store/staged_files.hpp>

namespace entente {
namespace {

static_assert(std::endian::native == std::endian::little);

/// What HDF5 gave a number, until it is closed.
class Handle {
public:
    Handle(const std::filesystem::path& file, herr_t (*closing)(hid_t), hid_t id) : file_(file), close_(closing), id_(id) { check(id >= 0); }
    ~Handle() {
        if (id_ >= 0) close_(id_);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    [[nodiscard]] hid_t id() const { return id_; }
    /// Throws for the system's last error if a call went wrong.
    void check(bool fine) const {
        if (!fine) throw_file_error("write", file_, errno != 0 ? errno : EIO);
    }
    void close() {
        const hid_t id = id_;
        id_ = -1;
        errno = 0;
        check(close_(id) >= 0);
    }

private:
    const std::filesystem::path& file_;
    herr_t (*close_)(hid_t);
    hid_t id_;
};

/// The first bytes of all values, then their second ones, and so on.
void shuffle(std::span<const double> values, unsigned char* to) {
    const std::size_t n = values.size();
    for (std::size_t i = 0; i < n; ++i) {
        auto bits = std::bit_cast<std::uint64_t>(values[i]);
        for (std::size_t byte = 0; byte < sizeof bits; ++byte, bits >>= 8) to[byte * n + i] = static_cast<unsigned char>(bits);
    }
}

/// Copies from a dataset's values what lies in the chunk at `offset`.
void cut_out(const DeflatedDataset& dataset, const std::vector<hsize_t>& offset, std::vector<double>& chunk) {
    const std::size_t rank = dataset.shape.size();
    std::vector<std::size_t> here(rank);  // how much of the chunk there is
    for (std::size_t d = 0; d < rank; ++d) here[d] = std::min<std::size_t>(dataset.chunk[d], dataset.shape[d] - offset[d]);
    std::vector<std::size_t> at(rank);
    for (;;) {
        std::size_t from = 0;
        std::size_t to = 0;
        for (std::size_t d = 0; d < rank; ++d) {
            from = from * dataset.shape[d] + offset[d] + at[d];
            to = to * dataset.chunk[d] + at[d];
        }
        std::copy_n(dataset.values.data() + from, here[rank - 1], chunk.data() + to);
        std::size_t d = rank - 1;
        while (d > 0 && ++at[d - 1] == here[d - 1]) at[--d] = 0;
        if (d == 0) return;
    }
}

struct Chunk {
    const DeflatedDataset* dataset;
    std::vector<hsize_t> offset;
};

/// All chunks of a dataset, the last dimension fastest.
void add_chunks(const DeflatedDataset& dataset, std::vector<Chunk>& all) {
    std::vector<hsize_t> offset(dataset.shape.size());
    while (!dataset.values.empty()) {
        all.push_back({&dataset, offset});
        std::size_t d = offset.size();
        while (d > 0 && (offset[d - 1] += dataset.chunk[d - 1]) >= dataset.shape[d - 1]) offset[--d] = 0;
        if (d == 0) return;
    }
}

/// Makes of chunks what HDF5's filters would, one after the other.
class Deflater {
public:
    explicit Deflater(int level) : compressor_(libdeflate_alloc_compressor(level), &libdeflate_free_compressor) {
        if (!compressor_) throw std::bad_alloc();
    }

    void deflate(const Chunk& chunk) {
        const auto& sides = chunk.dataset->chunk;
        values_.assign(std::reduce(sides.begin(), sides.end(), std::size_t{1}, std::multiplies<>()), 0);
        cut_out(*chunk.dataset, chunk.offset, values_);
        shuffled_.resize(values_.size() * sizeof(double));
        shuffle(values_, shuffled_.data());
        deflated_.resize(libdeflate_zlib_compress_bound(compressor_.get(), shuffled_.size()));
        deflated_.resize(libdeflate_zlib_compress(compressor_.get(), shuffled_.data(), shuffled_.size(), deflated_.data(), deflated_.size()));
    }
    [[nodiscard]] std::span<const unsigned char> deflated() const { return deflated_; }

private:
    std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor_;
    std::vector<double> values_;
    std::vector<unsigned char> shuffled_, deflated_;
};

}  // namespace

void write_deflated(const std::filesystem::path& file, std::span<const DeflatedDataset> datasets, int level, int threads) {
    std::vector<Chunk> chunks;
    for (const DeflatedDataset& dataset : datasets) add_chunks(dataset, chunks);
    if (chunks.empty()) return;
    std::vector<Deflater> deflaters;  // as many chunks at a time
    while (deflaters.size() < std::min(static_cast<std::size_t>(threads), chunks.size())) deflaters.emplace_back(level);
    const NetcdfLibrary& hdf5 = netcdf();
    constexpr unsigned read_and_write = 1;  // H5F_ACC_RDWR, which calls a function besides
    errno = 0;
    Handle opened(file, hdf5.H5Fclose, hdf5.H5Fopen(file.c_str(), read_and_write, H5P_DEFAULT));
    std::optional<Handle> dataset;
    const DeflatedDataset* current = nullptr;
    for (std::size_t first = 0; first < chunks.size(); first += deflaters.size()) {
        const auto here = std::span(chunks).subspan(first, std::min(deflaters.size(), chunks.size() - first));
        tbb::task_arena(threads).execute([&] {
            tbb::parallel_for(std::size_t{0}, here.size(), [&](std::size_t k) { deflaters[k].deflate(here[k]); });
        });
        for (std::size_t k = 0; k < here.size(); ++k) {
            if (here[k].dataset != current) {
                if (dataset) dataset->close();
                current = here[k].dataset;
                errno = 0;
                dataset.emplace(file, hdf5.H5Dclose, hdf5.H5Dopen2(opened.id(), current->name.c_str(), H5P_DEFAULT));
            }
            const auto bytes = deflaters[k].deflated();
            errno = 0;
            dataset->check(hdf5.H5Dwrite_chunk(dataset->id(), H5P_DEFAULT, 0, here[k].offset.data(), bytes.size(), bytes.data()) >= 0);
        }
    }
    dataset->close();
    opened.close();
}

}  // namespace entente
