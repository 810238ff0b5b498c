#include "session/likelihood_rounds.hpp"

#include <chrono>
#include <fstream>
#include <limits>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {

namespace {

constexpr std::int64_t most_parts = 1 << 20;

/// The number under which a part is kept.
std::int64_t number_of(const Wanted& wanted, std::size_t part) {
    return wanted.round * most_parts + static_cast<std::int64_t>(part);
}

void write_numbers(const std::filesystem::path& file, const std::vector<double>& numbers) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(numbers.data()), static_cast<std::streamsize>(numbers.size() * sizeof(double)));
    if (!out.flush()) throw Error(fmt::format("'{}' could not be written", file.string()), "see that there is room on the disk");
}

std::vector<double> read_numbers(const std::filesystem::path& file, std::size_t count) {
    std::vector<double> numbers(count);
    std::ifstream in(file, std::ios::binary);
    in.read(reinterpret_cast<char*>(numbers.data()), static_cast<std::streamsize>(count * sizeof(double)));
    if (!in)
        throw Error(fmt::format("'{}', which another rank wrote, could not be read", file.string()),
                    "all ranks need the same folder, on every machine");
    return numbers;
}

}  // namespace

LikelihoodRounds::LikelihoodRounds(LikelihoodModel what, LikelihoodPlan plan, Ranks& ranks, CalibrationFolder* folder,
                                   std::filesystem::path exchange, std::function<void(std::int64_t)> progress)
    : what_(what), plan_(std::move(plan)), ranks_(ranks), folder_(folder), exchange_(std::move(exchange)), progress_(std::move(progress)) {}

std::filesystem::path LikelihoodRounds::part_file(const Wanted& wanted, std::size_t part) const {
    return exchange_ / fmt::format("{}-{}.tile", wanted.round, part);
}

/// By part, empty where it is not there: the same on all ranks.
std::vector<std::vector<double>> LikelihoodRounds::parts_there(const Wanted& wanted) {
    std::vector<std::vector<double>> parts(parts_of(wanted));
    std::vector<double> all;
    std::vector<std::int64_t> are_there(parts.size(), 0);
    for (std::size_t part = 0; folder_ && part < parts.size(); ++part)
        if (auto there = folder_->fit(number_of(wanted, part), points_of_part(wanted, part))) {
            are_there[part] = 1;
            parts[part] = std::move(*there);
            all.insert(all.end(), parts[part].begin(), parts[part].end());
        }
    if (ranks_.size() == 1) return parts;
    ranks_.broadcast(are_there);
    ranks_.broadcast(all);
    std::size_t at = 0;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (are_there[part] == 0) continue;
        const std::size_t count = points_of_part(wanted, part);
        parts[part].assign(all.begin() + static_cast<std::ptrdiff_t>(at), all.begin() + static_cast<std::ptrdiff_t>(at + count));
        at += count;
    }
    return parts;
}

std::optional<std::vector<double>> LikelihoodRounds::make(const Wanted& wanted, bool may_make) {
    const auto began = std::chrono::steady_clock::now();
    auto parts = parts_there(wanted);
    bool is_stopped = false;
    std::int64_t missing = 0;
    std::vector<std::size_t> of_others;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (!parts[part].empty()) continue;
        const bool is_mine = missing++ % ranks_.size() == ranks_.rank();
        if (!is_mine) of_others.push_back(part);
        if (!is_mine || is_stopped) continue;
        if (may_make) parts[part] = log_likelihoods_of(what_, plan_, wanted, part);
        is_stopped = parts[part].empty();
        if (is_stopped) continue;
        const auto runs = wanted.filter_runs * std::ssize(parts[part]);
        runs_made_ += runs;
        progress_(runs);
        if (folder_)
            folder_->keep_fit(number_of(wanted, part), parts[part]);
        else
            write_numbers(part_file(wanted, part), parts[part]);
    }
    seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (ranks_.any(is_stopped)) return std::nullopt;
    std::vector<double> all;
    if (folder_)
        for (const std::size_t part : of_others) {
            parts[part] = read_numbers(part_file(wanted, part), points_of_part(wanted, part));
            folder_->keep_fit(number_of(wanted, part), parts[part]);
            std::filesystem::remove(part_file(wanted, part));
        }
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    if (ranks_.size() > 1) ranks_.broadcast(all);
    return all;
}

}  // namespace entente
