#include <entente/store/conduct.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>

namespace entente {

namespace {

/// Tiles as numbers, for the other ranks: alternative, first replicate, replicates, points.
std::vector<std::int64_t> packed(std::span<const Tile> tiles) {
    std::vector<std::int64_t> numbers;
    for (const Tile& tile : tiles) {
        numbers.insert(numbers.end(), {std::int64_t{tile.alternative}, tile.first_replicate, tile.replicates, std::ssize(tile.points)});
        numbers.insert(numbers.end(), tile.points.begin(), tile.points.end());
    }
    return numbers;
}

std::vector<Tile> unpacked(std::span<const std::int64_t> numbers) {
    std::vector<Tile> tiles;
    for (std::size_t at = 0; at < numbers.size();) {
        const auto points = numbers.subspan(at + 4, static_cast<std::size_t>(numbers[at + 3]));
        tiles.push_back({static_cast<int>(numbers[at]), {points.begin(), points.end()}, numbers[at + 1], numbers[at + 2]});
        at += 4 + points.size();
    }
    return tiles;
}

std::string folder_text(const std::vector<std::int64_t>& bytes) {
    std::string text;
    for (const std::int64_t byte : bytes) text += static_cast<char>(byte);
    return text;
}

/// What all ranks do together, and what rank 0 reports of it.
class Work {
public:
    Work(const Study& study, StudyFolder* folder, const ConductPlan& plan, Ranks& ranks, const ProgressCall& progress)
        : study_(study), folder_(folder), plan_(plan), ranks_(ranks), progress_(progress) {}

    Conducted done() {
        agree();
        const auto began = std::chrono::steady_clock::now();
        const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(); };
        ProgressTeller teller(progress_, runs_up_to_.empty() ? 0 : runs_up_to_.back(), study_.models.front()->calendar.ticks(), ranks_.size());
        TilePlan plan = plan_.tiles;
        plan.work = teller.work();
        ranks_.hand_out(std::ssize(tiles_), [&](const std::function<std::int64_t()>& next) {
            const auto next_tile = [&] { return stopped_ || teller.is_stopped() ? -1 : next(); };
            make_tiles(study_, tiles_, plan, next_tile, [&](std::int64_t number, const TileResults& made) {
                keep(tiles_[static_cast<std::size_t>(number)], made);
                tell(tiles_[static_cast<std::size_t>(number)], made, teller);
            });
        });
        teller.end();
        if (teller.is_stopped()) stopped_ = true;
        done_.interrupted = ranks_.any(stopped_ || (plan_.tiles.abandon && plan_.tiles.abandon()));
        done_.seconds = seconds();
        return done_;
    }

private:
    /// All ranks work on the same tiles, as rank 0 found them missing, and put shards into the same folder.
    void agree() {
        std::vector<std::int64_t> numbers;
        std::vector<std::int64_t> names;
        if (folder_ != nullptr) {
            const auto missing = share_of(folder_->missing(), plan_.share, study_.point_count(), folder_->record().replicates);
            if (!missing.empty()) folder_->announce();
            numbers = packed(cut(study_, missing, ranks_.size() * thread_count(plan_.tiles.threads)));
            const std::string text = folder_->shard_folder().string() + '\n' + folder_->key();
            names.assign(text.begin(), text.end());
        }
        ranks_.broadcast(numbers);
        ranks_.broadcast(names);
        tiles_ = unpacked(numbers);
        const std::string text = folder_text(names);
        shard_folder_ = text.substr(0, text.rfind('\n'));
        key_ = text.substr(text.rfind('\n') + 1);
        for (const Tile& tile : tiles_) runs_up_to_.push_back((runs_up_to_.empty() ? 0 : runs_up_to_.back()) + tile.runs());
    }

    void keep(const Tile& tile, const TileResults& made) {
        if (folder_ != nullptr)
            folder_->keep(tile, made);
        else
            write_shard(shard_folder_, shard_name(study_, tile, key_), study_, tile, made, key_);
    }

    void tell(const Tile& tile, const TileResults& made, ProgressTeller& teller) {
        const std::lock_guard lock(telling_);
        done_.runs_made += tile.runs();
        done_.failed += std::ssize(made.results.failures);
        if (plan_.fail_fast && done_.failed > 0) stopped_ = true;
        std::int64_t runs_done = done_.runs_made;
        if (const std::int64_t handed = ranks_.handed_out(); ranks_.size() > 1 && handed > 0)  // most of which are made
            runs_done = std::max(runs_done, runs_up_to_[static_cast<std::size_t>(handed) - 1]);
        if (!teller.tell(runs_done, done_.failed)) stopped_ = true;
    }

    const Study& study_;
    StudyFolder* folder_;
    const ConductPlan& plan_;
    Ranks& ranks_;
    const ProgressCall& progress_;
    std::vector<Tile> tiles_;
    std::vector<std::int64_t> runs_up_to_;  ///< by tile: runs of it and all before
    std::filesystem::path shard_folder_;
    std::string key_;
    std::atomic<bool> stopped_ = false;
    std::mutex telling_;
    Conducted done_;
};

}  // namespace

std::vector<Tile> share_of(std::span<const Tile> tiles, const WorkShare& share, std::int64_t points, std::int64_t replicates) {
    const bool by_points = points >= share.of;
    const std::int64_t count = by_points ? points : replicates;
    const std::int64_t first = count * (share.number - 1) / share.of;
    const std::int64_t end = count * share.number / share.of;
    std::vector<Tile> mine;
    for (Tile tile : tiles) {
        if (by_points) {
            std::erase_if(tile.points, [&](std::int64_t point) { return point < first || point >= end; });
        } else {
            const std::int64_t begins = std::max(first, tile.first_replicate);
            tile.replicates = std::max<std::int64_t>(std::min(end, tile.first_replicate + tile.replicates) - begins, 0);
            tile.first_replicate = begins;
        }
        if (tile.runs() > 0) mine.push_back(std::move(tile));
    }
    return mine;
}

Conducted conduct(const Study& study, StudyFolder* folder, const ConductPlan& plan, Ranks& ranks, const ProgressCall& progress) {
    return Work(study, folder, plan, ranks, progress).done();
}

}  // namespace entente
