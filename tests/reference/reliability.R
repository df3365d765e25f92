# Reliability of an invented survey of nine unsur: alpha, item-rest, "if dropped", omega.
# Run here: Rscript reliability.R   (writes reliability.json)
suppressPackageStartupMessages({
  library(jsonlite)
  library(psych)
  library(survey)
})

set.seed(20260411)
n <- 240
k <- 9
loading <- c(0.80, 0.75, 0.70, 0.40, 0.65, 0.85, 0.78, 0.55, 0.60)
factor1 <- rnorm(n)
latent <- outer(factor1, loading) + matrix(rnorm(n * k), n) %*% diag(sqrt(1 - loading^2))
answers <- matrix(findInterval(latent, c(-2.1, -1.2, 0.4)) + 1, n)
colnames(answers) <- paste0("U", 1:k)
weight <- round(runif(n, 0.5, 3), 3)

found <- suppressWarnings(psych::alpha(answers))
feldt <- function(a, n, k) unlist(psych::alpha.ci(a, n.obs = n, n.var = k)[c("lower.ci", "upper.ci")])
raw <- found$total$raw_alpha

fit <- factanal(covmat = cor(answers), factors = 1, n.obs = n, rotation = "none",
                control = list(nstart = 5, opt = list(factr = 10, maxit = 5000)))
sign <- if (sum(fit$loadings) < 0) -1 else 1
sd <- apply(answers, 2, sd)
l <- sign * as.numeric(fit$loadings)
u <- as.numeric(fit$uniquenesses)
om <- suppressWarnings(suppressMessages(psych::omega(cor(answers), nfactors = 1, fm = "ml", plot = FALSE)))

drop_r <- sapply(1:k, function(j) cor(answers[, j], rowSums(answers[, -j])))
r_ci <- t(sapply(drop_r, function(r) psych::r.con(r, n)))
dropped <- found$alpha.drop$raw_alpha

design <- svydesign(ids = ~1, weights = ~w, data = data.frame(answers, w = weight))
v <- as.matrix(svyvar(as.formula(paste("~", paste(colnames(answers), collapse = "+"))), design))
v <- v[1:k, 1:k]
weighted_fit <- factanal(covmat = cov2cor(v), factors = 1, n.obs = n, rotation = "none",
                         control = list(nstart = 5, opt = list(factr = 10, maxit = 5000)))
wl <- abs(sum(sqrt(diag(v)) * as.numeric(weighted_fit$loadings)))
wu <- sum(diag(v) * as.numeric(weighted_fit$uniquenesses))

result <- list(
  meta = list(r = R.version.string, psych = as.character(packageVersion("psych")),
              survey = as.character(packageVersion("survey")), seed = 20260411),
  answers = answers,
  weight = weight,
  unweighted = list(
    n = n, alpha = raw, alpha_standardized = found$total$std.alpha,
    alpha_interval = unname(feldt(raw, n, k)),
    item_rest = unname(drop_r), item_rest_psych = unname(found$item.stats$r.drop),
    item_rest_low = unname(r_ci[, 1]), item_rest_high = unname(r_ci[, 2]),
    dropped = dropped,
    dropped_low = unname(sapply(dropped, function(a) feldt(a, n, k - 1)[1])),
    dropped_high = unname(sapply(dropped, function(a) feldt(a, n, k - 1)[2])),
    loading = l, uniqueness = u,
    omega = sum(sd * l)^2 / (sum(sd * l)^2 + sum(sd^2 * u)),
    omega_standardized = om$omega.tot
  ),
  weighted = list(
    covariance = unname(v),
    alpha = k / (k - 1) * (1 - sum(diag(v)) / sum(v)),
    kish = n * sum(weight^2) / sum(weight)^2,
    omega = wl^2 / (wl^2 + wu)
  )
)
write_json(result, "reliability.json", digits = NA, auto_unbox = TRUE)
