#include <entente/output/explanation_text.hpp>

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

constexpr std::size_t label_width = 16;
constexpr std::size_t most_maps = 12;
constexpr std::size_t most_names = 24;
constexpr std::size_t most_working_names = 6;

using Use = ExplainedColumn::Use;

/// Each program that every tick runs, once.
std::vector<const ExplainedProgram*> programs_of(const Explanation& made) {
    std::map<ProgramId, const ExplainedProgram*> found;
    for (const auto& stage : made.stages)
        for (const auto& pass : stage.passes)
            if (pass.program && is_every_tick(stage)) found.emplace(pass.program->number, &*pass.program);
    std::vector<const ExplainedProgram*> programs;
    for (const auto& [number, program] : found) programs.push_back(program);
    return programs;
}

template <class Is>
std::int64_t count_if(const std::vector<const ExplainedProgram*>& programs, Is is) {
    return std::ranges::count_if(programs, [&](const ExplainedProgram* one) { return is(*one); });
}

/// `; of the others 2 are too small and 1 is uneven`, of reasons that are there.
std::string others(const std::vector<std::pair<std::int64_t, std::string_view>>& reasons) {
    std::string text;
    for (const auto& [count, why] : reasons)
        if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "; of the others " : ", ", count, why);
    return text;
}

std::string way_text(const Explanation& made) {
    if (made.by_table.reason != ByTable::Reason::none) return "by table: each step runs over the rows on which it can do something, for " + reason_text(made.by_table);
    return fmt::format("row by row: {} in all, few enough for one program that does the whole tick", counted(made.rows, "row"));
}

std::string batch_text(const Explanation& made, const ExplainedRuns& runs) {
    const int lanes = made.batch.lanes;
    const std::int64_t runs_each = (runs.runs + runs.layout.threads - 1) / runs.layout.threads;
    const std::string why = runs.lanes_asked   ? "as asked for"
                            : runs.runs == 1   ? "for there is no other"
                            : lanes == 1       ? "for the state of more would not fit into the second-level cache"
                            : lanes >= runs_each ? "enough for the runs that each thread has"
                                               : "as many as the second-level cache holds";
    std::int64_t bytes = 0;
    for (const auto& table : made.tables) bytes += table.run_bytes;
    return fmt::format("{}, {}; state {} a run, {} a batch", lanes == 1 ? "1 run at a time (lane)" : with_commas(lanes) + " runs side by side (lanes)", why, bytes_text(static_cast<double>(bytes)),
                       bytes_text(static_cast<double>(bytes * lanes)));
}

std::string machine_text(const Explanation& made) {
    std::int64_t instructions = 0;
    std::int64_t native = 0;
    for (const auto& stage : made.stages)
        if (is_every_tick(stage)) instructions += stage.instructions, native += stage.native;
    const std::string name(made.batch.kernels->name);
    if (made.native_refused) return name + ": none, for this system lets no program write machine code; all is interpreted";
    if (made.batch.kernels->native == 0) return name + ": none with this instruction set; all is interpreted, a block of values at a time";
    return fmt::format("{}: {} % of a tick's {}; the others are interpreted, a block of values at a time", name,
                       percent(instructions > 0 ? static_cast<double>(native) / static_cast<double>(instructions) : 0), counted(instructions, "instruction"));
}

std::string slices_text(const Explanation& made, const std::vector<const ExplainedProgram*>& programs) {
    if (made.batch.lanes > 1) return "not used: they are for one run at a time";
    const auto because = [&](Slicing why) { return count_if(programs, [&](const auto& p) { return p.slicing == why; }); };
    const std::int64_t sliced = count_if(programs, [](const auto& p) { return p.is_sliced; });
    return fmt::format("{} of {} add up key by key, 8 keys at a time", sliced, counted(std::ssize(programs), "program")) +
           others({{because(Slicing::not_by_key), "do more than add up over one map"},
                   {because(Slicing::few_rows), "have too few rows"},
                   {because(Slicing::uneven), "have keys with too different numbers of rows"}});
}

