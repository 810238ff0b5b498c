/// The processes that share a study's work: one, or the ranks of an MPI job.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace entente {

class Ranks {
public:
    virtual ~Ranks() = default;

    [[nodiscard]] virtual int rank() const = 0;  ///< from 0; 0 keeps the ledger and concludes
    [[nodiscard]] virtual int size() const = 0;

    /// What rank 0 holds, to all. All must call it.
    virtual void broadcast(std::vector<std::int64_t>& values) = 0;
    virtual void broadcast(std::vector<double>& values) = 0;

    /// Hands out the numbers 0 … count - 1, in order, each to one rank: runs `work` with a function that gives the next one, or -1 when there
    /// is none left. All ranks must call it; it returns when the work of all has ended. The function may be called by one thread at a
    /// time. A rank whose work ends before it was given -1 may leave behind one number that was meant for it.
    virtual void hand_out(std::int64_t count, const std::function<void(const std::function<std::int64_t()>& next)>& work) = 0;
    /// On rank 0, how many of them have been handed out to anyone. By any thread.
    [[nodiscard]] virtual std::int64_t handed_out() const = 0;

    /// Whether it is true on any rank. All must call it.
    virtual bool any(bool here) = 0;

    /// Ends all ranks at once, with this exit code, if there are others: one that failed must not keep the others waiting.
    virtual void end_all(int exit_code) = 0;
};

/// One process alone.
std::unique_ptr<Ranks> alone();

/// The ranks of the MPI job in which this process was started, or this one alone. Throws Error under mpirun or srun where Entente was built
/// without MPI, or MPI can't be loaded: every process would do all the work.
std::unique_ptr<Ranks> join_ranks();

/// Whether an MPI launcher started this process as one of several, by the variables that Open MPI, MPICH, MVAPICH and Slurm set.
bool is_launched_by_mpi();

}  // namespace entente
