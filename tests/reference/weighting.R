# Reference numbers for tests/ikm/test_weighting_reference.py, from R's survey.
# Run in this folder: Rscript weighting.R   (writes weighting.json). The data are invented here.
suppressPackageStartupMessages({library(survey); library(jsonlite)})
set.seed(20260304, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")

n <- 240
d <- data.frame(
  jenis = sample(c("L", "P"), n, TRUE, c(0.35, 0.65)),
  layanan = sample(c("KTP", "KK", "akta"), n, TRUE, c(0.5, 0.3, 0.2)),
  usia = sample(c("muda", "dewasa", "tua"), n, TRUE, c(0.5, 0.3, 0.2)),
  umur = round(runif(n, 17, 75)),
  w = round(exp(rnorm(n, 3, 0.6)), 3)
)
level <- rnorm(n, 3 + 0.3 * (d$layanan == "KTP") + 0.01 * (d$umur - 40), 0.5)
for (i in 1:9) d[[paste0("U", i)]] <- pmin(4, pmax(1, round(level + rnorm(n, 0, 0.5))))
d$index <- 25 * rowMeans(d[paste0("U", 1:9)])

N <- 8000
jenis <- c(L = 3900, P = 4100)
layanan <- c(KTP = 3600, KK = 2600, akta = 1800)
usia <- c(muda = 3400, dewasa = 2900, tua = 1700)
age <- 41.5 * N
people <- function(x, name) { f <- data.frame(names(x), unname(x)); names(f) <- c(name, "Freq"); f }
design <- svydesign(ids = ~1, weights = ~w, data = d)

out <- list()
add <- function(name, fit) {
  out[[name]] <<- list(weights = unname(weights(fit)), mean = as.numeric(coef(svymean(~index, fit))),
                       se = as.numeric(SE(svymean(~index, fit))))
}
tight <- list(maxit = 2000, epsilon = 1e-14, verbose = FALSE)
cross <- data.frame(jenis = rep(c("L", "P"), each = 3), usia = rep(names(usia), 2),
                    Freq = c(1700, 1300, 900, 1700, 1600, 800))
add("post", postStratify(design, ~layanan, people(layanan, "layanan")))
add("post_crossed", postStratify(design, ~jenis + usia, cross))
add("rake_two", rake(design, list(~jenis, ~layanan), list(people(jenis, "jenis"), people(layanan, "layanan")), tight))
add("rake_three", rake(design, list(~jenis, ~layanan, ~usia), list(people(jenis, "jenis"),
    people(layanan, "layanan"), people(usia, "usia")), tight))

both <- c(`(Intercept)` = N, jenisP = 4100, layananKK = 2600, layananKTP = 3600, umur = age)
by_both <- ~jenis + layanan + umur
fine <- 1e-13
add("linear", calibrate(design, by_both, both))
add("raking", calibrate(design, by_both, both, calfun = "raking", epsilon = fine))
add("logit", calibrate(design, by_both, both, calfun = "logit", bounds = c(0.4, 2.6), epsilon = fine))
add("linear_bounded", calibrate(design, by_both, both, calfun = "linear", bounds = c(0.6, 2.5), epsilon = fine))
three <- c(`(Intercept)` = N, jenisP = 4100, layananKK = 2600, layananKTP = 3600, usiamuda = 3400, usiatua = 1700)
by_three <- ~jenis + layanan + usia
add("raking_three", calibrate(design, by_three, three, calfun = "raking", epsilon = fine))
add("raking_bounded", calibrate(design, by_three, three, calfun = "raking", bounds = c(0.9, 2.5), epsilon = fine))
add("population", calibrate(design, ~umur, c(`(Intercept)` = N, umur = age)))

trims <- list()
trimmed <- function(name, ...) trims[[name]] <<- unname(weights(trimWeights(design, ...)))
trimmed("upper", upper = 80)
trimmed("both", lower = 8, upper = 80)
trimmed("upper_strict", upper = 35, strict = TRUE)

meta <- list(R = R.version.string, survey = as.character(packageVersion("survey")),
             jsonlite = as.character(packageVersion("jsonlite")))
known <- list(population = N, jenis = as.list(jenis), layanan = as.list(layanan), usia = as.list(usia), umur = age,
              crossed = cross$Freq)
write_json(list(meta = meta, data = d, known = known, fits = out, trims = trims), "weighting.json",
           digits = 17, auto_unbox = TRUE, dataframe = "columns")
