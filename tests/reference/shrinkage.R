# Writes shrinkage.json: the Fay-Herriot model by REML on invented areas, fitted by metafor,
# with the mean squared error of Datta and Lahiri (2000) written out. Needs metafor and
# jsonlite. Run: Rscript shrinkage.R
library(jsonlite)
suppressMessages(library(metafor))

set.seed(20220330)
m <- 14
x <- round(cbind(runif(m, 0, 10), rnorm(m, 50, 12)), 2)
sampling <- round(runif(m, 0.4, 9), 3)
y <- round(60 + 1.2 * x[, 1] + 0.15 * x[, 2] + rnorm(m, 0, 1.8) + rnorm(m, 0, sqrt(sampling)), 3)
flat <- round(80 + rnorm(m, 0, 0.3) * sqrt(sampling), 3)

one <- function(name, y, x) {
  fine <- list(threshold = 1e-13, maxiter = 10000, tau2.max = 1e4)
  model <- if (is.null(x)) rma(y, sampling, method = "REML", control = fine) else
    rma(y, sampling, mods = x, method = "REML", control = fine)
  a <- model$tau2
  X <- cbind(rep(1, m), x)
  total <- a + sampling
  covariance <- solve(t(X) %*% (X / total))
  b <- covariance %*% t(X) %*% (y / total)
  weight <- a / total
  value <- c(X %*% b)
  fixed <- rowSums((X %*% covariance) * X)
  g1 <- weight * sampling
  g2 <- (1 - weight)^2 * fixed
  g3 <- sampling^2 / total^3 * 2 / sum(1 / total^2)
  stopifnot(max(abs(b - coef(model))) < 1e-8)
  list(
    name = name, y = y, x = if (is.null(x)) list() else x, sampling = sampling, between = a,
    coefficient = unname(c(coef(model))), coefficient_se = unname(model$se), blup = blup(model)$pred,
    estimate = weight * y + (1 - weight) * value, weight = weight, mse = g1 + g2 + 2 * g3,
    synthetic = value, synthetic_mse = a + fixed
  )
}
out <- list(
  meta = list(
    R = R.version.string, metafor = as.character(packageVersion("metafor")),
    jsonlite = as.character(packageVersion("jsonlite")), script = "shrinkage.R", data = "invented by the script"
  ),
  cases = list(one("intercept", y, NULL), one("covariates", y, x), one("no variance between", flat, NULL))
)
write_json(out, "shrinkage.json", digits = NA, auto_unbox = TRUE)
