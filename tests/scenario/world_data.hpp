/// Published tables as they are, in the folder that the variable ENTENTE_WORLD_DATA names; without it nothing is tried with them.
#pragma once

#include "reading.hpp"

namespace entente::test {

class WithWorldData : public testing::Test {
protected:
    void SetUp() override {
        const char* folder = std::getenv("ENTENTE_WORLD_DATA");
        if (!folder || !std::filesystem::exists(std::filesystem::path(folder) / "states.csv")) GTEST_SKIP() << "ENTENTE_WORLD_DATA names no folder with states.csv";
        folder_ = folder;
    }
    std::filesystem::path folder_;
};

}  // namespace entente::test
