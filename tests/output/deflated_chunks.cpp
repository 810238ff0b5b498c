// What is compressed past HDF5's filters, as others read it.
#include <entente/output/deflated_chunks.hpp>

#include <array>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/output/netcdf_file.hpp>

#include "../scratch.hpp"
#include "../xarray.hpp"

namespace entente {
namespace {

class DeflatedChunks : public testing::Test {
protected:
    /// A file with `x` of that shape, whose values are half their number, but the third, which is missing.
    std::filesystem::path written(const std::vector<std::size_t>& shape, int threads) {
        const auto path = scratch_.path() / (std::to_string(threads) + ".nc");
        NetcdfFile file(path, threads);
        std::vector<int> dimensions;
        std::size_t count = 1;
        for (const std::size_t size : shape) {
            dimensions.push_back(file.dimension("d" + std::to_string(dimensions.size()), size));
            count *= size;
        }
        const int x = file.doubles("x", dimensions);
        file.end_definitions();
        std::vector<double> values(count);
        for (std::size_t i = 0; i < count; ++i) values[i] = static_cast<double>(i) / 2;
        if (count > 2) values[2] = std::numeric_limits<double>::quiet_NaN();
        file.put_at_close(x, values);
        file.close();
        return path;
    }
    static std::string bytes(const std::filesystem::path& path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }
    Scratch scratch_;
};

constexpr auto is_as_written =
    "import numpy; x = d.x.values.ravel(); half = numpy.arange(x.size) / 2; half[2] = numpy.nan; print(d.x.shape, numpy.array_equal(x, half, equal_nan=True))";

TEST_F(DeflatedChunks, hold_whole_runs_and_the_last_one_fewer) {
    EXPECT_EQ(with_xarray(written({1000, 229}, 1), is_as_written), "(1000, 229) True\n");  // 572 runs a chunk
}

TEST_F(DeflatedChunks, hold_parts_of_runs_that_are_larger) {
    EXPECT_EQ(with_xarray(written({3, 1000, 200}, 1), is_as_written), "(3, 1000, 200) True\n");  // 655 ticks a chunk
}

TEST_F(DeflatedChunks, hold_very_little_too) {
    EXPECT_EQ(with_xarray(written({1, 3}, 4), is_as_written), "(1, 3) True\n");
    EXPECT_EQ(with_xarray(written({5}, 4), is_as_written), "(5,) True\n");
}

TEST_F(DeflatedChunks, are_the_same_bytes_for_any_number_of_threads) {
    const std::string one = bytes(written({5, 700, 300}, 1));
    EXPECT_EQ(bytes(written({5, 700, 300}, 3)) == one, true);
    EXPECT_LT(one.size(), 5U * 700 * 300 * 8 / 2) << "compressed";
}

}  // namespace
}  // namespace entente
