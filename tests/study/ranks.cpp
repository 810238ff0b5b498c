// Tests: ranks_mpi.
#include <entente/study/ranks.hpp>

#include <cstdlib>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace entente {
namespace {

/// Whether a process with these variables, and no other that launchers set, takes itself to be a rank of several.
bool is_launched(const std::map<std::string, std::string>& variables) {
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE", "PMIX_RANK", "SLURM_STEP_NUM_TASKS"}) unsetenv(name);
    for (const auto& [name, value] : variables) setenv(name.c_str(), value.c_str(), 1);
    const bool answer = is_launched_by_mpi();
    for (const auto& [name, value] : variables) unsetenv(name.c_str());
    return answer;
}

TEST(Ranks, are_seen_by_the_variables_of_their_launcher) {
    EXPECT_TRUE(is_launched({{"OMPI_COMM_WORLD_SIZE", "4"}, {"PMIX_RANK", "0"}})) << "Open MPI";
    EXPECT_TRUE(is_launched({{"PMI_SIZE", "4"}})) << "MPICH";
    EXPECT_TRUE(is_launched({{"MV2_COMM_WORLD_SIZE", "4"}})) << "MVAPICH";
    EXPECT_TRUE(is_launched({{"PMIX_RANK", "0"}, {"SLURM_STEP_NUM_TASKS", "4"}})) << "srun --mpi=pmix";
    EXPECT_TRUE(is_launched({{"PMIX_RANK", "3"}})) << "another launcher with PMIx";
}

TEST(Ranks, are_none_where_there_is_one_process) {
    EXPECT_FALSE(is_launched({}));
    EXPECT_FALSE(is_launched({{"OMPI_COMM_WORLD_SIZE", "1"}, {"PMIX_RANK", "0"}}));
    EXPECT_FALSE(is_launched({{"PMIX_RANK", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}}));
    EXPECT_FALSE(is_launched({{"SLURM_STEP_NUM_TASKS", "4"}})) << "tasks without MPI, each with a share of its own";
}

}  // namespace
}  // namespace entente
