/// --from: the snapshot that a run goes on from, and what the command changes of its past.
#pragma once

#include <optional>

#include <entente/store/snapshot_file.hpp>

#include "arguments/run_arguments.hpp"

namespace entente {

class Origin {
public:
    /// Opens the snapshot. What the command does not name is the snapshot's: scenario, variant, settings; what it sets is set besides.
    /// Throws Error as SnapshotFile does.
    explicit Origin(const RunArguments& arguments);
    /// None where --from was not given.
    static std::optional<Origin> of(const RunArguments& arguments);

    /// FILE, --variant and --set as they count.
    [[nodiscard]] const ScenarioArguments& scenario() const { return scenario_; }
    /// Reads the scenario, and sees that it is the snapshot's and that start values stay what they were. A variant all of which lies before
    /// the snapshot is warned of. Throws Error.
    [[nodiscard]] Scenario read(Attendant& attendant) const;
    /// The same of a scenario that was read already, as it is written.
    [[nodiscard]] Scenario changed(Scenario as_written, Attendant& attendant) const;
    [[nodiscard]] Snapshot snapshot() const { return file_.read(); }

    /// The snapshot's own name, by what its runs are.
    [[nodiscard]] std::string named() const { return file_.facts().origin(); }
    /// What the identity of runs names as their snapshot: its own name for a branch, else what the snapshot's runs name.
    [[nodiscard]] std::string named_by(const Identity& identity) const;

private:
    void check_starts(const Variant& variant) const;
    void warn_of_past(const Variant& variant, Attendant& attendant) const;

    SnapshotFile file_;
    ScenarioArguments given_;
    ScenarioArguments scenario_;
};

}  // namespace entente