std::string packing_text(const Explanation& made) {
    if (made.batch.lanes == 1) return "not used: it is for several runs side by side";
    int skips = 0;
    int packed = 0;
    for (const auto& stage : made.stages)
        for (const auto& pass : stage.passes)
            if (pass.program && is_every_tick(stage)) skips += pass.program->skips, packed += pass.program->packed;
    return fmt::format("{} of {}: where few runs of a block need the code behind it, it is run on those alone", packed, counted(skips, "skip"));
}

std::string threads_text(const ExplainedRuns& runs, const std::vector<const ExplainedProgram*>& programs) {
    const RunLayout& layout = runs.layout;
    if (!layout.rows_shared && layout.batches < layout.threads)
        return fmt::format("{} of {} at work, for there {} no more", layout.batches, counted(layout.threads, "thread"),
                           layout.batches == 1 ? "is 1 batch and" : fmt::format("are {} batches and", layout.batches));
    if (!layout.rows_shared) return layout.threads == 1 ? "1" : fmt::format("{}, each with batches of its own", layout.threads);
    const auto because = [&](OnePiece why) { return count_if(programs, [&](const auto& p) { return p.in_one_piece == why; }); };
    return fmt::format("{} share out the rows of each run, in {} of {}", counted(layout.threads, "thread"), because(OnePiece::no), counted(std::ssize(programs), "program")) +
           others({{because(OnePiece::few_rows), "have too few rows"}, {because(OnePiece::collisions), "may write to one place from many rows"}});
}

std::string tick_cost_text(const Explanation& made) {
    const CostRange cost = made.cost_of_tick();
    const double updates = static_cast<double>(std::max<std::int64_t>(made.row_updates, 1));
    return fmt::format("{} additions a tick and run, {} for each of {}", cost_text(cost), cost_text({cost.least / updates, cost.most / updates}),
                       counted(made.row_updates, "row update"));
}

std::string ways_text(const Explanation& made, const ExplainedRuns& runs) {
    const auto programs = programs_of(made);
    std::string text = entry_text("Way", way_text(made)) + entry_text("Batch", batch_text(made, runs)) + entry_text("Machine code", machine_text(made));
    if (made.by_table.reason != ByTable::Reason::none) text += entry_text("Slices", slices_text(made, programs));
    return text + entry_text("Packing", packing_text(made)) + entry_text("Threads", threads_text(runs, programs)) + entry_text("Cost", tick_cost_text(made));
}

/// Names without their table's; of those that are several the number.
std::string names_of(const Explanation& made, const std::string& table, Use use) {
    constexpr std::string_view count_of = "count of ";
    std::vector<std::string> names;
    std::map<std::string, int> times;
    for (const auto& column : made.columns) {
        if (column.table != table || column.use != use) continue;
        std::string name = column.name;
        if ((use == Use::field || use == Use::input) && name.starts_with(table + '.')) name.erase(0, table.size() + 1);
        if (use == Use::event_count) name.erase(0, count_of.size());
        if (++times[name] == 1) names.push_back(std::move(name));
    }
    for (std::string& name : names)
        if (times[name] > 1) name += fmt::format(" ({})", times[name]);
    return names.empty() ? "" : listed(names, use == Use::field || use == Use::event_count ? most_names : most_working_names);
}

std::string columns_text(const Explanation& made, const std::string& table) {
    constexpr std::array<std::pair<Use, std::string_view>, 6> uses{{{Use::field, "fields"}, {Use::input, "inputs"}, {Use::parameter, "parameters that the timeline sets"}, {Use::event_count, "events counted"}, {Use::measure, "measures"}, {Use::working, "for the work of a tick"}}};
    std::string text;
    for (const auto& [use, what] : uses)
        if (const std::string names = names_of(made, table, use); !names.empty()) text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", what, names);
    return text;
}

std::string tables_text(const Explanation& made, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{"  table", Align::left, label_width, 0, true}, {"rows", Align::right}, {"columns", Align::right, 0, 1}, {"bytes a run", Align::right}, {"bytes a batch", Align::right, 0, 2}});
    for (const auto& one : made.tables)
        table.add({"  " + one.name, with_commas(one.rows), with_commas(one.columns), with_commas(one.run_bytes), with_commas(one.batch_bytes)});
    std::string text = table.text(style, left_out) + '\n';
    for (const auto& one : made.tables) text += entry_text(shortened(one.name, label_width - 3, style), columns_text(made, one.name));
    return text;
}

