#include <entente/report/page_json.hpp>

#include <cmath>
#include <optional>
#include <variant>

#include <nlohmann/json.hpp>

namespace entente::page {

using Json = nlohmann::ordered_json;

// One function a struct, found by the types of its arguments.

static void to_json(Json& json, const Number& number) {
    json = std::isnan(number) ? Json() : Json(static_cast<double>(number));
}

static void to_json(Json& json, const Moment& moment) {
    json = std::visit([](const auto& when) { return Json(when); }, moment.when);
}

template <class T>
static Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

template <class T>
static Json or_null(const std::vector<std::optional<T>>& values) {
    Json json = Json::array();
    for (const auto& value : values) json.push_back(or_null(value));
    return json;
}

static void to_json(Json& json, const PackedNumbers& data) {
    json = {{"low", data.low}, {"high", data.high}, {"count", data.count}, {"width", data.width}, {"bytes", data.bytes}};
}

static void to_json(Json& json, const Labelled& data) {
    json = {{"label", data.label}, {"value", data.value}};
}

static void to_json(Json& json, const OddPart& data) {
    json = {{"title", data.title}, {"markdown", data.markdown}};
}

static void to_json(Json& json, const Provenance& data) {
    json = {{"entries", data.entries}, {"command", data.command}, {"citation", data.citation}};
}

static void to_json(Json& json, const YearData& data) {
    json = {{"from", data.from}, {"to", data.to}, {"whole", data.whole}};
}

static void to_json(Json& json, const ObservedData& data) {
    json = {{"from", data.from}, {"to", data.to}, {"value", data.value}, {"sd", data.sd}, {"source", data.source}};
}

static void to_json(Json& json, const LevelData& data) {
    json = {{"name", data.name}, {"share", data.share}};
}

static void to_json(Json& json, const SeriesData& data) {
    json = {{"name", data.name}, {"about", data.about}, {"unit", data.unit},        {"group", data.group}, {"years", or_null(data.years)},
            {"mean", data.mean}, {"q05", data.q05},     {"q25", data.q25},          {"q50", data.q50},     {"q75", data.q75},
            {"q95", data.q95},   {"runs", data.runs},   {"observed", data.observed}, {"levels", data.levels}, {"along", data.along}};
}

static void to_json(Json& json, const CurveData& data) {
    json = {{"when", data.when}, {"share", data.share}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const ObservedDate& data) {
    json = {{"first", or_null(data.first)}, {"last", or_null(data.last)}, {"told", data.told}};
}

static void to_json(Json& json, const DateData& data) {
    json = {{"name", data.name},        {"about", data.about},
            {"share", data.share},      {"low", data.low},
            {"high", data.high},        {"median", or_null(data.median)},
            {"q05", or_null(data.q05)}, {"q95", or_null(data.q95)},
            {"curve", data.curve},      {"observed", or_null(data.observed)}};
}

static void to_json(Json& json, const ScalarData& data) {
    json = {{"name", data.name},
            {"about", data.about},
            {"unit", data.unit},
            {"mean", data.mean},
            {"standard_error", data.standard_error},
            {"q05", data.q05},
            {"q50", data.q50},
            {"q95", data.q95},
            {"observed", data.observed},
            {"shares", data.shares}};
}

static void to_json(Json& json, const EventRow& data) {
    json = {{"name", data.name}, {"by_year", data.by_year}};
}

static void to_json(Json& json, const EventData& data) {
    json = {{"name", data.name}, {"on", data.on}, {"about", data.about}, {"by_year", data.by_year}, {"rows", data.rows}, {"note", data.note}};
}

static void to_json(Json& json, const EventsData& data) {
    json = {{"years", data.years}, {"events", data.events}};
}

static void to_json(Json& json, const NetworkField& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"about", data.about},
            {"low", data.low},   {"high", data.high}, {"values", data.values}};
}

static void to_json(Json& json, const NetworkKind& data) {
    json = {{"name", data.name}, {"links", data.links}, {"fields", data.fields}};
}

static void to_json(Json& json, const NetworkData& data) {
    json = {{"agents", data.agents}, {"times", data.times}, {"kinds", data.kinds}};
}

static void to_json(Json& json, const RowsMeasure& data) {
    json = {{"name", data.name}, {"about", data.about}, {"unit", data.unit}, {"what", data.what},       {"is_share", data.is_share}, {"values", data.values},
            {"low", data.low},   {"high", data.high},   {"when", data.when}, {"courses", data.courses}, {"observed", data.observed}, {"shares", data.shares},
            {"levels", data.levels}};
}

