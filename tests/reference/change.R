# Reference numbers for tests/ikm/test_comparisons.py and test_trend.py, from R.
# Run in this folder: Rscript change.R   (writes change.json, data and numbers)
suppressPackageStartupMessages({
  library(survey); library(metafor); library(mvtnorm); library(jsonlite)
})
set.seed(20241105)
items <- paste0("U", 1:9)
k <- length(items)

# --- an invented panel: ids come and go, some questions are left empty ----------------------
people <- data.frame(id = 1:90, stratum = rep(c("kota", "desa"), c(50, 40)), mood = rnorm(90, 0, 0.6))
people$w <- ifelse(people$stratum == "kota", 12, 7) + (people$id %% 3)
score <- function(mood, shift) {
  pmin(pmax(round(3.1 + shift + mood + rnorm(length(mood), 0, 0.55)), 1), 4)
}
wave <- function(year, ids, shift, gaps) {
  d <- people[people$id %in% ids, ]
  for (u in items) {
    d[[u]] <- score(d$mood, shift)
    d[[u]][runif(nrow(d)) < gaps] <- NA
  }
  d$year <- year
  d[, c("year", "id", "stratum", "w", items)]
}
panel <- rbind(
  wave(2022, 1:70, 0.00, 0.08), wave(2023, 15:80, 0.08, 0.08),
  wave(2024, 25:90, 0.02, 0.08), wave(2025, c(5:20, 40:90), 0.30, 0.08)
)
years <- sort(unique(panel$year))

# --- linearised index of each year, as a domain of the one design of ids --------------------
z_of <- function(d, year, unsur = NULL) {
  inside <- d$year == year
  z <- 0
  value <- 0
  for (u in if (is.null(unsur)) items else unsur) {
    r <- inside & !is.na(d[[u]])
    y <- ifelse(r, d[[u]], 0)
    total <- sum(d$w * r)
    m <- sum(d$w * y) / total
    share <- if (is.null(unsur)) 25 / k else 25
    z <- z + share * r * (y - m) / total
    value <- value + share * m
  }
  list(z = z, value = value)
}
design_of <- function(d) svydesign(ids = ~id, strata = ~stratum, weights = ~w, data = d)
domains <- function(d, unsur = NULL) {
  held <- lapply(sort(unique(d$year)), function(year) z_of(d, year, unsur))
  for (i in seq_along(held)) d[[paste0("z", i)]] <- held[[i]]$z
  total <- svytotal(as.formula(paste("~", paste0("z", seq_along(held), collapse = "+"))), design_of(d))
  list(ikm = sapply(held, `[[`, "value"), v = vcov(total), total = total, df = degf(design_of(d)))
}
against <- function(found, i, j) {   # j minus i
  c <- rep(0, length(found$ikm)); c[i] <- -1; c[j] <- 1
  diff <- sum(c * found$ikm)
  se <- as.numeric(SE(svycontrast(found$total, c)))
  list(difference = diff, se = se, df = found$df, t = diff / se, p = 2 * pt(-abs(diff / se), found$df),
       ci = diff + c(-1, 1) * qt(0.975, found$df) * se)
}
two <- panel[panel$year %in% c(2024, 2025), ]
overlap <- c(against(domains(two), 1, 2),
             list(unsur = lapply(setNames(items, items), function(u) against(domains(two, u), 1, 2))))
all_years <- domains(panel)

# --- the same, checked the other way: svyby of ratios for one unsur ---------------------------
u1 <- subset(design_of(transform(two, year = factor(year))), !is.na(U1))
by <- svyby(~U1, ~year, u1, svymean, covmat = TRUE)
svyby_u1 <- svycontrast(by, c("2024" = -25, "2025" = 25))

# --- everyone both times, everything answered: the paired t-test ------------------------------
ids <- 1:45
first <- wave(2024, ids, 0, 0); second <- wave(2025, ids, 0.15, 0)
paired <- t.test(25 * rowMeans(second[, items]), 25 * rowMeans(first[, items]), paired = TRUE)

