/// Carrying a study out: what its folder lacks is made, by all threads and ranks, and kept as it is made.
#pragma once

#include <cstdint>
#include <functional>

#include <entente/store/study_folder.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/ranks.hpp>

namespace entente {

/// Share `number` of `of` of a study's work, for jobs that know nothing of each other: from 1.
struct WorkShare {
    std::int64_t number = 1;
    std::int64_t of = 1;
};

/// What of the tiles is the share's, in a study of so many points and replicates: an equal part of the points, or of the replicates where there are
/// fewer points than shares. That depends on the numbers of points and replicates alone, so that a share is the same whatever of it is made already;
/// all shares together are the tiles, and no two have a run in common.
std::vector<Tile> share_of(std::span<const Tile> tiles, const WorkShare& share, std::int64_t points, std::int64_t replicates);

struct ConductPlan {
    TilePlan tiles;
    WorkShare share;
    bool fail_fast = false;
};

struct Conducted {
    std::int64_t runs_made = 0;  ///< on this rank
    std::int64_t failed = 0;     ///< of them
    bool interrupted = false;    ///< on any rank: there is work left
    double seconds = 0;
};

/// Makes what is missing. `folder` is null on ranks above 0. `progress` gets all ranks' runs on rank 0, and may stop: then the tiles in hand
/// are made and kept. Throws Error when a shard can't be written; what was kept stays.
Conducted conduct(const Study& study, StudyFolder* folder, const ConductPlan& plan, Ranks& ranks, const ProgressCall& progress);

}  // namespace entente
