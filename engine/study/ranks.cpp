#include <entente/study/ranks.hpp>

#include <array>
#include <atomic>
#include <cstdlib>
#include <string>
#include <string_view>

#include <entente/base/problem.hpp>
#include <entente/base/shared_library.hpp>

namespace entente {

namespace {

class Alone final : public Ranks {
public:
    [[nodiscard]] int rank() const override { return 0; }
    [[nodiscard]] int size() const override { return 1; }
    void broadcast(std::vector<std::int64_t>&) override {}
    void broadcast(std::vector<double>&) override {}
    void hand_out(std::int64_t count, const std::function<void(const std::function<std::int64_t()>&)>& work) override {
        handed_out_ = 0;
        work([&] { return handed_out_ < count ? handed_out_++ : std::int64_t{-1}; });
    }
    [[nodiscard]] std::int64_t handed_out() const override { return handed_out_; }
    bool any(bool here) override { return here; }
    void end_all(int) override {}

private:
    std::atomic<std::int64_t> handed_out_ = 0;
};

}  // namespace

std::unique_ptr<Ranks> alone() {
    return std::make_unique<Alone>();
}

bool is_launched_by_mpi() {
    bool is_alone = false;
    const bool has_pmix = std::getenv("PMIX_RANK") != nullptr;
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE", "SLURM_STEP_NUM_TASKS"}) {
        const std::string_view variable = name;
        if (variable.starts_with("SLURM") && !has_pmix) continue;  // the tasks of an allocation are not ranks
        const char* size = std::getenv(name);
        if (size != nullptr && std::string_view(size) != "1") return true;
        is_alone = is_alone || size != nullptr;
    }
    return has_pmix && !is_alone;
}

std::unique_ptr<Ranks> join_ranks() {
    if (!is_launched_by_mpi()) return alone();
#ifdef ENTENTE_MPI_FILES
    const SharedLibrary library("entente_mpi.so, by which processes of an MPI job share their work,", std::array<std::string, 2>{ENTENTE_MPI_FILES},
                                "install it beside Entente, with the MPI it was built for, or share the work with --shard i/n",
                                SharedLibrary::Symbols::for_all);  // an MPI opens parts of its own
    return std::unique_ptr<Ranks>(library.function<Ranks* (*)()>("entente_join_mpi")());
#else
    throw Error("this Entente was built without MPI, and each of the processes would do all the work",
                "build it where MPI is installed (Debian: libopenmpi-dev), or share the work with --shard i/n");
#endif
}

}  // namespace entente
