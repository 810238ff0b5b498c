# Four pictures of Kabul and Moscow, drawn with base graphics.
#
#   Rscript tools/r/example.R PICTURES [RUNS]     from the root of the repository, `entente` on the PATH

here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
source(file.path(here, "entente.R"))
arguments <- commandArgs(trailingOnly = TRUE)
pictures <- if (length(arguments) > 0) arguments[1] else "pictures"
runs <- if (length(arguments) > 1) as.integer(arguments[2]) else 1000L
scenario <- file.path(dirname(dirname(here)), "scenarios", "moscow-kabul.yaml")
dir.create(pictures, showWarnings = FALSE, recursive = TRUE)

picture <- function(name, draw) {
    png(file.path(pictures, name), width = 1200, height = 800, res = 150, type = "cairo")
    par(mar = c(4, 4.5, 3, 1), las = 1, mgp = c(3, 0.7, 0))
    draw()
    invisible(dev.off())
}
blue <- "#1f5fa8"
shade <- function(alpha) adjustcolor(blue, alpha)

# Where it goes, and how far apart the runs lie.
kabul <- entente_run(scenario, runs = runs, seed = 1)
fan <- entente_course(kabul, "moscow_trust")
some <- subset(entente_series(kabul, "moscow_trust"), run < 5)
picture("fan.png", function() {
    plot(fan$time, fan$mean, type = "n", ylim = range(fan$q05, fan$q95, some$value), xlab = "", ylab = "trust", main = "Moscow's trust in Kabul")
    polygon(c(fan$time, rev(fan$time)), c(fan$q05, rev(fan$q95)), col = shade(0.15), border = NA)
    polygon(c(fan$time, rev(fan$time)), c(fan$q25, rev(fan$q75)), col = shade(0.3), border = NA)
    for (run in 0:4) with(some[some$run == run, ], lines(time, value, col = grey(0.3, 0.5)))
    lines(fan$time, fan$mean, col = blue, lwd = 2.5)
    legend("topleft", c("mean", "half of the runs", "nine in ten", "five runs"), bty = "n", lwd = c(2.5, 9, 9, 1), col = c(blue, shade(0.45), shade(0.15), grey(0.3, 0.5)))
})

# When it comes, of those in which it comes.
picture("curve.png", function() {
    whole <- as.Date(range(kabul$summary$time))
    plot(whole, c(0, 1), type = "n", xlab = "", ylab = "share of runs", main = "How Moscow moves toward recognition")
    measures <- c(delisted = "#b35900", ambassadors = blue, recognised = "#1b7837")
    for (name in names(measures)) {
        curve <- entente_curve(kabul, name)
        when <- c(whole[1], curve$when, whole[2])
        lines(when, c(0, curve$share, max(curve$share, 0)), type = "s", col = measures[[name]], lwd = 2)
        lines(curve$when, curve$low, type = "s", col = measures[[name]], lty = 3)
        lines(curve$when, curve$high, type = "s", col = measures[[name]], lty = 3)
    }
    legend("topleft", c("taken off the list", "ambassadors", "recognition", "95 %"), bty = "n", lwd = c(2, 2, 2, 1), lty = c(1, 1, 1, 3), col = c(measures, "black"))
})

# On what it depends.
swept <- entente_sweep(scenario, list(weight_aid = c(0, 10, 6), forgetting = c(0.1, 0.9, 5)), replicates = max(runs %/% 10, 20))
picture("sweep.png", function() {
    trust <- with(swept$points, tapply(moscow_trust, list(weight_aid, forgetting), mean))
    x <- as.numeric(rownames(trust))
    y <- as.numeric(colnames(trust))
    image(x, y, trust, col = hcl.colors(24, "YlGnBu", rev = TRUE), xlab = "weight of aid", ylab = "forgetting, 1/year", main = "Moscow's trust at the end, mean")
    text(rep(x, length(y)), rep(y, each = length(x)), sprintf("%.2f", trust), col = ifelse(trust > mean(range(trust)), "white", "black"))
    box()
})

# What the record says of it.
fit <- entente_calibrate(scenario, vary = list(weight_aid = c(0, 10), "forgetting"), particles = max(runs, 50), runs = 40 * runs)
picture("posterior.png", function() {
    par(mfrow = c(1, 2))
    for (name in c("weight_aid", "forgetting")) {
        draws <- fit$posterior[[name]]
        breaks <- seq(min(draws), max(draws), length.out = 13)
        mass <- tapply(fit$posterior$weight, cut(draws, breaks, include.lowest = TRUE), sum, default = 0)
        barplot(mass / sum(mass), space = 0, col = shade(0.4), border = "white", names.arg = NA, xlab = name, ylab = "share of the posterior", main = sprintf("%s, fitted", name))
        ticks <- pretty(draws, 4)
        axis(1, at = (ticks - min(breaks)) / diff(breaks)[1], labels = ticks)
    }
})

cat(sprintf("recognised in %.1f %% of %d runs; digest %s\n", 100 * mean(!is.na(kabul$runs$recognised)), nrow(kabul$runs), kabul$summary$digest))
