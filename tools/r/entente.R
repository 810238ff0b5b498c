# Entente from R: functions over the command, its JSON, its tables and its NetCDF.
#
#   source("tools/r/entente.R")
#   kabul <- entente_run("scenarios/moscow-kabul.yaml", runs = 1000)
#   summary(kabul$runs$recognised)
#
# Needs jsonlite, and for entente_series() ncdf4 (Debian: r-cran-jsonlite, r-cran-ncdf4). The command `entente` is looked for on the PATH;
# options(entente.command = "build/release/bin/entente") names another.
#
# What is alike in all of them:
# - Dates are Date; what never came, and what a failed run leaves open, is NA. In a calendar without dates a date is the number of its tick.
# - Columns have the names that the tables have (`entente reference formats`); names such as "aid_yearly[2024]" need quotes.
# - Without `out`, results lie in a folder that goes when R ends; a folder that is named is kept, and the same call goes on where it stopped.
# - An error of the command is an R error of class "entente_error": its message is the command's own words, and `$problems` a data frame of them
#   (severity, file, line, column, what, help). Runs that failed are a warning: the others are there.
# - Progress shows where R is interactive; options(entente.progress = FALSE) turns it off.

# -- the command ----------------------------------------------------------------------------------------------------------------------------

#' Calls the command.
#'
#' @param arguments Character vector, as typed after `entente`; nothing needs to be quoted for a shell.
#' @return What it printed under `--json`, as nested lists; with attribute `status`, its exit code.
entente_call <- function(arguments) {
    if (!requireNamespace("jsonlite", quietly = TRUE)) stop("entente.R needs the package jsonlite: install.packages(\"jsonlite\"), or Debian's r-cran-jsonlite", call. = FALSE)
    command <- getOption("entente.command", "entente")
    if (Sys.which(command) == "") stop(sprintf("the command '%s' is not on the PATH: options(entente.command = \"build/release/bin/entente\") says where it is", command), call. = FALSE)
    shows_progress <- isTRUE(getOption("entente.progress", interactive()))
    told <- tempfile("entente-told-")
    on.exit(unlink(told))
    printed <- suppressWarnings(system2(command, shQuote(c(arguments, "--json")), stdout = TRUE, stderr = if (shows_progress) "" else told))
    status <- attr(printed, "status")
    status <- if (is.null(status)) 0L else as.integer(status)
    text <- paste(printed, collapse = "\n")
    said <- if (jsonlite::validate(text)) jsonlite::fromJSON(text, simplifyVector = TRUE, simplifyDataFrame = TRUE, simplifyMatrix = FALSE) else NULL
    if (identical(said$format, "entente-problems/1") && identical(said$verdict, "errors")) entente_stop(said$problems)
    if (is.null(said)) {
        words <- if (file.exists(told)) paste(readLines(told, warn = FALSE), collapse = "\n") else ""
        stop(sprintf("'%s %s' ended with exit code %d\n%s", command, arguments[1], status, words), call. = FALSE)
    }
    attr(said, "status") <- status
    said
}

# Raises an R error with the command's words.
entente_stop <- function(problems) {
    for (column in c("file", "help")) if (is.null(problems[[column]])) problems[[column]] <- NA_character_
    place <- ifelse(is.na(problems$file), "", sprintf("%s:%d:%d: ", problems$file, problems$line, problems$column))
    help <- ifelse(is.na(problems$help), "", paste0("\nhelp: ", problems$help))
    message <- paste0(place, problems$severity, ": ", problems$what, help, collapse = "\n\n")
    kept <- problems[, c("severity", "file", "line", "column", "what", "help")]
    stop(structure(class = c("entente_error", "error", "condition"), list(message = message, call = NULL, problems = kept)))
}

# A number that reads back as the same one.
entente_number <- function(x) {
    short <- format(x, digits = 15, scientific = NA, trim = TRUE)
    if (isTRUE(as.numeric(short) == x)) short else sprintf("%.17g", x)
}

