# The index without straight-lined forms less that with all, by linearization in R's survey, on an
# invented survey with weights, strata, PSUs and unanswered questions.
# Run here: Rscript straightlining.R   (writes straightlining.json)
suppressPackageStartupMessages({
  library(jsonlite)
  library(survey)
})

set.seed(20260413)
n <- 260
k <- 9
stratum <- rep(c("kota", "desa", "pulau"), c(120, 90, 50))
psu <- unlist(lapply(split(seq_len(n), factor(stratum, c("kota", "desa", "pulau"))),
                     function(i) sample(1:8, length(i), TRUE)))
psu <- paste0(substr(stratum, 1, 1), psu)
weight <- round(runif(n, 2, 9), 3)
person <- rnorm(n) + c(kota = 0.3, desa = 0, pulau = -0.4)[stratum]
answers <- sapply(1:k, function(j) findInterval(0.8 * person + 0.6 * rnorm(n), c(-1.8, -0.9, 0.7)) + 1L)
answers[matrix(runif(n * k) < 0.05, n)] <- NA
line <- runif(n) < 0.12
answers[line, ] <- sample(c(2L, 3L, 4L), sum(line), TRUE, c(1, 3, 6))
colnames(answers) <- paste0("U", 1:k)
layanan <- sample(c("KTP", "KK"), n, TRUE, c(0.6, 0.4))
straight <- apply(answers, 1, function(x) !anyNA(x) && length(unique(x)) == 1)

r <- 1 * !is.na(answers)
y <- ifelse(is.na(answers), 0, answers)
other <- 1 * !straight
data <- data.frame(weight, stratum, psu, layanan, y = y, r = r, ys = y * other, rs = r * other)
names(data) <- c("weight", "stratum", "psu", "layanan", paste0("y", 1:k), paste0("r", 1:k),
                 paste0("ys", 1:k), paste0("rs", 1:k))
totals <- as.formula(paste("~", paste(names(data)[-(1:4)], collapse = "+")))
index <- function(y, r) paste(sprintf("25/9*%s%d/%s%d", y, 1:k, r, 1:k), collapse = "+")
quoted <- function(text) parse(text = text)[[1]]

effect <- function(design) {
  t <- svytotal(totals, design)
  one <- function(text) {
    found <- svycontrast(t, quoted(text))
    c(estimate = as.numeric(coef(found)), se = as.numeric(SE(found)))
  }
  all <- one(index("y", "r"))
  without <- one(index("ys", "rs"))
  difference <- one(paste0(index("ys", "rs"), "-(", index("y", "r"), ")"))
  list(ikm = all[["estimate"]], ikm_without = without[["estimate"]],
       difference = difference[["estimate"]], se = difference[["se"]])
}
simple <- svydesign(ids = ~1, weights = ~rep(1, n), data = data)
strata <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = data)
psus <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
replicates <- as.svrepdesign(psus, type = "JKn", mse = FALSE)
jkn <- withReplicates(replicates, function(w, d) {
  m <- function(y, r) sum(sapply(1:k, function(j) 25 / k * sum(w * d[[paste0(y, j)]]) / sum(w * d[[paste0(r, j)]])))
  m("ys", "rs") - m("y", "r")
})

write_json(list(
  meta = list(r = R.version.string, survey = as.character(packageVersion("survey")), seed = 20260413),
  rows = list(answers = answers, weight = weight, stratum = stratum, psu = psu, layanan = layanan),
  straight = sum(straight),
  effects = list(simple = effect(simple), strata = effect(strata), psus = effect(psus),
                 psus_ktp = effect(subset(psus, layanan == "KTP"))),
  replicates = list(weights = unname(as.matrix(weights(replicates, "analysis"))),
                    scale = replicates$scale, rscales = replicates$rscales,
                    difference = as.numeric(coef(jkn)), se = as.numeric(SE(jkn)))
), "straightlining.json", digits = NA, auto_unbox = TRUE, na = "null")