static void to_json(Json& json, const RowsData& data) {
    json = {{"kind", data.kind}, {"rows", data.rows}, {"measures", data.measures}, {"note", data.note}};
}

static void to_json(Json& json, const OutcomeCourse& data) {
    json = {{"series", data.series}, {"low", data.low}, {"high", data.high}, {"values", data.values}, {"last", or_null(data.last)}};
}

static void to_json(Json& json, const OutcomeScalar& data) {
    json = {{"values", data.values}, {"levels", data.levels}};
}

static void to_json(Json& json, const OutcomeParameter& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"values", data.values}};
}

static void to_json(Json& json, const OutcomeRows& data) {
    json = {{"of", data.of},       {"kind", data.kind}, {"name", data.name}, {"runs", data.runs},
            {"times", data.times}, {"low", data.low},   {"step", data.step}, {"values", data.values}};
}

static void to_json(Json& json, const OutcomeRowsName& data) {
    json = {{"of", data.of}, {"kind", data.kind}, {"name", data.name}};
}

static void to_json(Json& json, const OutcomesData& data) {
    json = {{"runs", data.runs},   {"over", data.over},       {"times", data.times},           {"end", data.end},       {"courses", data.courses},
            {"dates", data.dates}, {"scalars", data.scalars}, {"parameters", data.parameters}, {"failed", data.failed}, {"left_out", data.left_out},
            {"rows", data.rows},   {"alike", data.alike},     {"event_runs", data.event_runs}, {"events", data.events}};
}

static void to_json(Json& json, const ReplayEvent& data) {
    json = {{"name", data.name}, {"on", data.on}, {"form", data.form}, {"rows", data.rows}};
}

static void to_json(Json& json, const ReplayOften& data) {
    json = {{"name", data.name}, {"times", data.times}, {"of_timeline", data.of_timeline}};
}

static void to_json(Json& json, const ReplayRun& data) {
    json = {{"run", data.run},       {"reasons", data.reasons}, {"when", data.when},     {"events", data.events}, {"rows", data.rows},
            {"causes", data.causes}, {"chances", data.chances}, {"counts", data.counts}, {"often", data.often}};
}

static void to_json(Json& json, const ReplaySeries& data) {
    json = {{"name", data.name}, {"about", data.about}, {"unit", data.unit}, {"levels", data.levels}, {"values", data.values}};
}

static void to_json(Json& json, const ReplayDate& data) {
    json = {{"name", data.name}, {"about", data.about}, {"when", or_null(data.when)}};
}

static void to_json(Json& json, const ReplayField& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"about", data.about}, {"levels", data.levels}, {"values", data.values}};
}

static void to_json(Json& json, const ReplayKind& data) {
    json = {{"name", data.name}, {"is_link", data.is_link}, {"rows", data.rows}, {"fields", data.fields}};
}

static void to_json(Json& json, const ReplayData& data) {
    json = {{"times", data.times},   {"state_times", data.state_times}, {"chance_of", data.chance_of}, {"causes", data.causes}, {"events", data.events},
            {"runs", data.runs},     {"dates", data.dates},             {"series", data.series},       {"kinds", data.kinds},   {"note", data.note}};
}

static void to_json(Json& json, const MapPlace& data) {
    json = {{"name", data.name}, {"iso", data.iso}, {"latitude", data.latitude}, {"longitude", data.longitude}};
}

static void to_json(Json& json, const MapLayer& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"about", data.about}, {"what", data.what}, {"is_share", data.is_share}, {"is_state", data.is_state},
            {"levels", data.levels}, {"values", data.values}, {"low", data.low}, {"high", data.high}, {"over_time", or_null(data.over_time)},
            {"in_runs", or_null(data.in_runs)}};
}

static void to_json(Json& json, const MapKind& data) {
    json = {{"name", data.name}, {"first", data.first}, {"rows", data.rows}, {"layers", data.layers}};
}

static void to_json(Json& json, const MapArcs& data) {
    json = {{"kind", data.kind},   {"name", data.name},     {"unit", data.unit},  {"all", data.all},
            {"links", data.links}, {"values", data.values}, {"in_runs", or_null(data.in_runs)}, {"times", data.times}};
}