# `--name value` for each that is given; TRUE is a flag.
entente_options <- function(...) {
    given <- Filter(Negate(is.null), list(...))
    unlist(lapply(names(given), function(name) {
        option <- paste0("--", gsub("_", "-", name))
        value <- given[[name]]
        if (isTRUE(value)) return(option)
        if (isFALSE(value)) return(NULL)
        as.vector(rbind(option, if (is.numeric(value)) vapply(value, entente_number, "") else as.character(value)))
    }))
}

# c(gain = 2) and list(gain = 2) as "gain=2".
entente_assignments <- function(set) {
    if (is.null(set)) return(NULL)
    if (is.null(names(set))) return(as.character(set))
    values <- vapply(set, function(value) if (is.numeric(value)) entente_number(value) else as.character(value), "")
    sprintf("%s=%s", names(set), values)
}

# list(gain = c(0, 1), "loss", rate = c(0, 1, 5)) as "gain=0:1", "loss", "rate=0:1:5".
entente_vary <- function(vary) {
    if (is.null(vary)) return(NULL)
    named <- if (is.null(names(vary))) rep("", length(vary)) else names(vary)
    vapply(seq_along(vary), function(i) {
        how <- vary[[i]]
        if (named[i] == "") return(as.character(how))
        how <- if (is.numeric(how)) paste(vapply(how, entente_number, ""), collapse = ":") else as.character(how)
        paste0(named[i], "=", how)
    }, "")
}

# Calls one that leaves a folder of results, and reads what it left.
entente_make <- function(command, scenario, out, arguments, more) {
    if (is.null(out)) out <- tempfile("entente-")
    said <- entente_call(c(command, path.expand(scenario), "--out", path.expand(out), "--no-report", arguments, more))
    result <- entente_results(out)
    result$summary <- said
    if (attr(said, "status") == 3) warning("some runs failed; their rows have status \"failed\" and NA where nothing is known", call. = FALSE)
    if (attr(said, "status") == 130) warning("interrupted; the same call goes on", call. = FALSE)
    result
}

# -- results --------------------------------------------------------------------------------------------------------------------------------

# Columns that hold names and codes, whatever they look like: CAMEO's 074 is no number.
entente_text_columns <- c("alternative", "status", "kind", "row", "source", "target", "event", "on", "cameo", "measure", "level", "outcome", "factor", "index",
                          "pairing", "summary", "unit", "what", "name", "item", "group", "cluster", "rule", "forecast", "baseline", "verdict", "parameter")

