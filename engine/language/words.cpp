#include <entente/language/words.hpp>

#include <array>

namespace entente {

namespace {

constexpr std::array word_table{
    WordEntry{"self", "self", "the agent on whose row the expression is computed: `self.x`, `k != self`; links have none"},
    WordEntry{"source", "source", "the agent from which a link runs: `source.x`; of another link `r.source`"},
    WordEntry{"target", "target", "the agent to which it runs"},
    WordEntry{"reverse", "reverse",
              "the link the other way round, from target to source; where there is none its fields read 0, and what it is given is lost"},
    WordEntry{"has", "has(relation[a, b])", "1 where there is that link, else 0; `has(reverse)`, `has(r.reverse)` too"},
    WordEntry{"out", "relation.out(agent)", "in an aggregate: the links that run from the agent"},
    WordEntry{"into", "relation.into(agent)", "in an aggregate: those that run to it"},
    WordEntry{"tick", "tick", "the number of the tick, from 0"},
    WordEntry{"t", "t", "years from the calendar's start to the beginning of the tick: `tick * dt`"},
    WordEntry{"dt", "dt", "the length of a tick in years: days / 365.25, months / 12; it alone is known in start expressions too"},
    WordEntry{"year", "year", "the calendar year of the tick's first day; without dates the tick"},
    WordEntry{"month", "month", "the month of the tick's first day, 1 to 12; without dates 1"},
    WordEntry{"pi", "pi", "3.14159…"},
    WordEntry{"True", "True", "1"},
    WordEntry{"False", "False", "0"},
    WordEntry{"None", "None", "nothing: it may not be a name"},
};

}  // namespace

std::span<const WordEntry> words() {
    return word_table;
}

}  // namespace entente
