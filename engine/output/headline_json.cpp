#include <entente/output/headline_json.hpp>

#include <nlohmann/json.hpp>

namespace entente {

using Json = nlohmann::ordered_json;

Json headline_json(std::span<const Headline> headline) {
    Json all = Json::array();
    for (const Headline& one : headline) {
        Json numbers = Json::array();
        for (const HeadlineNumber& number : one.numbers) {
            Json told = {{"number", number.number}, {"interval", number.interval}, {"value", number.value}, {"low", number.low}, {"high", number.high}};
            if (!number.of.empty()) told["of"] = number.of;
            if (!number.apart.empty()) told["apart"] = number.apart;
            numbers.push_back(std::move(told));
        }
        all.push_back({{"measure", one.measure}, {"sentence", one.sentence}, {"says", one.says}, {"numbers", std::move(numbers)}});
    }
    return all;
}

}  // namespace entente
