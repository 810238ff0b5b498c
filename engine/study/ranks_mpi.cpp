// The ranks of an MPI job: a library of its own, entente_mpi.so, which join_ranks opens where an MPI launcher started the process; nobody
// else waits for MPI to be loaded. It uses no other source of the engine.
//
// Rank 0 hands out numbers from a thread of its own, so that nobody waits for what it is working on; of each rank one thread at a time
// talks to MPI. That thread looks at the mail rarely, for every look interrupts the work on its core; the others therefore ask for their
// next number when they begin with one.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <thread>

#include <mpi.h>

#include <entente/base/problem.hpp>
#include <entente/study/ranks.hpp>

namespace entente {

namespace {

constexpr int ask_tag = 1;
constexpr int answer_tag = 2;
constexpr std::chrono::microseconds soonest_look{200};
constexpr std::chrono::microseconds latest_look{6400};

class MpiRanks final : public Ranks {
public:
    MpiRanks() {
        int provided = 0;
        MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
        if (provided < MPI_THREAD_SERIALIZED) throw Error("this MPI does not support programs with threads", "use another MPI");
        MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
        MPI_Comm_size(MPI_COMM_WORLD, &size_);
    }
    ~MpiRanks() override { MPI_Finalize(); }
    MpiRanks(const MpiRanks&) = delete;
    MpiRanks& operator=(const MpiRanks&) = delete;

    [[nodiscard]] int rank() const override { return rank_; }
    [[nodiscard]] int size() const override { return size_; }
    void broadcast(std::vector<std::int64_t>& values) override { broadcast(values, MPI_INT64_T); }
    void broadcast(std::vector<double>& values) override { broadcast(values, MPI_DOUBLE); }

    void hand_out(std::int64_t count, const std::function<void(const std::function<std::int64_t()>&)>& work) override {
        handed_out_ = 0;
        if (rank_ > 0) return take_part(work);
        std::thread server([&] { serve(count); });
        std::exception_ptr trouble;
        try {
            work([&] { return take(count); });
        } catch (...) {
            trouble = std::current_exception();
            handed_out_ = count;  // the others shall end
        }
        server.join();
        if (trouble) std::rethrow_exception(trouble);
    }
    [[nodiscard]] std::int64_t handed_out() const override { return handed_out_; }

    bool any(bool here) override {
        int mine = here ? 1 : 0;
        int all = 0;
        MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
        return all != 0;
    }
    void end_all(int exit_code) override {
        if (size_ > 1) MPI_Abort(MPI_COMM_WORLD, exit_code);
    }

private:
    template <typename T>
    void broadcast(std::vector<T>& values, MPI_Datatype type) {
        std::int64_t count = std::ssize(values);
        MPI_Bcast(&count, 1, MPI_INT64_T, 0, MPI_COMM_WORLD);
        values.resize(static_cast<std::size_t>(count));
        constexpr std::int64_t at_once = std::int64_t{1} << 28;
        for (std::int64_t at = 0; at < count; at += at_once)
            MPI_Bcast(values.data() + at, static_cast<int>(std::min(at_once, count - at)), type, 0, MPI_COMM_WORLD);
    }

    std::int64_t take(std::int64_t count) {
        std::int64_t number = handed_out_;
        while (number < count && !handed_out_.compare_exchange_weak(number, number + 1)) {
        }
        return number < count ? number : -1;
    }

    /// Answers every other rank until it says that it has ended. While nobody asks, it looks ever more rarely.
    void serve(std::int64_t count) {
        auto until_next_look = soonest_look;
        for (int working = size_ - 1; working > 0;) {
            int asked = 0;
            MPI_Status status;
            MPI_Iprobe(MPI_ANY_SOURCE, ask_tag, MPI_COMM_WORLD, &asked, &status);
            if (asked == 0) {
                std::this_thread::sleep_for(until_next_look);
                until_next_look = std::min(2 * until_next_look, latest_look);
                continue;
            }
            until_next_look = soonest_look;
            int goes_on = 0;
            MPI_Recv(&goes_on, 1, MPI_INT, status.MPI_SOURCE, ask_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            if (goes_on == 0) {
                --working;
                continue;
            }
            const std::int64_t number = take(count);
            MPI_Send(&number, 1, MPI_INT64_T, status.MPI_SOURCE, answer_tag, MPI_COMM_WORLD);
        }
    }

    void take_part(const std::function<void(const std::function<std::int64_t()>&)>& work) {
        const auto say = [](int goes_on) { MPI_Send(&goes_on, 1, MPI_INT, 0, ask_tag, MPI_COMM_WORLD); };
        bool has_asked = false;
        const auto answer = [&] {
            std::int64_t number = -1;
            MPI_Recv(&number, 1, MPI_INT64_T, 0, answer_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            has_asked = false;
            return number;
        };
        const auto ask = [&] {
            say(1);
            has_asked = true;
        };
        work([&] {
            if (!has_asked) ask();
            const std::int64_t number = answer();
            if (number >= 0) ask();
            return number;
        });
        if (has_asked) answer();  // that nobody waits for, where the work was stopped
        say(0);
    }

    int rank_ = 0;
    int size_ = 1;
    std::atomic<std::int64_t> handed_out_ = 0;
};

}  // namespace

}  // namespace entente

/// What join_ranks calls, and owns.
extern "C" entente::Ranks* entente_join_mpi() {
    return new entente::MpiRanks;
}
