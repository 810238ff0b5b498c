# The R functions give what the command gives, as R has it.
#   Rscript entente.R ROOT COMMAND
arguments <- commandArgs(trailingOnly = TRUE)
root <- arguments[1]
options(entente.command = arguments[2], warn = 1)
Sys.setenv(PATH = paste(dirname(arguments[2]), Sys.getenv("PATH"), sep = ":"))
source(file.path(root, "tools", "r", "entente.R"))
kabul_file <- file.path(root, "scenarios", "moscow-kabul.yaml")
of_tests <- function(name) file.path(root, "tests", "tools", name)
same <- function(a, b, tolerance = 1e-12) stopifnot(isTRUE(all.equal(a, b, tolerance = tolerance, check.attributes = FALSE)))
refusal <- function(act) tryCatch({ act; stop("it was not refused") }, entente_error = function(error) error)

# -- runs -----------------------------------------------------------------------------------------------------------------------------------

kabul <- entente_run(kabul_file, runs = 200, seed = 3, events = TRUE, series = "all")
told <- jsonlite::fromJSON(system2(arguments[2], c("run", kabul_file, "--runs", 200, "--seed", 3, "--json", "--no-report", "--out", tempfile()), stdout = TRUE, stderr = FALSE))
stopifnot(inherits(kabul, "entente"), kabul$summary$digest == told$digest, nrow(kabul$runs) == 200, all(kabul$runs$run == 0:199))
stopifnot(inherits(kabul$runs$recognised, "Date"), inherits(kabul$runs$delisted, "Date"), is.numeric(kabul$runs$moscow_trust))
stopifnot(sum(!is.na(kabul$runs$delisted)) == told$measures$delisted$came)
same(mean(kabul$runs$moscow_trust), told$measures$moscow_trust$mean)
same(mean(kabul$runs[["aid_yearly[2023]"]]), told$measures$aid_yearly$years[["2023"]]$mean)
stopifnot("074" %in% kabul$events$cameo, is.character(kabul$events$on), inherits(kabul$events$date, "Date"))
same(sum(kabul$events$count[kabul$events$event == "visit"]), told$events$visit$total)
stopifnot(all(c("kind", "row", "trust_of_all") %in% names(kabul$rows)), is.character(kabul$rows$row))

series <- entente_series(kabul, "moscow_trust")
stopifnot(identical(names(series), c("run", "time", "value")), nrow(series) == 200 * 229, inherits(series$time, "Date"), min(series$time) == as.Date("2021-08-15"))
same(series$value[series$time == max(series$time)], kabul$runs$moscow_trust)
course <- entente_course(kabul, "moscow_trust")
by_time <- split(series$value, series$time)
same(course$mean, vapply(by_time, mean, 0))
same(course$q05, vapply(by_time, quantile, 0, probs = 0.05))
panel <- entente_series(kabul, "trust_of_all")
stopifnot(identical(names(panel), c("run", "time", "relation", "value")), "russia -> afghanistan" %in% panel$relation)
same(panel$value[panel$relation == "russia -> afghanistan"], series$value)
days <- entente_series(kabul, "delisted")
stopifnot(identical(days$value, kabul$runs$delisted), all(entente_series(kabul, "aid_yearly")$year %in% 2021:2025))

curve <- entente_curve(kabul, "delisted")
stopifnot(inherits(curve$when, "Date"), !is.unsorted(curve$share), all(curve$low <= curve$share), nrow(entente_curve(kabul, "dushanbe_mission")) >= 0)
same(max(curve$share), mean(!is.na(kabul$runs$delisted)))
stopifnot(grepl("is no date", tryCatch(entente_curve(kabul, "moscow_trust"), error = conditionMessage)))
stopifnot(grepl("there is no measure 'trust'", tryCatch(entente_course(kabul, "trust"), error = conditionMessage)))

there <- entente_results(kabul$folder)
stopifnot(identical(there$runs, kabul$runs), there$manifest$digest == told$digest)
changed <- entente_run(kabul_file, runs = 50, variant = "no_aid", set = c(weight_aid = 7.1, "government[russia].generosity" = 2), series = "none")
stopifnot(changed$manifest$variant == "no_aid", changed$manifest$settings$weight_aid == 7.1)

undated <- entente_run(file.path(root, "scenarios", "classics", "degroot.yaml"), runs = 20)
stopifnot(!any(vapply(undated$runs, inherits, NA, "Date")))
failing <- NULL
warned <- tryCatch(entente_run(of_tests("fails.yaml"), runs = 20), warning = conditionMessage)
stopifnot(grepl("some runs failed", warned))
failing <- suppressWarnings(entente_run(of_tests("fails.yaml"), runs = 20))
stopifnot("failed" %in% failing$runs$status)

# -- studies --------------------------------------------------------------------------------------------------------------------------------