std::string maps_text(const Explanation& made, const TextStyle& style, LeftOut& left_out) {
    double bytes = static_cast<double>(made.name_bytes + made.slice_bytes);
    for (const auto& map : made.maps) bytes += static_cast<double>(map.bytes);
    std::string text = bold(fmt::format("Maps between rows, fixed and shared by all runs: {}", bytes_text(bytes)), style) + '\n';
    TextTable table({{"  leads to", Align::left, label_width, 0, true}, {"from rows", Align::right, 0, 1}, {"bytes", Align::right}});
    if (made.maps.empty()) return text + entry_text("Names", "of rows, which key their draws; no maps");
    for (std::size_t m = 0; m < std::min(made.maps.size(), most_maps); ++m)
        table.add({"  " + made.maps[m].name, with_commas(made.maps[m].rows), with_commas(made.maps[m].bytes)});
    if (made.maps.size() > most_maps) table.add({fmt::format("  and {} more", made.maps.size() - most_maps)});
    if (made.name_bytes > 0) table.add({"  names of rows, which key their draws", "", with_commas(made.name_bytes)});
    if (made.slice_bytes > 0) table.add({"  slices", "", with_commas(made.slice_bytes)});
    return text + table.text(style, left_out);
}

std::string inputs_text(const Explanation& made, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{"  input", Align::left, label_width, 0, true}, {.head = "on", .rank = 2}, {"ticks", Align::right}, {"values", Align::right, 0, 1}});
    for (const auto& one : made.inputs)
        table.add({"  " + one.name, shortened(one.table, 20, style),
                   one.ticks == 0 ? "none" : fmt::format("{} of {}", with_commas(one.ticks), with_commas(made.ticks)), with_commas(one.values)});
    return table.text(style, left_out);
}

std::string folds_of(const Explanation& made, bool event_counts) {
    std::vector<std::string> names;
    for (const auto& fold : made.folds)
        if (fold.is_event_count == event_counts)
            names.push_back(fmt::format("{} ({}{})", event_counts ? fold.column.substr(std::string_view("count of ").size()) : fold.column, fold.folded,
                                        fold.folded < fold.rows ? fmt::format(" of {}", fold.rows) : ""));
    return listed(names, most_names);
}

std::string folded_text(const Explanation& made) {
    const auto total = [&](bool event_counts) {
        std::int64_t sum = 0;
        for (const auto& fold : made.folds) sum += fold.is_event_count == event_counts ? fold.folded : 0;
        return sum;
    };
    std::int64_t folded = 0;
    std::int64_t shared = 0;
    for (const auto* program : programs_of(made)) folded += program->folded, shared += program->shared;
    std::string text;
    if (made.parameters > 0)
        text += entry_text("Parameters", fmt::format("{} of {}: no run gives them another value{}{}", made.parameters - std::ssize(made.varied) - std::ssize(made.set),
                                                     made.parameters, made.varied.empty() ? "" : ", unlike " + listed(made.varied),
                                                     made.set.empty() ? "" : "; the timeline sets " + listed(made.set)));
    if (total(false) > 0) text += entry_text("Fields", fmt::format("{} that nothing changes after the start, by field (rows): {}", counted(total(false), "value"), folds_of(made, false)));
    if (total(true) > 0) text += entry_text("Events", fmt::format("{} on which an event can never happen, by event (rows): {}", counted(total(true), "row"), folds_of(made, true)));
    return text + entry_text("Operations", fmt::format("{} whose result was known when compiled, and {} that were there already", with_commas(folded), with_commas(shared)));
}

std::string notes_of(const ExplainedStage& stage) {
    std::vector<std::string> notes;
    if (stage.joins > 0) notes.push_back(counted(stage.joins, "join"));
    if (stage.medians > 0) notes.push_back(counted(stage.medians, "median"));
    return notes.empty() ? "" : listed(notes);
}

