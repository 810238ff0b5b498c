#include <entente/import/event_list.hpp>

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include <entente/base/calendar.hpp>
#include <entente/import/goldstein.hpp>

namespace entente {

namespace {

/// Tenths as a decimal: -45 is -4.5.
std::string tenths_text(std::int64_t tenths) {
    const std::int64_t size = tenths < 0 ? -tenths : tenths;
    const std::string whole = fmt::format("{}{}", tenths < 0 ? "-" : "", size / 10);
    return size % 10 == 0 ? whole : fmt::format("{}.{}", whole, size % 10);
}

class EventTable {
public:
    EventTable(int file, const Sources& sources, const EventList& asked, Problems& problems)
        : asked_(asked),
          problems_(problems),
          maker_(file, sources, problems, "a list of events", form_of(sources.text(file))),
          renamer_(asked.change, maker_.rows, imported_) {
        date_ = maker_.expect({"Event Date", "date"});
        code_ = maker_.expect({"CAMEO Code", "code", "cameo", "event code"});
        source_ = maker_.expect({"Source Country", "source", "source iso3"});
        target_ = maker_.expect({"Target Country", "target", "target iso3"});
    }

    Imported run() {
        imported_.csv = asked_.by_month        ? "date,source,target,events,goldstein\n"
                        : asked_.event.empty() ? "date,event,source,target,goldstein\n"
                                               : "date,event,source,target\n";
        while (maker_.next()) read_row();
        if (problems_.has_errors()) return {};
        for (const auto& [key, month] : months_) {
            const auto& [source, target, date] = key;
            imported_.write({date, source, target, std::to_string(month.events), tenths_text(month.tenths)});
        }
        return std::move(imported_);
    }

private:
    struct Month {
        std::int64_t events = 0;
        std::int64_t tenths = 0;
    };

    std::string date() {
        std::string text(maker_.rows.cell(date_).substr(0, 10));  // what follows is a time of day
        if (text.size() == 8 && text.find('-') == std::string::npos)
            text = fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6));
        if (parse_date(text)) return text;
        const std::string fault = date_fault(text);
        maker_.rows.error(date_, fmt::format("'{}' is not a date{}{}", maker_.rows.cell(date_), fault.empty() ? "" : ": ", fault),
                          "dates are written like 2018-06-01 or 20180601");
        return {};
    }

    /// Nothing, after a problem, of what is not a code.
    std::optional<CameoEvent> event(const std::string& code) {
        if (const auto found = cameo_event(code)) return found;
        const std::string help = cameo_event("0" + code)
                                     ? fmt::format("a leading zero was lost, 0{}: save the table with this column as text", code)
                                     : "CAMEO codes have two to four digits, 01 to 2042";
        maker_.rows.error(code_, fmt::format("'{}' is not a CAMEO code", code), help);
        return std::nullopt;
    }

    bool is_chosen(std::string_view code) const {
        return asked_.codes.empty() ||
               std::ranges::any_of(asked_.codes, [&](const std::string& prefix) { return code.starts_with(prefix); });
    }

    void read_row() {
        ++imported_.read;
        CsvReader& rows = maker_.rows;
        if (rows.cell(source_).empty() || rows.cell(target_).empty())
            return imported_.leave_out("event without a source's or target's country");
        const std::string day = date();
        const std::string code(rows.cell(code_));
        const auto kind = event(code);
        if (day.empty() || !kind) return;
        const int year = *leading_year(day);
        if (!asked_.years.hold(year)) return imported_.leave_out("event of other years");
        if (!is_chosen(code)) return imported_.leave_out("event of another kind");
        const auto source = renamer_.renamed(source_, year);
        const auto target = source ? renamer_.renamed(target_, year) : std::nullopt;
        if (!target) return;
        if (*source == *target && !asked_.with_domestic) return imported_.leave_out("event within one country");
        write(day, code, *source, *target, kind->tenths);
    }

    void write(const std::string& day, const std::string& code, const std::string& source, const std::string& target, int tenths) {
        if (asked_.by_month) {
            Month& month = months_[{source, target, day.substr(0, 8) + "01"}];
            ++month.events;
            month.tenths += tenths;
        } else if (asked_.event.empty()) {
            imported_.write({day, code, source, target, tenths_text(tenths)});
        } else {
            imported_.write({day, asked_.event, source, target});
        }
    }

    const EventList& asked_;
    Problems& problems_;
    Imported imported_;
    MakerFile maker_;
    Renamer renamer_;
    std::size_t date_ = 0;
    std::size_t code_ = 0;
    std::size_t source_ = 0;
    std::size_t target_ = 0;
    std::map<std::tuple<std::string, std::string, std::string>, Month> months_;  ///< by source, target and first day
};

}  // namespace

Imported event_list(int file, const Sources& sources, const EventList& asked, Problems& problems) {
    return EventTable(file, sources, asked, problems).run();
}

}  // namespace entente
