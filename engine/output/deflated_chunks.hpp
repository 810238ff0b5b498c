/// Values of chunked, shuffled and deflated HDF5 datasets, compressed by libdeflate and written past HDF5's own filters: the bytes are of
/// the same format, and take a fraction of zlib's time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace entente {

/// A dataset of doubles whose filters are a shuffle of eight bytes and deflate, in that order, and all of its values.
struct DeflatedDataset {
    std::string name;
    std::vector<std::size_t> shape;
    std::vector<std::size_t> chunk;  ///< the dataset's chunk, by dimension
    std::span<const double> values;  ///< the last dimension fastest
};

/// Writes the datasets of a file that is closed. Beyond the shape, chunks are filled up with 0. The bytes are the same for any number
/// of threads.
/// Throws Error when the file can't be written.
void write_deflated(const std::filesystem::path& file, std::span<const DeflatedDataset> datasets, int level, int threads);

}  // namespace entente
