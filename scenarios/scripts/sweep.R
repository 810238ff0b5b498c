# Sweeps Kabul and Moscow over two parameters, and tabulates how often recognition comes.
#   Rscript sweep.R OUT [REPLICATES]
library(jsonlite)

arguments <- commandArgs(trailingOnly = TRUE)
out <- arguments[1]
replicates <- if (length(arguments) > 1) arguments[2] else "200"
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
scenario <- file.path(dirname(here), "moscow-kabul.yaml")

command <- c("sweep", scenario, "--vary", "weight_aid=0:10:5", "--vary", "forgetting=0.1:0.9:3",
             "--replicates", replicates, "--out", out, "--json")
said <- system2("entente", shQuote(command), stdout = TRUE)
status <- attr(said, "status")
if (!is.null(status) && status != 3) quit(status = status)  # 3: some runs failed, the others are kept
summary <- fromJSON(said)
cat(summary$runs, "runs, digest", summary$digest, "\n")

runs <- read.csv(file.path(out, "runs.csv"))
sound <- runs[runs$status == "ok", ]
came <- tapply(sound$recognised != "", list(weight_aid = sound$weight_aid, forgetting = sound$forgetting), mean)
cat("share of runs in which Russia recognised\n")
print(round(came, 3))
