// One stage of an explanation: passes, programs, machine code.
#include <algorithm>
#include <map>
#include <span>
#include <sstream>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/output/explanation_text.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

constexpr std::size_t most_rows_named = 12;
constexpr std::size_t listing_indent = 14;

std::string slicing_text(const ExplainedProgram& program, int lanes) {
    if (program.sums_gathered) return "over slices, as one loop that only adds up what it gathers";
    if (program.is_sliced) return "over slices, 8 keys at a time";
    if (!program.slicing) return "one program for all steps, of which this is the step's part";
    switch (*program.slicing) {
        case Slicing::sliced: return fmt::format("block by block; slices are for one run at a time, and these are {}", lanes);
        case Slicing::few_rows: return "block by block; too few rows for slices";
        case Slicing::uneven: return "block by block; keys have too different numbers of rows for slices";
        case Slicing::not_by_key: return "block by block";
    }
    return {};
}

std::string pieces_text(const ExplainedProgram& program) {
    switch (program.in_one_piece) {
        case OnePiece::no: return fmt::format("shared out among threads in {} pieces", program.pieces);
        case OnePiece::one_thread: return "on one thread";
        case OnePiece::many_lanes: return "on one thread, for threads take whole batches";
        case OnePiece::few_rows: return "on one thread, for its rows are few";
        case OnePiece::collisions: return "on one thread, for many rows may write to one place";
    }
    return {};
}

std::string program_facts(const ExplainedProgram& program, int lanes) {
    std::string text = entry_text("Runs over", fmt::format("{}, {}", program.domain, counted(program.rows, "row")));
    text += entry_text("Way", slicing_text(program, lanes) + "; " + pieces_text(program));
    text += entry_text("Instructions", fmt::format("{} once a step, {} on each row; {} in machine code, {}, {} to rows elsewhere",
                                                   with_commas(program.prologue), with_commas(program.body), with_commas(program.native),
                                                   counted(program.draws, "draw"), counted(program.by_map, "read")));
    text += entry_text("Cost", fmt::format("{} additions a row, and {} once a step", cost_text(program.cost), readable(program.prologue_cost)));
    if (program.skips > 0) text += entry_text("Skips", fmt::format("{}, {} of them with packing", program.skips, program.packed));
    return text + entry_text("Folded", fmt::format("{} whose result was known, {} that were there already{}", counted(program.folded, "operation"), with_commas(program.shared),
                                                   program.slicing ? "" : " (of the whole tick)"));
}

std::string lines_text(const std::vector<ExplainedInstruction>& lines, const TextStyle& style) {
    std::string text;
    for (const auto& line : lines) text += wrapped(fmt::format("  {:>5} {} ", line.number, line.is_native ? '|' : ' '), line.text, listing_indent, style);
    return text;
}

std::string parts_text(const ExplainedProgram& program, const TextStyle& style) {
    std::string once;
    std::string text;
    for (const auto& part : program.parts) once += lines_text(part.prologue, style);
    if (!once.empty()) text += "  once a step, the prologue\n" + once;
    for (const auto& part : program.parts) {
        if (part.body.empty()) continue;
        text += part.row.empty() ? std::string(program.slicing ? "  on each row\n" : "  for all rows\n") : "  on " + part.row + '\n';
        text += lines_text(part.body, style);
    }
    return text;
}

/// The first rows that are left out, and how many more there are.
std::string left_out_text(const ExplainedStage& stage) {
    if (stage.rows_left_out <= static_cast<std::int64_t>(most_rows_named)) return listed(stage.left_out);
    const auto named = std::span(stage.left_out).first(std::min(most_rows_named, stage.left_out.size()));
    return fmt::format("{} and {} more", fmt::join(named, ", "), with_commas(stage.rows_left_out - std::ssize(named)));
}