std::string steps_text(const Explanation& made, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{.head = "  step", .is_name = true},
                     {.head = "table", .rank = 4},
                     {"rows", Align::right, 0, 3},
                     {"out", Align::right, 0, 2},
                     {"code", Align::right, 0, 1},
                     {"mach. %", Align::right, 0, 2},
                     {"additions a row", Align::right, 0, 1},
                     {"cost %", Align::right},
                     {.head = "", .rank = 5, .called = "joins and medians"}});
    const double whole = std::max(made.cost_of_tick().most, 1.0);
    for (const auto& stage : made.stages) {
        if (!is_every_tick(stage)) continue;
        const double rows = static_cast<double>(std::max<std::int64_t>(stage.rows, 1));
        const bool is_step = stage.kind == ExplainedStage::Kind::step;
        table.add({"  " + without_middle(stage.name, 32, style), shortened(stage.table, 12, style), stage.rows > 0 ? with_commas(stage.rows) : "",
                   stage.rows_left_out == 0 ? "" : with_commas(stage.rows_left_out), with_commas(stage.instructions),
                   percent(stage.instructions > 0 ? static_cast<double>(stage.native) / stage.instructions : 0), is_step ? cost_text({stage.cost.least / rows, stage.cost.most / rows}) : "",
                   percent(stage.cost.most / whole), notes_of(stage)});
    }
    return table.text(style, left_out);
}

}  // namespace

std::string reason_text(const ByTable& by_table) {
    switch (by_table.reason) {
        case ByTable::Reason::none: return "";
        case ByTable::Reason::asked: return "whoever compiled it asked for that";
        case ByTable::Reason::too_many_rows: return fmt::format("{} rows are more than {}", readable(by_table.count), readable(by_table.most));
        case ByTable::Reason::too_many_values: return fmt::format("row by row a tick would compute more than {} values", readable(by_table.most));
        case ByTable::Reason::has_median: return "medians have no form row by row";
    }
    return {};
}

std::string cost_text(const CostRange& cost) {
    const std::string least = readable(cost.least);
    const std::string most = readable(cost.most);
    return least == most ? most : fmt::format("{} to {}", least, most);
}

std::string wrapped(const std::string& head, const std::string& text, std::size_t indent, const TextStyle& style) {
    std::string lines = head;
    std::size_t at = display_width(head);
    bool is_first = true;  // word of its line
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(' ', from), text.size());
        const std::string word = text.substr(from, end - from);
        const std::size_t width = display_width(word);
        if (!is_first && at + 1 + width > style.width) {
            lines += '\n' + std::string(indent, ' ');
            at = indent;
            is_first = true;
        }
        lines += (is_first ? "" : " ") + word;
        at += width + (is_first ? 0 : 1);
        is_first = false;
        from = end + 1;
    }
    return lines + '\n';
}

std::string entry_text(std::string_view label, const std::string& text) {
    return fmt::format("  {:<{}}{}\n", label, label_width - 2, text);
}

std::string explanation_text(const Explanation& made, const ExplainedRuns& runs, const TextStyle& style) {
    LeftOut left_out;
    const std::string from = made.path == "-" ? "standard input" : made.path;
    std::string text = bold(made.title.empty() ? from : made.title, style) + '\n';
    text += fmt::format("{} · {} of {}\n\n", from, counted(runs.runs, "run"), counted(made.ticks, "tick"));
    text += bold("How a tick runs", style) + '\n' + ways_text(made, runs) + '\n';
    text += bold("State of the runs", style) + '\n' + tables_text(made, style, left_out) + '\n';
    if (!made.maps.empty() || made.name_bytes > 0) text += maps_text(made, style, left_out) + '\n';
    if (!made.inputs.empty()) text += bold("Known in advance, and put there at the ticks where it changes", style) + '\n' + inputs_text(made, style, left_out) + '\n';
    text += bold("Written into the programs as numbers", style) + '\n' + folded_text(made) + '\n';
    text += bold("Steps of a tick", style) + '\n' + steps_text(made, style, left_out) + '\n';
    text += "  out: rows left out, for the step can never do anything there; code: instructions; mach. %: share of "
            "them in machine code; additions a row: expected cost, from all skips taken to none (a division is 4 "
            "additions, an exponential 20, a draw 40; reading memory, joins and medians are not counted); "
            "cost %: share of the most that a tick can cost.\n"
            "  --step NAME lists a step's programs; so it does for start, timeline, measures and end.\n";
    if (const std::string note = left_out.text(style); !note.empty()) text += '\n' + note;
    return laid_out(text, style);
}

}  // namespace entente
