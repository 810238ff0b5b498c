#include <entente/import/goldstein.hpp>

#include <cmath>
#include <string>
#include <unordered_map>

#include <entente/import/embedded_tables.hpp>
#include <entente/scenario/csv.hpp>

namespace entente {

namespace {

struct Weights {
    struct Row {
        std::string name;
        int tenths = 0;
    };
    std::unordered_map<std::string, Row> by_code;
};

Weights read_weights() {
    Sources sources;
    Problems problems;
    CsvReader csv(sources.add("goldstein.csv", std::string(embedded_table("goldstein"))), sources, problems);
    Weights weights;
    while (csv.next())
        weights.by_code[std::string(csv.cell(0))] = {std::string(csv.cell(2)),
                                                     static_cast<int>(std::lround(10 * csv.number(1).value_or(0)))};
    return weights;
}

}  // namespace

std::optional<CameoEvent> cameo_event(std::string_view code) {
    static const Weights weights = read_weights();
    const auto found = weights.by_code.find(std::string(code));
    if (found == weights.by_code.end()) return std::nullopt;
    return CameoEvent{found->second.name, found->second.tenths};
}

}  // namespace entente