swept <- entente_sweep(kabul_file, list(weight_aid = c(0, 10, 3), forgetting = c(0.1, 0.9, 2)), replicates = 20)
stopifnot(nrow(swept$points) == 6, nrow(swept$runs) == 120, inherits(swept$runs$recognised, "Date"))
same(swept$points$moscow_trust, as.vector(tapply(swept$runs$moscow_trust, swept$runs$point, mean)))
same(swept$points$delisted_came, as.vector(tapply(!is.na(swept$runs$delisted), swept$runs$point, mean)))
listed <- entente_sweep(kabul_file, data.frame(weight_aid = swept$design$weight_aid, forgetting = swept$design$forgetting), replicates = 20)
same(listed$points$moscow_trust, swept$points$moscow_trust)

folder <- tempfile()
half <- entente_sweep(kabul_file, list(weight_aid = c(0, 10, 2)), replicates = 10, out = folder)
more <- entente_sweep(kabul_file, list(weight_aid = c(0, 10, 2)), replicates = 20, out = folder)
stopifnot(nrow(half$runs) == 20, nrow(more$runs) == 40)

indices <- entente_sensitivity(kabul_file, list("forgetting", weight_aid = c(0, 10)), samples = 8, replicates = 4, measure = "moscow_trust")$indices
stopifnot(setequal(indices$factor, c("forgetting", "weight_aid")), all(c("first", "total") %in% indices$index), is.numeric(indices$estimate))

compared <- entente_compare(kabul_file, list("no_aid", c(weight_aid = 9), "no_aid,forgetting=0.5"), replicates = 40)
stopifnot(length(unique(compared$runs$alternative)) == 4, inherits(compared$curves$date, "Date"), inherits(compared$courses$date, "Date"))
base <- with(compared$runs, moscow_trust[alternative == unique(alternative)[1]])
other <- with(compared$runs, moscow_trust[alternative == "no_aid"])
same(with(compared$differences, difference[outcome == "moscow_trust" & alternative == "no_aid"]), mean(other - base))

fit <- entente_calibrate(kabul_file, list(weight_aid = c(0, 10), "forgetting"), until = as.Date("2024-12-31"), particles = 40, runs = 2000)
same(sum(fit$posterior$weight), 1, 1e-9)
stopifnot(all(c("weight_aid", "forgetting") %in% names(fit$posterior)), nrow(fit$generations) > 0)
forecast <- entente_run(kabul_file, runs = 100, posterior = fit$posterior_file)
stopifnot(all(forecast$runs$forgetting %in% fit$posterior$forgetting))

# -- errors ---------------------------------------------------------------------------------------------------------------------------------

broken <- refusal(entente_run(of_tests("broken.yaml")))
stopifnot(basename(broken$problems$file[1]) == "broken.yaml", broken$problems$line[1] == 6, grepl("a parameter has no key 'rnage'", conditionMessage(broken)),
          grepl("help: did you mean 'range'\\?", conditionMessage(broken)))
stopifnot(identical(entente_check(of_tests("broken.yaml"))$what, broken$problems$what))
stopifnot(nrow(entente_check(kabul_file)) == 0, "warning" %in% entente_check(of_tests("warned.yaml"))$severity)
missing <- refusal(entente_sweep("nowhere.yaml", list(a = c(0, 1, 2))))
stopifnot(conditionMessage(missing) == "error: 'nowhere.yaml' does not exist\nhelp: check the name and the folder", is.na(missing$problems$file))
stopifnot(refusal(entente_run(kabul_file, runs = 0))$problems$what == "--runs takes a whole number of at least 1, not '0'")
stopifnot(grepl("no parameter is called 'wieght_aid'", conditionMessage(refusal(entente_run(kabul_file, set = c(wieght_aid = 1))))))
stopifnot(grepl("is not on the PATH", tryCatch({ options(entente.command = "no-such-command"); entente_check(kabul_file) }, error = conditionMessage)))
options(entente.command = arguments[2])
stopifnot(grepl("holds no results", tryCatch(entente_results(tempdir()), error = conditionMessage)))

requireNamespace <- function(package, ...) package != "ncdf4"  # where it is not installed
stopifnot(grepl("series are read by the package ncdf4: install.packages", tryCatch(entente_series(kabul, "moscow_trust"), error = conditionMessage)))
rm(requireNamespace)

# -- the example ----------------------------------------------------------------------------------------------------------------------------

pictures <- tempfile("pictures-")
printed <- system2(file.path(R.home("bin"), "Rscript"), shQuote(c(file.path(root, "tools", "r", "example.R"), pictures, "200")), stdout = TRUE)
stopifnot(grepl("^recognised in [0-9.]+ % of 200 runs; digest [0-9a-f]{32}$", tail(printed, 1)))
stopifnot(all(file.size(file.path(pictures, c("fan.png", "curve.png", "sweep.png", "posterior.png"))) > 10000))
cat("fine\n")
