/// Formats of the files that Entente writes: a name and a version, as the key `format` of a JSON file gives them and the attribute
/// `format` of a NetCDF file; tables have it in the manifest beside them. The version grows when a key is renamed, removed or given another meaning; new keys alone leave it.
#pragma once

#include <string_view>

#include <entente/store/stored_values.hpp>

namespace entente {

namespace file_format {
inline constexpr std::string_view run_manifest = "entente-run-manifest/1";
inline constexpr std::string_view study_manifest = "entente-study-manifest/1";
inline constexpr std::string_view run_summary = "entente-run-summary/1";
inline constexpr std::string_view replay = "entente-replay/1";
inline constexpr std::string_view sweep_summary = "entente-sweep-summary/1";
inline constexpr std::string_view sensitivity_summary = "entente-sensitivity-summary/1";
inline constexpr std::string_view comparison_summary = "entente-comparison-summary/1";
inline constexpr std::string_view condition_summary = "entente-condition-summary/1";
inline constexpr std::string_view calibration_summary = "entente-calibration-summary/1";
inline constexpr std::string_view evidence_summary = "entente-evidence-summary/1";
inline constexpr std::string_view rank_summary = "entente-rank-summary/1";
inline constexpr std::string_view score_summary = "entente-score-summary/1";
inline constexpr std::string_view snapshot_summary = "entente-snapshot-summary/1";
inline constexpr std::string_view tables = "entente-tables/1";  ///< of all tables of a folder, as the manifest beside them gives it
inline constexpr std::string_view problems = "entente-problems/1";
inline constexpr std::string_view series = "entente-series/1";
}  // namespace file_format

/// Throws Error when `object`, which messages call `file`, is of another version of the format `known`. One without `format` was written
/// before formats had versions, and has the keys of the first.
void refuse_other_version(const StoredJson& object, std::string_view file, std::string_view known);

}  // namespace entente
