# Derived importance of nine unsur of an invented survey: corrected item-rest correlation, mean
# partial correlation, and Johnson's relative weights, each written out from its definition.
# Run here: Rscript importance.R   (writes importance.json)
suppressPackageStartupMessages({
  library(jsonlite)
  library(psych)
})

set.seed(20260412)
n <- 180
k <- 9
factor1 <- rnorm(n)
loading <- seq(0.85, 0.35, length.out = k)
latent <- outer(factor1, loading) + matrix(rnorm(n * k), n) %*% diag(sqrt(1 - loading^2))
answers <- matrix(findInterval(latent, c(-1.9, -1.0, 0.5)) + 1, n)
colnames(answers) <- paste0("U", 1:k)
r <- cor(answers)

# Johnson (2000): the predictors' closest orthogonal set, regression on it, and back.
johnson <- function(rxx, rxy) {
  e <- eigen(rxx, symmetric = TRUE)
  root <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors)
  beta <- solve(root, rxy)
  as.numeric(root^2 %*% beta^2)
}
each <- matrix(NA, k, k)
for (i in 1:k) each[i, -i] <- johnson(r[-i, -i], r[-i, i])
r2 <- sapply(1:k, function(i) summary(lm(answers[, i] ~ answers[, -i]))$r.squared)

# The partial correlation of two unsur given the other seven, by residuals.
partial <- matrix(NA, k, k)
for (i in 1:(k - 1)) for (j in (i + 1):k) {
  rest <- answers[, -c(i, j)]
  partial[i, j] <- partial[j, i] <- cor(resid(lm(answers[, i] ~ rest)), resid(lm(answers[, j] ~ rest)))
}
agree <- max(abs(partial - psych::partial.r(r)[, ]), na.rm = TRUE)

means <- colMeans(answers)
paired <- outer(1:k, 1:k, Vectorize(function(i, j) {
  if (i >= j || all(answers[, i] == answers[, j])) return(NA)
  t.test(answers[, i], answers[, j], paired = TRUE)$p.value
}))
upper <- which(upper.tri(paired), arr.ind = TRUE)
upper <- upper[order(upper[, 1], upper[, 2]), ]
p <- paired[upper]

write_json(list(
  meta = list(r = R.version.string, psych = as.character(packageVersion("psych")), seed = 20260412,
              psych_partial_differs_by = agree),
  answers = answers,
  mean = unname(means),
  correlation = sapply(1:k, function(j) cor(answers[, j], rowSums(answers[, -j]))),
  partial = rowMeans(partial, na.rm = TRUE),
  relative_weights = colMeans(each, na.rm = TRUE),
  relative_weights_each = each,
  r_squared = r2,
  pairs = upper - 1,
  paired_p = p,
  paired_holm = p.adjust(p, "holm")
), "importance.json", digits = NA, auto_unbox = TRUE)
