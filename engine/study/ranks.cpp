#include <entente/study/ranks.hpp>

#include <atomic>
#include <cstdlib>
#include <string_view>

#include <entente/base/problem.hpp>

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
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MV2_COMM_WORLD_SIZE"}) {
        const char* size = std::getenv(name);
        if (size != nullptr && std::string_view(size) != "1") return true;
    }
    return false;
}

#ifndef ENTENTE_MPI
std::unique_ptr<Ranks> join_ranks() {
    if (!is_launched_by_mpi()) return alone();
    throw Error("this Entente was built without MPI, and each of the processes would do all the work",
                "build it where MPI is installed (Debian: libopenmpi-dev), or share the work with --shard i/n");
}
#endif

}  // namespace entente