static void to_json(Json& json, const MapData& data) {
    json = {{"times", data.times}, {"kinds", data.kinds}, {"arcs", data.arcs}, {"note", data.note}};
}

static void to_json(Json& json, const GridField& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"about", data.about}, {"levels", data.levels}, {"whole", data.whole}, {"runs", data.runs}};
}

static void to_json(Json& json, const GridData& data) {
    json = {{"kind", data.kind},   {"width", data.width},   {"height", data.height}, {"runs", data.runs},
            {"times", data.times}, {"fields", data.fields}, {"note", data.note}};
}

static void to_json(Json& json, const EnsembleData& data) {
    json = {{"times", data.times},
            {"series", data.series},
            {"single_runs", data.single_runs},
            {"years_in_part", data.years_in_part},
            {"dates", data.dates},
            {"scalars", data.scalars},
            {"by_row", data.by_row},
            {"events", or_null(data.events)},
            {"network", or_null(data.network)},
            {"means_over", data.means_over},
            {"events_over", data.events_over},
            {"no_events", data.no_events},
            {"no_network", data.no_network},
            {"not_drawn", data.not_drawn},
            {"outcomes", or_null(data.outcomes)},
            {"replay", or_null(data.replay)},
            {"no_replay", data.no_replay},
            {"map", or_null(data.map)},
            {"grids", data.grids}};
}

static void to_json(Json& json, const SweepFactor& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"values", data.values}};
}

static void to_json(Json& json, const SweepOutcome& data) {
    json = {{"name", data.name}, {"about", data.about}, {"unit", data.unit}, {"mean", data.mean}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const SweepData& data) {
    json = {{"factors", data.factors}, {"outcomes", data.outcomes}, {"runs_per_point", data.runs_per_point}};
}

static void to_json(Json& json, const IndexData& data) {
    json = {{"value", data.value}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const SensitivityFactor& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"how", data.how}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const SensitivityRow& data) {
    json = {{"factor", data.factor}, {"indices", or_null(data.indices)}};
}

static void to_json(Json& json, const SensitivityOutcome& data) {
    json = {{"name", data.name}, {"about", data.about}, {"note", data.note}, {"rows", data.rows}};
}

static void to_json(Json& json, const SensitivityData& data) {
    json = {{"method", data.method}, {"note", data.note},       {"indices", data.indices},  {"rank_by", data.rank_by},
            {"unit", data.unit},     {"factors", data.factors}, {"outcomes", data.outcomes}};
}

static void to_json(Json& json, const ComparedMeasure& data) {
    json = {
        {"name", data.name}, {"about", data.about}, {"unit", data.unit}, {"base", data.base}, {"differences", or_null(data.differences)}};
}

static void to_json(Json& json, const BandData& data) {
    json = {{"middle", data.middle}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const ComparedCourse& data) {
    json = {{"name", data.name},
            {"about", data.about},
            {"unit", data.unit},
            {"alternatives", data.alternatives},
            {"differences", data.differences}};
}

static void to_json(Json& json, const ComparedDate& data) {
    json = {{"name", data.name}, {"about", data.about}, {"alternatives", data.alternatives}};
}

static void to_json(Json& json, const ComparisonData& data) {
    json = {{"alternatives", data.alternatives}, {"note", data.note},
            {"measures", data.measures},         {"times", data.times},
            {"courses", data.courses},           {"middle_label", data.middle_label},
            {"band_label", data.band_label},     {"dates", data.dates}};
}

static void to_json(Json& json, const CodedNumbers& data) {
    json = {{"codes", data.codes}, {"means", data.means}};
}

static void to_json(Json& json, const StudyFactor& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"levels", data.levels}, {"values", data.values}};
}

static void to_json(Json& json, const StudyMeasureOutcome& data) {
    json = {{"name", data.name}, {"rule", data.rule}, {"level", data.level}};
}

static void to_json(Json& json, const StudyMeasure& data) {
    json = {{"name", data.name},     {"about", data.about},   {"unit", data.unit},   {"form", data.form},
            {"levels", data.levels}, {"values", data.values}, {"marks", data.marks}, {"outcomes", data.outcomes}};
}

static void to_json(Json& json, const StudyRunsData& data) {
    json = {{"points", data.points}, {"replicates", data.replicates}, {"together", data.together}, {"crossed", data.crossed}, {"paired", data.paired},
            {"over", data.over},     {"times", data.times},           {"ticks", data.ticks},       {"end", data.end},         {"factors", data.factors},
            {"measures", data.measures}, {"failed", data.failed},     {"left_out", data.left_out}};
}