# --- two samples of others: Welch's t-test ---------------------------------------------------
alone <- wave(2024, 1:60, 0, 0); others <- wave(2025, 61:90, 0.1, 0)
welch <- t.test(25 * rowMeans(others[, items]), 25 * rowMeans(alone[, items]))
tested <- function(t) list(difference = if (length(t$estimate) == 2) unname(t$estimate[1] - t$estimate[2])
                           else unname(t$estimate), se = t$stderr, df = unname(t$parameter),
                           t = unname(t$statistic), p = t$p.value, ci = as.numeric(t$conf.int))

# --- the line through four years of one design: generalized least squares by hand -------------
line_of <- function(y, v, x) {
  X <- cbind(1, x - mean(x)); W <- solve(v)
  cov <- solve(t(X) %*% W %*% X); beta <- cov %*% t(X) %*% W %*% y
  rest <- y - X %*% beta
  one <- rep(1, length(y)); m <- sum(W %*% y) / sum(W)
  list(slope = beta[2], se = sqrt(cov[2, 2]), fit = as.numeric(t(rest) %*% W %*% rest),
       equal = as.numeric(t(y - m * one) %*% W %*% (y - m * one)))
}
change_of <- function(y, v) {   # the largest difference of GLS means before and after
  n <- length(y); W <- solve(v)
  rows <- t(sapply(seq_len(n - 1), function(k) {
    X <- cbind(as.numeric(seq_len(n) <= k), as.numeric(seq_len(n) > k))
    A <- solve(t(X) %*% W %*% X) %*% t(X) %*% W
    A[2, ] - A[1, ]
  }))
  se <- sqrt(diag(rows %*% v %*% t(rows)))
  z <- as.numeric(rows %*% y) / se
  c <- rows / se
  most <- max(abs(z))
  inside <- pmvnorm(rep(-most, n - 1), rep(most, n - 1), sigma = c %*% v %*% t(c),
                    algorithm = GenzBretz(maxpts = 5e6, abseps = 1e-7))
  list(split = which.max(abs(z)), difference = (rows %*% y)[which.max(abs(z))], z = z[which.max(abs(z))],
       p = 1 - as.numeric(inside))
}
line <- c(list(ikm = all_years$ikm, v = all_years$v, df = all_years$df, years = years),
          line_of(all_years$ikm, all_years$v, years), list(change = change_of(all_years$ikm, all_years$v)))

# --- the line through independent surveys with uneven distances: metafor, fixed effects -------
apart <- list(years = c(2016, 2017, 2019, 2022, 2023), sizes = c(40, 60, 35, 80, 55))
surveys <- lapply(seq_along(apart$years), function(i)
  wave(apart$years[i], seq_len(apart$sizes[i]), 0.03 * (apart$years[i] - 2016) + c(0, .1, -.2, 0, .1)[i], 0))
y <- sapply(surveys, function(d) mean(25 * rowMeans(d[, items])))
v <- sapply(surveys, function(d) var(25 * rowMeans(d[, items])) / nrow(d))
fe <- rma(yi = y, vi = v, mods = ~ apart$years, method = "FE")
none <- rma(yi = y, vi = v, method = "FE")
meta <- list(years = apart$years, ikm = y, v = v, slope = unname(fe$beta[2]), se = fe$se[2], fit = fe$QE,
             fit_p = fe$QEp, equal = none$QE, equal_p = none$QEp, change = change_of(y, diag(v)))

as_data <- function(d) c(as.list(d[, setdiff(names(d), items)]), lapply(d[, items], function(x) x))
out <- list(
  meta = list(script = "change.R", R = R.version.string, survey = as.character(packageVersion("survey")),
              metafor = as.character(packageVersion("metafor")),
              mvtnorm = as.character(packageVersion("mvtnorm"))),
  data = list(panel = as_data(panel), paired_first = as_data(first), paired_second = as_data(second),
              alone = as_data(alone), others = as_data(others), surveys = lapply(surveys, as_data)),
  overlap = overlap,
  svyby_u1 = list(difference = as.numeric(coef(svyby_u1)), se = as.numeric(SE(svyby_u1))),
  paired = tested(paired), welch = tested(welch),
  p_adjust = list(p = c(0.01, 0.04, 0.03, 0.005, 0.5), holm = p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5), "holm")),
  line = line, meta_line = meta
)
write(toJSON(out, digits = I(17), auto_unbox = TRUE, na = "null"), "change.json")
