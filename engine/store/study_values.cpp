#include <entente/store/study_values.hpp>

#include <algorithm>

#include <entente/base/hash.hpp>

namespace entente {

StudyValues::StudyValues(const StudyFolder& folder, const Study& study, Results layout)
    : folder_(folder), layout_(std::move(layout)), columns_(value_columns(layout_)), points_(study.point_count()),
      replicates_(folder.record().replicates), alternatives_(std::ssize(study.models)) {
    for (std::int64_t point = 0; point < points_; ++point)
        if (const std::int64_t first = folder_.first_like(point); first != point) doubles_.emplace_back(first, point);
    std::ranges::sort(doubles_);
    made_runs_.resize(static_cast<std::size_t>(runs()));
    for (int alternative = 0; alternative < alternatives_; ++alternative) {
        for_each_point(alternative, 0, points_, [&](const PlacedShard& shard, std::int64_t row, std::int64_t point) {
            note(shard, row, (alternative * points_ + point) * replicates_);
        });
    }
    std::ranges::sort(failures_, {}, &RunFailure::run);
}

/// Takes note of a point's runs in a shard, which follow `first_run`. Of those that another shard holds too, the first one counts.
void StudyValues::note(const PlacedShard& shard, std::int64_t row, std::int64_t first_run) {
    const ShardFacts& facts = shard.file.facts();
    std::vector<bool> is_new;
    for (std::int64_t replicate = 0; replicate < facts.replicates; ++replicate) {
        const auto run = static_cast<std::size_t>(first_run + facts.first_replicate + replicate);
        is_new.push_back(made_runs_[run] == 0);
        if (!is_new.back()) continue;
        ++made_;
        made_runs_[run] = 1;
    }
    for (RunFailure failure : facts.failures) {
        const std::int64_t replicate = failure.run % facts.replicates;
        if (failure.run / facts.replicates != row || !is_new[static_cast<std::size_t>(replicate)]) continue;
        failure.run = first_run + facts.first_replicate + replicate;
        failures_.push_back(std::move(failure));
    }
}

template <class Visit>
void StudyValues::for_each_point(int alternative, std::int64_t first, std::int64_t end, const Visit& visit) const {
    for (const PlacedShard& shard : folder_.shards()) {
        if (shard.file.facts().alternative != alternative) continue;
        for (std::size_t row = 0; row < shard.points.size(); ++row) {
            const std::int64_t point = shard.points[row];
            if (point >= first && point < end) visit(shard, static_cast<std::int64_t>(row), point);
            for (auto same = std::ranges::lower_bound(doubles_, std::pair(point, std::int64_t{0})); same != doubles_.end() && same->first == point; ++same)
                if (same->second >= first && same->second < end) visit(shard, static_cast<std::int64_t>(row), same->second);
        }
    }
}

std::vector<double> StudyValues::column(std::size_t number, int alternative, std::int64_t first, std::int64_t end) const {
    std::vector<double> values(static_cast<std::size_t>((end - first) * replicates_), Results::missing);
    const PlacedShard* open = nullptr;
    std::vector<double> all;
    for_each_point(alternative, first, end, [&](const PlacedShard& shard, std::int64_t row, std::int64_t point) {
        if (open != &shard) all = shard.file.column(number);
        open = &shard;
        const ShardFacts& facts = shard.file.facts();
        std::copy_n(all.begin() + row * facts.replicates, facts.replicates, values.begin() + (point - first) * replicates_ + facts.first_replicate);
    });
    return values;
}

std::int64_t StudyValues::again() const {
    std::int64_t count = 0;
    for (const auto& [first, like] : doubles_)
        for (std::int64_t alternative = 0; alternative < alternatives_; ++alternative)
            for (std::int64_t replicate = 0; replicate < replicates_; ++replicate)
                count += is_made((alternative * points_ + like) * replicates_ + replicate) ? 1 : 0;
    return count;
}

std::vector<double> StudyValues::watched(std::int64_t first, std::int64_t end) const {
    std::vector<double> found;
    for (std::int64_t run = first; run < end; ++run)
        found.push_back(is_made(run) ? static_cast<double>(layout_.calendar.ticks()) : Results::missing);
    auto failure = std::ranges::lower_bound(failures_, first, {}, &RunFailure::run);
    for (; failure != failures_.end() && failure->run < end; ++failure)
        found[static_cast<std::size_t>(failure->run - first)] = static_cast<double>(failure->tick - 1);
    return found;
}

std::int64_t StudyValues::points_made() const {
    std::vector<bool> has_runs(static_cast<std::size_t>(points_));
    for (std::size_t run = 0; run < made_runs_.size(); ++run)
        if (made_runs_[run] != 0) has_runs[run / static_cast<std::size_t>(replicates_) % has_runs.size()] = true;
    return std::ranges::count(has_runs, true);
}

std::string StudyValues::digest() const {
    Digest digest;
    for (int alternative = 0; alternative < alternatives_; ++alternative) {
        std::vector<std::uint64_t> hashes(static_cast<std::size_t>(points_ * replicates_));
        const PlacedShard* open = nullptr;
        std::vector<std::uint64_t> all;
        for_each_point(alternative, 0, points_, [&](const PlacedShard& shard, std::int64_t row, std::int64_t point) {
            if (open != &shard) all = shard.file.hashes();
            open = &shard;
            const ShardFacts& facts = shard.file.facts();
            std::copy_n(all.begin() + row * facts.replicates, facts.replicates, hashes.begin() + point * replicates_ + facts.first_replicate);
        });
        for (const std::uint64_t hash : hashes) digest.add(hash);
    }
    return digest.hex();
}

}  // namespace entente