static void to_json(Json& json, const KindEnds& data) {
    json = {{"source", data.source}, {"target", data.target}};
}

static void to_json(Json& json, const FieldData& data) {
    json = {{"name", data.name},   {"start", data.start}, {"unit", data.unit},
            {"range", data.range}, {"about", data.about}, {"source", data.source}};
}

static void to_json(Json& json, const DerivedData& data) {
    json = {{"name", data.name}, {"value", data.value}, {"unit", data.unit}, {"about", data.about}, {"source", data.source}};
}

static void to_json(Json& json, const StartRow& data) {
    json = {{"name", data.name}, {"cells", data.cells}};
}

static void to_json(Json& json, const StartsData& data) {
    json = {{"columns", data.columns}, {"rows", data.rows}, {"note", data.note}};
}

static void to_json(Json& json, const KindData& data) {
    json = {{"name", data.name},     {"about", data.about},     {"ends", or_null(data.ends)}, {"count", data.count},
            {"fields", data.fields}, {"derived", data.derived}, {"starts", data.starts}};
}

static void to_json(Json& json, const Definition& data) {
    json = {{"name", data.name}, {"value", data.value}};
}

static void to_json(Json& json, const StepData& data) {
    json = {{"name", data.name}, {"form", data.form},   {"on", data.on},     {"about", data.about},   {"source", data.source},
            {"code", data.code}, {"where", data.where}, {"lets", data.lets}, {"drives", data.drives}, {"statements", data.statements}};
}

static void to_json(Json& json, const ScoredAgainst& data) {
    json = {{"baseline", data.baseline}, {"score", data.score}, {"skill", data.skill}, {"low", data.low}, {"high", data.high}, {"verdict", data.verdict}};
}

static void to_json(Json& json, const ScoredGroup& data) {
    json = {{"name", data.name}, {"rule", data.rule}, {"items", data.items}, {"score", data.score}, {"against", data.against}};
}

