# Reference numbers for tests/ikm/test_intervals.py, from base R and R's survey; all data invented here.
# Run in this folder: Rscript intervals.R   (writes intervals.json)
suppressPackageStartupMessages({library(survey); library(jsonlite)})
options(survey.lonely.psu = "fail")

# --- whole numbers of independent answers: Wilson, Clopper-Pearson, likelihood ----------------
# the bounds of the likelihood by uniroot on the log-odds, base R only
likelihood <- function(p, size, q) {
  l <- function(x) p * plogis(x, log.p = TRUE) + (1 - p) * plogis(-x, log.p = TRUE)
  if (p == 1) return(c(exp(-q^2 / (2 * size)), 1))
  if (p == 0) return(c(0, 1 - exp(-q^2 / (2 * size))))
  f <- function(x) 2 * size * (l(qlogis(p)) - l(x)) - q^2
  root <- function(a, b) plogis(uniroot(f, c(a, b), tol = 1e-14, maxiter = 1e4)$root)
  c(root(qlogis(p) - 60, qlogis(p)), root(qlogis(p), qlogis(p) + 60))
}
z <- qnorm(0.975)
plain <- lapply(list(c(27, 30), c(5, 8), c(199, 200), c(1, 12), c(30, 30), c(0, 10)), function(a) {
  x <- a[1]; n <- a[2]
  list(hits = x, size = n,
       wilson = as.vector(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int),
       clopper_pearson = as.vector(binom.test(x, n)$conf.int),
       likelihood = likelihood(x / n, n, z))
})

# --- designs: 24 clusters in 3 strata, people more alike inside a cluster ---------------------
set.seed(20261124)
d <- data.frame(psu = rep(1:24, times = sample(5:14, 24, replace = TRUE)))
d$stratum <- (d$psu - 1) %/% 8 + 1
d$w <- c(4, 9, 25)[d$stratum] * sample(c(1, 1.4), nrow(d), replace = TRUE)
shift <- rnorm(24, 0, 0.8)
d$puas <- as.numeric(plogis(1.6 + shift[d$psu]) > runif(nrow(d)))
d$jarang <- as.numeric(plogis(-3.2 + shift[d$psu]) > runif(nrow(d)))
designs <- list(srs = svydesign(ids = ~1, weights = ~1, data = transform(d)),
                weighted = svydesign(ids = ~1, weights = ~w, data = d),
                strat = svydesign(ids = ~1, strata = ~stratum, weights = ~w, data = d),
                clus = svydesign(ids = ~psu, strata = ~stratum, weights = ~w, data = d))
one <- function(name, item) {
  D <- designs[[name]]
  f <- as.formula(paste0("~", item))
  ci <- function(method) as.vector(attr(svyciprop(f, D, method = method, df = degf(D)), "ci"))
  m <- svymean(f, D)
  # the same likelihood profile on a grid so fine that its spline no longer matters
  g <- svyglm(as.formula(paste0(item, "~1")), D, family = quasibinomial, control = list(epsilon = 1e-14))
  fine <- plogis(as.numeric(suppressMessages(
    confint(g, 1, method = "likelihood", ddf = degf(D), del = 0.004, maxsteps = 5000))))
  list(design = name, item = item, n = nrow(D), df = degf(D), estimate = as.numeric(coef(m)), se = as.numeric(SE(m)),
       ci = list(mean = ci("mean"), xlogit = ci("xlogit"), beta = ci("beta"),
                 likelihood = ci("likelihood"), likelihood_fine = fine))
}
cases <- list()
for (name in names(designs)) for (item in c("puas", "jarang")) cases[[length(cases) + 1]] <- one(name, item)

meta <- list(R = R.version.string, survey = as.character(packageVersion("survey")), script = "intervals.R",
             level = 0.95, note = "likelihood_fine: svyciprop's likelihood profile, 0.004 standard errors a step instead of a fifth of the bound")
write(toJSON(list(meta = meta, plain = plain, cases = cases), auto_unbox = TRUE, digits = I(17), pretty = TRUE),
      "intervals.json")
