#include <entente/scenario/keys.hpp>

namespace entente {

std::string_view reference_of_units() {
    return "## Units\n\n"
           "A `unit` is a product of powers of words: `million GBP/year`, `1/year`, `t per person and year`, `km^2`, `1/sqrt(year)`, `visits a year`. Words beside each "
           "other belong together on either side of a stroke: `GBP/person year` is GBP/(person year). Plural and singular are one. Times (`day`, `week`, `month`, "
           "`quarter`, `year`, `decade`, …), lengths (`m`, `km`, `mile`), weights (`kg`, `t`, `kt`, …), energies (`J`, `kWh`, `TWh`, …) know each other; `hundred`, "
           "`thousand`, `million`, `billion` and numbers are scales; codes of currencies (`USD`) and `$`, `€`, `£` are money; each other word is a dimension of its own.\n\n"
           "Pure numbers are `1`, `share`, `probability`, `index`, `score`, `ratio`, `ticks`, `log odds` and the like; `percent` and `%` are 0.01, `degrees` 0.01745 of one. "
           "`share of people` is a share. `yes or no` goes with everything, and so does a field with levels.\n\n"
           "`check` warns, with the place, both units and the factor where there is one, where units that should be alike are not:\n\n"
           "| where | what should be alike |\n|---|---|\n"
           "| `+`, `-`, `%`, comparisons, `min`, `max`, `clip`, `atan2`, `uniform`, `normal`, the branches of `a if c else b` | what they join |\n"
           "| `x = e`, `x += e`, `x -= e`, starts, `set`, derived fields and measures with a unit | what is written and its unit |\n"
           "| `rate`, `count`, the rate of `toward` and `chance` | 1/year, or things counted a year: `attacks/year` |\n"
           "| `probability`, `bernoulli`, `poisson` | a number, or a number of things |\n"
           "| `exp`, `log`, `sin` and their like, exponents, `*=` | a number without a unit |\n"
           "| `temperature` and `outside` of a choice | its utility |\n\n"
           "What has no unit goes with everything, and so does each product of it. A number written in an expression goes with everything in a sum or comparison; in a "
           "product it may be a conversion or have any unit (`12 * monthly`, `0.1 * distance`), and only a scale that it does not explain is told. Truth values, events and "
           "`count(…)` are numbers, of any things. `t`, `dt` and `year` are in years, `tick` and `month` are numbers. "
           "Where no unit is written, that of a derived field or a measure is derived from what it reads, where all of that has one.\n\n";
}

}  // namespace entente