std::string head_text(const Explanation& made, const ExplainedStage& stage, const TextStyle& style) {
    std::string text = bold(stage.name, style) + '\n';
    if (!stage.table.empty()) text += fmt::format("step on {}, {}\n", stage.table, counted(stage.rows, "row"));
    text += '\n';
    if (!stage.where.empty()) text += entry_text("Where", stage.where);
    if (!stage.left_out.empty())
        text += entry_text("Left out", fmt::format("{} on which it can never do anything: {}", counted(stage.rows_left_out, "row"), left_out_text(stage)));
    text += entry_text("Way", made.by_table.reason == ByTable::Reason::none && !stage.table.empty() ? "row by row, within the one program of the tick"
                              : made.by_table.reason == ByTable::Reason::none                   ? "row by row"
                                                                                                : "by table, for " + reason_text(made.by_table));
    const CostRange tick = made.cost_of_tick();
    std::string cost = cost_text(stage.cost) + " additions a tick and run";
    if (is_every_tick(stage) && tick.most > 0) cost += fmt::format(", at most {} % of a tick", percent(stage.cost.most / tick.most));
    if (stage.joins + stage.medians > 0) cost += "; joins and medians are not counted";
    return text + entry_text("Cost", cost);
}

/// Instructions as listed, by program and number.
using Texts = std::map<std::pair<std::string, int>, std::string>;

Texts texts_of(const ExplainedStage& stage) {
    Texts texts;
    for (const auto& pass : stage.passes)
        if (pass.program)
            for (const auto& part : pass.program->parts)
                for (const auto& line : part.body) texts[{pass.program->name, line.number}] = line.text;
    return texts;
}

/// The loop's lines, set in; what is told of an instruction by its number is told by its text too.
std::string commented(const MachineCode& code, const Texts& texts) {
    std::string text;
    std::istringstream lines(code.run.text);
    for (std::string line; std::getline(lines, line);) {
        text += (line.ends_with(':') ? "  " : "    ") + line;
        const auto found = line.starts_with("; ") ? texts.find({code.program, std::stoi(line.substr(2))}) : texts.end();
        text += (found == texts.end() ? "" : "  " + found->second) + '\n';
    }
    return text;
}

}  // namespace

std::string stage_text(const Explanation& made, const ExplainedStage& stage, const TextStyle& style) {
    std::string text = head_text(made, stage, style) + '\n' + bold("Passes, one after the other", style) + '\n';
    int number = 0;
    for (const auto& pass : stage.passes) text += wrapped(fmt::format("  {:>3}  ", ++number), (pass.program ? "program " : "") + pass.text, listing_indent, style);
    if (stage.passes.empty()) text += "  none: nothing is done\n";
    number = 0;
    for (const auto& pass : stage.passes) {
        ++number;
        if (!pass.program) continue;
        text += '\n' + bold(fmt::format("Pass {}: {}", number, pass.text), style) + '\n' + program_facts(*pass.program, made.batch.lanes) + parts_text(*pass.program, style);
    }
    text += "\n  | machine code does it; r0, r1 ... are registers of 256 values; once0 ... are of the prologue\n";
    return laid_out(text, style);
}

std::string machine_code_text(const Kernels& kernels, bool is_refused, const ExplainedStage& stage, const std::vector<MachineCode>& code, const TextStyle& style) {
    std::string text = bold(fmt::format("Machine code on {}", kernels.name), style) + '\n';
    if (kernels.native == 0) return text + "  not available: this instruction set interprets every instruction\n";
    if (is_refused) return text + "  not available: this system lets no program write machine code\n";
    if (code.empty()) return text + fmt::format("  none: no two instructions of {} in a row can be machine code\n", stage.name);
    const auto texts = texts_of(stage);
    for (const auto& one : code) {
        text += fmt::format("\n  {}: instructions {} to {}, a loop over vectors of {} values\n", one.program, one.run.begin, one.run.end - 1, kernels.native);
        text += commented(one, texts);
    }
    return text + "\n  ; N is the instruction of the program that follows; [L...] are constants behind the loops\n";
}

}  // namespace entente
