#include <entente/output/explanation_json.hpp>

#include <array>

#include <nlohmann/json.hpp>

namespace entente {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> reason_names = {"", "asked", "too many rows", "too many values", "median"};
constexpr std::array<std::string_view, 4> slicing_names = {"not by key", "few rows", "uneven", "possible"};
constexpr std::array<std::string_view, 5> piece_names = {"", "one thread", "many lanes", "few rows", "collisions"};
constexpr std::array<std::string_view, 6> use_names = {"field", "input", "parameter", "event count", "measure", "working"};
constexpr std::array<std::string_view, 5> kind_names = {"start", "timeline", "step", "measures", "end"};

template <std::size_t n, class Value>
std::string_view name_in(const std::array<std::string_view, n>& names, Value value) {
    return names.at(static_cast<std::size_t>(value));
}

Json cost_json(const CostRange& cost) { return {{"min", cost.least}, {"max", cost.most}}; }

Json instructions_json(const std::vector<ExplainedInstruction>& lines) {
    Json json = Json::array();
    for (const auto& line : lines) json.push_back({{"number", line.number}, {"text", line.text}, {"machine_code", line.is_native}});
    return json;
}

Json program_json(const ExplainedProgram& program) {
    Json json = {{"domain", program.domain},
                 {"rows", program.rows},
                 {"instructions_once", program.prologue},
                 {"instructions", program.body},
                 {"in_machine_code", program.native},
                 {"reads_by_map", program.by_map},
                 {"draws", program.draws},
                 {"additions_a_row", cost_json(program.cost)},
                 {"additions_once", program.prologue_cost},
                 {"sliced", program.is_sliced},
                 {"sums_gathered", program.sums_gathered},
                 {"slices", program.slicing ? Json(name_in(slicing_names, *program.slicing)) : Json()},
                 {"pieces", program.pieces},
                 {"in_one_piece", name_in(piece_names, program.in_one_piece)},
                 {"skips", program.skips},
                 {"packed", program.packed},
                 {"folded", program.folded},
                 {"shared", program.shared}};
    for (const auto& part : program.parts)
        json["parts"].push_back({{"row", part.row}, {"once", instructions_json(part.prologue)}, {"body", instructions_json(part.body)}});
    return json;
}

Json stage_json(const ExplainedStage& stage) {
    Json json = {{"name", stage.name},
                 {"kind", name_in(kind_names, stage.kind)},
                 {"table", stage.table},
                 {"rows", stage.rows},
                 {"where", stage.where},
                 {"rows_excluded", stage.rows_left_out},
                 {"excluded", stage.left_out},
                 {"instructions", stage.instructions},
                 {"in_machine_code", stage.native},
                 {"joins", stage.joins},
                 {"medians", stage.medians},
                 {"additions_a_run", cost_json(stage.cost)},
                 {"passes", Json::array()}};
    for (const auto& pass : stage.passes) {
        Json one = {{"text", pass.text}};
        if (pass.program) one["program"] = program_json(*pass.program);
        json["passes"].push_back(std::move(one));
    }
    return json;
}

Json state_json(const Explanation& made) {
    Json json = {{"tables", Json::array()}, {"columns", Json::array()}, {"maps", Json::array()}, {"bytes_of_names", made.name_bytes}, {"bytes_of_slices", made.slice_bytes}};
    for (const auto& one : made.tables)
        json["tables"].push_back({{"name", one.name}, {"rows", one.rows}, {"columns", one.columns}, {"bytes_a_run", one.run_bytes}, {"bytes_a_batch", one.batch_bytes}});
    for (const auto& one : made.columns)
        json["columns"].push_back(
            {{"name", one.name}, {"table", one.table}, {"rows", one.rows}, {"use", name_in(use_names, one.use)}, {"bytes_a_run", one.run_bytes}, {"bytes_a_batch", one.batch_bytes}});
    for (const auto& one : made.maps) json["maps"].push_back({{"leads_to", one.name}, {"rows", one.rows}, {"bytes", one.bytes}});
    return json;
}

Json inputs_json(const Explanation& made) {
    Json json = Json::array();
    for (const auto& one : made.inputs) json.push_back({{"name", one.name}, {"table", one.table}, {"ticks", one.ticks}, {"values", one.values}});
    return json;
}

Json folds_json(const Explanation& made) {
    Json json = Json::array();
    for (const auto& one : made.folds)
        json.push_back({{"column", one.column}, {"folded", one.folded}, {"rows", one.rows}, {"min", one.least}, {"max", one.greatest}, {"event_count", one.is_event_count}});
    return json;
}

Json machine_code_json(const ListedMachineCode& listed) {
    Json json = {{"instruction_set", listed.kernels->name}, {"available", listed.kernels->native > 0 && !listed.is_refused}, {"loops", Json::array()}};
    for (const auto& one : listed.loops)
        json["loops"].push_back({{"program", one.program}, {"begin", one.run.begin}, {"end", one.run.end}, {"text", one.run.text}});
    return json;
}

}  // namespace

std::string explanation_json(const Explanation& made, const ExplainedRuns& runs, const std::vector<ListedMachineCode>& machine_code) {
    Json json = {{"format", "entente-explanation/1"},
                 {"title", made.title},
                 {"scenario", made.path},
                 {"runs", runs.runs},
                 {"ticks", made.ticks},
                 {"way", made.by_table.reason == ByTable::Reason::none ? "row by row" : "by table"},
                 {"by_table_because", name_in(reason_names, made.by_table.reason)},
                 {"lanes", made.batch.lanes},
                 {"threads", runs.layout.threads},
                 {"batches", runs.layout.batches},
                 {"rows_shared_by_threads", runs.layout.rows_shared},
                 {"instruction_set", made.batch.kernels->name},
                 {"machine_code", made.batch.kernels->native > 0 && !made.native_refused},
                 {"rows", made.rows},
                 {"row_updates_a_tick", made.row_updates},
                 {"additions_a_tick", cost_json(made.cost_of_tick())},
                 {"state", state_json(made)},
                 {"parameters", made.parameters},
                 {"varied", made.varied},
                 {"set_by_timeline", made.set},
                 {"inputs", inputs_json(made)},
                 {"folded", folds_json(made)},
                 {"stages", Json::array()}};
    for (const auto& stage : made.stages) json["stages"].push_back(stage_json(stage));
    for (const auto& one : machine_code) json["machine_code_listings"].push_back(machine_code_json(one));
    return json.dump(2);
}

}  // namespace entente