#' Reads one table of results.
#'
#' @param file A CSV file that Entente wrote.
#' @param dates Names of columns that are dates even where no run has one.
#' @return A data frame: numbers as numeric, days as Date, empty cells NA, names and codes as character.
entente_table <- function(file, dates = character()) {
    table <- utils::read.csv(file, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8")
    table[] <- lapply(stats::setNames(names(table), names(table)), function(name) {
        cells <- table[[name]]
        known <- cells[!is.na(cells)]
        if (name %in% entente_text_columns) return(cells)
        if (length(known) > 0 && all(grepl("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", known))) return(as.Date(cells))
        if (length(known) == 0) return(if (name %in% dates) as.Date(cells) else as.numeric(cells))
        numbers <- suppressWarnings(as.numeric(cells))
        if (anyNA(numbers[!is.na(cells)])) cells else numbers
    })
    table
}

# The measures that are dates, in a calendar that has some.
entente_dates <- function(summary) {
    dated <- is.null(summary$time) || is.character(summary$time)
    of_runs <- names(Filter(function(measure) identical(measure$form, "date"), summary$measures))
    outcomes <- names(summary$outcomes)
    of_studies <- sub("_came$", "", outcomes[grepl("_came$", outcomes) & sub("_came$", "_years", outcomes) %in% outcomes])
    if (dated) c(of_runs, of_studies) else character()
}

#' Reads a folder of results, whichever command left it.
#'
#' @param folder The folder, as `--out` names it.
#' @return An object of class "entente": a list of `folder`, `summary` (summary.json), `manifest` (manifest.json), and each table in it under its name: `runs`,
#'   `rows`, `levels`, `events`, `design`, `points`, `indices`, `differences`, `curves`, `posterior`, …
entente_results <- function(folder) {
    folder <- path.expand(folder)
    if (!file.exists(file.path(folder, "manifest.json"))) stop(sprintf("'%s' holds no results of Entente", folder), call. = FALSE)
    read_json <- function(name) {
        file <- file.path(folder, name)
        if (file.exists(file)) jsonlite::fromJSON(file, simplifyDataFrame = TRUE, simplifyMatrix = FALSE) else NULL
    }
    result <- list(folder = folder, summary = read_json("summary.json"), manifest = read_json("manifest.json"))
    dates <- entente_dates(result$summary)
    for (file in list.files(folder, pattern = "[.]csv$", full.names = TRUE)) result[[sub("[.]csv$", "", basename(file))]] <- entente_table(file, dates)
    structure(result, class = "entente")
}

print.entente <- function(x, ...) {
    tables <- Filter(is.data.frame, x)
    cat(x$summary$title, "\n", sep = "")
    cat(x$summary$format, "in", x$folder, "\n")
    for (name in names(tables)) cat(sprintf("  $%s: %d rows, %d columns\n", name, nrow(tables[[name]]), ncol(tables[[name]])))
    if (!is.null(x$summary$digest)) cat("digest", x$summary$digest, "\n")
    invisible(x)
}

# -- commands -------------------------------------------------------------------------------------------------------------------------------

#' Lists what is wrong with a scenario.
#'
#' @param scenario A scenario file.
#' @return A data frame of problems, errors among them: severity, file, line, column, what, help; without rows where there is none.
entente_check <- function(scenario) {
    none <- data.frame(severity = character(), file = character(), line = integer(), column = integer(), what = character(), help = character())
    tryCatch({
        problems <- entente_call(c("check", path.expand(scenario)))$problems
        if (length(problems) == 0) return(none)
        for (column in c("file", "help")) if (is.null(problems[[column]])) problems[[column]] <- NA_character_
        problems[, names(none)]
    }, entente_error = function(error) error$problems)
}

#' Runs a scenario many times.
#'
#' @param scenario A scenario file.
#' @param runs,seed Number of runs (NULL: the scenario's own) and seed.
#' @param variant The name of a variant.
#' @param set Other values of parameters or starts: c(gain = 2, "state[russia].trust" = 0.5).
#' @param posterior A posterior.csv over whose points the runs are spread: `entente_calibrate(…)$posterior_file`.
#' @param events TRUE: every event of every run, as `$events`.
#' @param series Runs whose time series are kept: a number, "all" or "none".
#' @param out The folder of results; NULL: one that goes when R ends.
#' @param more Further arguments of the command, as c("--threads", "4").
#' @return As entente_results(): `$runs` has a row a run, `$rows` one a run and row of measures with `on`, `$summary$measures` the distribution of each.
entente_run <- function(scenario, runs = NULL, seed = NULL, variant = NULL, set = NULL, posterior = NULL, events = FALSE, series = NULL, out = NULL, more = NULL) {
    entente_make("run", scenario, out, entente_options(runs = runs, seed = seed, variant = variant, set = entente_assignments(set), posterior = posterior,
                                                       events = events, series = series), more)
}

#' Runs a scenario at points of its parameters.
#'
#' @param vary What varies: list(gain = c(0, 1, 5)) from 0 to 1 in five levels, c(0, 1) in as many as `levels` says, "gain" over its prior; or a data frame
#'   with a column for each parameter and a row a point.
#' @param replicates Runs at each point.
#' @param design,samples,levels "grid" (default), "sobol" or "latin"; their points; levels of factors of a grid.
#' @param measure Outcomes that the summary tells, such as "fell[SYR]"; NULL: all of the world.
#' @inheritParams entente_run
#' @return As entente_results(): `$points` has a row a point with means and standard errors, `$runs` one a run with the values of its point.
entente_sweep <- function(scenario, vary, replicates = NULL, design = NULL, samples = NULL, levels = NULL, measure = NULL, seed = NULL, variant = NULL, set = NULL,
                          out = NULL, more = NULL) {
    if (is.data.frame(vary)) {
        points <- tempfile("entente-points-", fileext = ".csv")
        on.exit(unlink(points))
        written <- vary
        written[] <- lapply(vary, function(column) vapply(column, entente_number, ""))
        utils::write.csv(written, points, row.names = FALSE, quote = TRUE)
        points_or_vary <- c("--points", points)
    } else {
        points_or_vary <- entente_options(vary = entente_vary(vary))
    }
    entente_make("sweep", scenario, out, c(points_or_vary, entente_options(replicates = replicates, design = design, samples = samples, levels = levels,
                                                                          measure = measure, seed = seed, variant = variant, set = entente_assignments(set))), more)
}

#' Estimates on which parameters outcomes depend.
#'
#' @param vary As in entente_sweep(), but without levels.
#' @param method "sobol" (shares of variance, default) or "morris" (cheap screening).
#' @param samples,trajectories Base rows of Sobol's method, trajectories of Morris's.
#' @param second_order TRUE: indices of pairs too.
#' @inheritParams entente_sweep
#' @return As entente_results(): `$indices` has outcome, factor, index ("first", "total", "mu_star", …), estimate, low, high.
entente_sensitivity <- function(scenario, vary, replicates = NULL, method = NULL, samples = NULL, trajectories = NULL, second_order = FALSE, measure = NULL,
                                seed = NULL, variant = NULL, set = NULL, out = NULL, more = NULL) {
    entente_make("sensitivity", scenario, out, entente_options(vary = entente_vary(vary), replicates = replicates, method = method, samples = samples,
                                                               trajectories = trajectories, second_order = second_order, measure = measure, seed = seed,
                                                               variant = variant, set = entente_assignments(set)), more)
}

#' Compares alternatives by runs that share their luck.
#'
#' @param with Alternatives: variants by name, other values as c(gain = 2), both as "no_aid,gain=2"; several in a list.
#' @param baseline What they are compared with, likewise; NULL: the scenario as written.
#' @inheritParams entente_sweep
#' @return As entente_results(): `$differences` has a row an outcome and alternative with interval, `$curves` the shares over time of measures that are dates,
#'   `$courses` the means over time.
entente_compare <- function(scenario, with, baseline = NULL, replicates = NULL, measure = NULL, seed = NULL, set = NULL, out = NULL, more = NULL) {
    as_alternative <- function(one) paste(entente_assignments(one), collapse = ",")
    alternatives <- vapply(if (is.list(with) && is.null(names(with))) with else if (is.null(names(with))) as.list(with) else list(with), as_alternative, "")
    entente_make("compare", scenario, out, entente_options(with = alternatives, baseline = if (!is.null(baseline)) as_alternative(baseline), replicates = replicates,
                                                           measure = measure, seed = seed, set = entente_assignments(set)), more)
}

#' Fits parameters to the record.
#'
#' @param vary Parameters, by name over their priors or with bounds as in entente_sweep(); NULL: all that have a prior.
#' @param until The last day of the record that counts.
#' @param method "abc" (default) or "likelihood".
#' @param particles,runs Draws from the posterior, and runs at most.
#' @inheritParams entente_run
#' @return As entente_results(): `$posterior` has a row a draw with its `weight`, `$generations` how the fit went, `$record` what it says of the record before
#'   and after; `$posterior_file` is for entente_run(posterior = ).
entente_calibrate <- function(scenario, vary = NULL, until = NULL, method = NULL, particles = NULL, runs = NULL, seed = NULL, variant = NULL, set = NULL, out = NULL,
                              more = NULL) {
    result <- entente_make("calibrate", scenario, out, entente_options(vary = entente_vary(vary), until = if (!is.null(until)) format(until), method = method,
                                                                       particles = particles, runs = runs, seed = seed, variant = variant,
                                                                       set = entente_assignments(set)), more)
    result$posterior_file <- file.path(result$folder, "posterior.csv")
    result
}

# -- over time ------------------------------------------------------------------------------------------------------------------------------

#' The course of a measure over time: its mean and quantiles over the runs.
#'
#' @param result What entente_run() gives.
#' @param measure A measure that is a series.
#' @return A data frame: time (Date, or ticks), mean, q05, q25, q50, q75, q95.
entente_course <- function(result, measure) {
    found <- entente_measure(result, measure)
    over <- found$time
    if (is.null(over)) stop(sprintf("'%s' has no course: it is a %s", measure, found$form), call. = FALSE)
    time <- result$summary$time
    course <- data.frame(time = if (is.character(time)) as.Date(time) else time, mean = over$mean)
    for (q in names(over$quantiles)) course[[sprintf("q%02.0f", 100 * as.numeric(q))]] <- over$quantiles[[q]]
    course
}

#' The share of runs in which a date has come by then (Kaplan and Meier's estimate).
#'
#' @param result What entente_run() gives.
#' @param measure A measure that is a date.
#' @return A data frame: when (Date, or ticks), share, low, high (95 %), at_risk; the share is 0 before the first row and stays after the last.
entente_curve <- function(result, measure) {
    found <- entente_measure(result, measure)
    if (!identical(found$form, "date")) stop(sprintf("'%s' is no date: it is a %s", measure, found$form), call. = FALSE)
    curve <- found$kaplan_meier
    if (length(curve) == 0) return(data.frame(when = as.Date(character()), share = numeric(), low = numeric(), high = numeric(), at_risk = integer()))
    if (is.character(curve$when)) curve$when <- as.Date(curve$when)
    curve
}

entente_measure <- function(result, measure) {
    measures <- result$summary$measures
    if (is.null(measures[[measure]])) stop(sprintf("there is no measure '%s': there are %s", measure, paste(names(measures), collapse = ", ")), call. = FALSE)
    measures[[measure]]
}

#' The values of a measure in every run whose series was kept.
#'
#' @param result What entente_run() gives, or a folder of it.
#' @param measure The name of a measure.
#' @return A data frame with a row a value: run, time (Date, or ticks; of a series), year (of `per: year`), the row's name under its kind (of measures with `on`),
#'   and value (Date where the measure is one).
entente_series <- function(result, measure) {
    if (!requireNamespace("ncdf4", quietly = TRUE))
        stop("series are read by the package ncdf4: install.packages(\"ncdf4\"), or Debian's r-cran-ncdf4; runs, rows and summaries need no package", call. = FALSE)
    folder <- if (is.character(result)) path.expand(result) else result$folder
    path <- file.path(folder, "series.nc")
    if (!file.exists(path)) stop(sprintf("'%s' holds no series.nc: entente_run(…, series = \"all\") keeps series", folder), call. = FALSE)
    file <- ncdf4::nc_open(path)
    on.exit(ncdf4::nc_close(file))
    variable <- file$var[[measure]]
    if (is.null(variable)) stop(sprintf("series.nc has no '%s': it has %s", measure, paste(names(file$var), collapse = ", ")), call. = FALSE)
    along <- lapply(variable$dim, function(dimension) entente_coordinate(file, dimension))
    names(along) <- vapply(variable$dim, function(dimension) dimension$name, "")
    table <- expand.grid(along, KEEP.OUT.ATTRS = FALSE, stringsAsFactors = FALSE)
    value <- as.vector(ncdf4::ncvar_get(file, measure, collapse_degen = FALSE))
    table$value <- entente_time(ifelse(is.nan(value), NA, value), variable$units)
    table[, c(rev(names(along)), "value")]
}

# `days since 2021-08-15` as days.
entente_time <- function(numbers, units) {
    if (!startsWith(units, "days since ")) return(numbers)
    as.Date(sub("days since ", "", units, fixed = TRUE)) + floor(numbers)
}

entente_coordinate <- function(file, dimension) {
    values <- as.vector(if (dimension$create_dimvar) dimension$vals else ncdf4::ncvar_get(file, dimension$name))
    if (dimension$name == "time") entente_time(values, dimension$units) else values
}
