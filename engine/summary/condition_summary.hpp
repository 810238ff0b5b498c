/// What a pass through the record leaves to be told.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/inference/filter.hpp>

namespace entente {

/// One thing on record as people call it.
struct RecordTold {
    std::int64_t tick = 0;
    ChanceOfRecord::What what = ChanceOfRecord::What::event;
    std::string name;  ///< of the event or measure
    std::string row;   ///< on which; "" for silence and for measures of the world
    double value = 0;  ///< numbers: what is on record
    std::int64_t ticks = 1;  ///< silence: of how many ticks
    double log_chance = 0;   ///< natural logarithm; of numbers that of the density
    /// `visit on a -> b`, `no other visit for 8 ticks`, `in_need = 18.9`
    [[nodiscard]] std::string told() const;
};

/// What all that is on record of one event or measure adds to the log-likelihood, each given what was before.
struct RecordShare {
    std::string name;
    std::int64_t count = 0;    ///< of firings, or numbers
    double log_chance = 0;     ///< of these
    double log_silence = 0;    ///< of none besides; 0 of numbers
    bool is_number = false;
};

struct FilteredMeasure {
    std::string name;
    std::string about;
    std::string unit;
    std::string label;
    std::vector<FilteredValue> values;  ///< by moment
    [[nodiscard]] const std::string& called() const { return label.empty() ? name : label; }
};

struct ConditionSummary {
    Calendar calendar = Calendar::undated(1);
    std::int64_t until = 0;  ///< the tick at whose beginning the runs stand
    std::int64_t particles = 0;
    double log_likelihood = 0;
    double standard_error = 0;
    std::vector<FilterMoment> moments;
    std::vector<RecordTold> record;  ///< by tick
    std::vector<FilteredMeasure> measures;
    std::vector<std::string> headline;  ///< names of measures that the scenario is about
    std::vector<RunFailure> failures;
    std::string digest;
    double seconds = 0;
    int threads = 1;

    /// The last day that is over, or tick.
    [[nodiscard]] std::string last_label() const;
    [[nodiscard]] std::int64_t redraws() const;
    [[nodiscard]] const FilterMoment& least_effective() const;
    /// Events by their chance, the least first; at most so many.
    [[nodiscard]] std::vector<RecordTold> surprising(std::size_t most) const;
    /// What the log-likelihood is made of, by event or measure, in the order in which they first come.
    [[nodiscard]] std::vector<RecordShare> shares() const;
};

ConditionSummary summarise_condition(const ParticleFilters& filters, const Model& model, const std::vector<NumberOnRecord>& numbers, const FilterPlan& plan);

/// A tick as its last day, or its number.
std::string end_label(const Calendar& calendar, std::int64_t tick);

/// Why no run is left: what had no chance in any, or, where nothing has by itself, that it hasn't together.
std::string no_run_left(const ConditionSummary& summary);

}  // namespace entente