static void to_json(Json& json, const AreaGain& data) {
    json = {{"baseline", data.baseline}, {"gain", data.gain}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const ScoredArea& data) {
    json = {{"name", data.name}, {"items", data.items}, {"came", data.came}, {"area", data.area}, {"low", data.low}, {"high", data.high}, {"gains", data.gains}};
}

static void to_json(Json& json, const ScoredItemData& data) {
    json = {{"name", data.name}, {"since", data.since}, {"until", data.until}, {"record", data.record}, {"chance", data.chance}, {"median", data.median}, {"low", data.low}, {"high", data.high}, {"score", data.score}};
}

static void to_json(Json& json, const ReliabilityData& data) {
    json = {{"low", data.low}, {"high", data.high}, {"items", data.items}, {"chance", data.chance}, {"share", data.share}, {"least", data.least}, {"most", data.most}};
}

static void to_json(Json& json, const ScoreData& data) {
    json = {{"span", data.span}, {"groups", data.groups}, {"areas", data.areas}, {"items", data.items}, {"items_note", data.items_note}, {"reliability", data.reliability}, {"pit", data.pit}, {"pit_items", data.pit_items}, {"pit_low", data.pit_low}, {"pit_high", data.pit_high}};
}

static void to_json(Json& json, const ParameterData& data) {
    json = {{"name", data.name},   {"value", data.value},   {"unit", data.unit}, {"range", data.range},
            {"about", data.about}, {"source", data.source}, {"was", data.was}};
}

static void to_json(Json& json, const MeasureData& data) {
    json = {{"name", data.name}, {"definition", data.definition}, {"unit", data.unit}, {"about", data.about}};
}

static void to_json(Json& json, const TimelineData& data) {
    json = {{"when", data.when}, {"what", data.what}, {"on", data.on}, {"about", data.about}, {"source", data.source}};
}

static void to_json(Json& json, const InputData& data) {
    json = {{"name", data.name},       {"on", data.on},     {"table", data.table}, {"dates", data.dates},
            {"between", data.between}, {"unit", data.unit}, {"about", data.about}, {"source", data.source}};
}

static void to_json(Json& json, const RecordData& data) {
    json = {{"measure", data.measure}, {"value", data.value}, {"sd", data.sd}, {"source", data.source}};
}

static void to_json(Json& json, const EventRecordData& data) {
    json = {{"event", data.event}, {"rows", data.rows}, {"complete", data.complete}, {"firings", data.firings}, {"source", data.source}};
}

static void to_json(Json& json, const VariantData& data) {
    json = {{"name", data.name}, {"about", data.about}, {"changes", data.changes}};
}

static void to_json(Json& json, const OverrideData& data) {
    json = {{"what", data.what}, {"was", data.was}, {"now", data.now}, {"by", data.by}};
}

static void to_json(Json& json, const FlowData& data) {
    json = {{"step", data.step}, {"event", data.event}, {"reads", data.reads}, {"writes", data.writes}};
}

static void to_json(Json& json, const ScenarioData& data) {
    json = {{"authors", data.authors},       {"references", data.references}, {"kinds", data.kinds},           {"steps", data.steps},
            {"parameters", data.parameters}, {"measures", data.measures},     {"inputs", data.inputs},         {"timeline", data.timeline}, {"timeline_note", data.timeline_note},
            {"observed", data.observed},     {"record", data.record},         {"variants", data.variants},     {"overridden", data.overridden}, {"flows", data.flows},
            {"no_flows", data.no_flows}};
}

static void to_json(Json& json, const NinetyData& data) {
    json = {{"median", data.median}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const FittedParameter& data) {
    json = {{"name", data.name},         {"unit", data.unit},     {"how", data.how}, {"prior", data.prior}, {"posterior", data.posterior},
            {"by_prior", data.by_prior}, {"mean", data.mean},     {"sd", data.sd},   {"contraction", data.contraction},
            {"shift", data.shift},       {"informed", data.informed}, {"tenths", data.tenths}, {"draws", data.draws}};
}

static void to_json(Json& json, const FittedPair& data) {
    json = {{"first", data.first}, {"second", data.second}, {"correlation", data.correlation}};
}

static void to_json(Json& json, const RecordedNumber& data) {
    json = {{"name", data.name}, {"unit", data.unit}, {"record", data.record}, {"prior", data.prior}, {"posterior", data.posterior}, {"chance", data.chance}};
}

static void to_json(Json& json, const GenerationData& data) {
    json = {{"tolerance", data.tolerance}, {"temperature", data.temperature}, {"log_evidence", data.log_evidence}, {"runs", data.runs}, {"acceptance", data.acceptance}, {"effective", data.effective}};
}

static void to_json(Json& json, const RankedTruth& data) {
    json = {{"name", data.name}, {"counts", data.counts}, {"expected", data.expected}, {"low", data.low}, {"high", data.high},
            {"chance", data.chance}, {"held", data.held}, {"held_low", data.held_low}, {"held_high", data.held_high}};
}

static void to_json(Json& json, const CalibrationData& data) {
    json = {{"end", data.end}, {"parameters", data.parameters}, {"pairs", data.pairs}, {"record", data.record}, {"generations", data.generations}, {"ranks", data.ranks}};
}

static void to_json(Json& json, const HeadlineNumber& data) {
    json = {{"of", data.of}, {"number", data.number}, {"interval", data.interval}, {"apart", data.apart}, {"value", data.value}, {"low", data.low}, {"high", data.high}};
}

static void to_json(Json& json, const HeadlineData& data) {
    json = {{"measure", data.measure}, {"says", data.says}, {"numbers", data.numbers}, {"sentence", data.sentence}};
}

static void to_json(Json& json, const Report& data) {
    json = {{"format", data.format},    {"kind", data.kind},   {"title", data.title},       {"about", data.about},
            {"dated", data.dated},      {"facts", data.facts}, {"headline", data.headline}, {"findings", data.findings}, {"provenance", data.provenance},
            {"scenario", data.scenario}};
    if (!data.odd.empty()) json["odd"] = data.odd;
    if (data.ensemble) json["ensemble"] = *data.ensemble;
    if (data.sweep) json["sweep"] = *data.sweep;
    if (data.sensitivity) json["sensitivity"] = *data.sensitivity;
    if (data.comparison) json["comparison"] = *data.comparison;
    if (data.study_runs) json["study_runs"] = *data.study_runs;
    if (data.score) json["score"] = *data.score;
    if (data.calibration) json["calibration"] = *data.calibration;
}

std::string page_json(const Report& report) {
    return Json(report).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace entente::page
