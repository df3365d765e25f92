# Writes ranking.json: all pairs of six invented units, adjusted for their number, and the
# confidence sets for their ranks. Needs mvtnorm and jsonlite. Run: Rscript ranking.R
library(jsonlite)
library(mvtnorm)

set.seed(20220330)
size <- c(A = 40, B = 25, C = 60, D = 8, E = 33, F = 50)
bias <- c(A = 1.1, B = 0.9, C = 0.1, D = 0.3, E = -0.5, F = -1.2)
rows <- do.call(rbind, lapply(names(size), function(unit) {
  mood <- rnorm(size[[unit]], bias[[unit]], 0.9)
  score <- sapply(1:9, function(i) findInterval(mood + rnorm(size[[unit]], 0, 0.7), c(-2.2, -1.1, 0.6)) + 1)
  data.frame(unit = unit, score)
}))
index <- 25 / 9 * rowSums(rows[, -1])
theta <- c(tapply(index, rows$unit, mean))
v <- c(tapply(index, rows$unit, var)) / size
g <- length(theta)
pair <- t(combn(g, 2))
difference <- theta[pair[, 1]] - theta[pair[, 2]]
se <- sqrt(v[pair[, 1]] + v[pair[, 2]])
df <- (v[pair[, 1]] + v[pair[, 2]])^2 /
  (v[pair[, 1]]^2 / (size[pair[, 1]] - 1) + v[pair[, 2]]^2 / (size[pair[, 2]] - 1))
p <- 2 * pt(-abs(difference / se), df)
m <- nrow(pair)

# the same tail on the normal scale; the largest of all pairs by numerical integration
z <- sign(difference) * -qnorm(pt(-abs(difference / se), df))
contrast <- matrix(0, m, g)
contrast[cbind(1:m, pair[, 1])] <- 1
contrast[cbind(1:m, pair[, 2])] <- -1
correlation <- cov2cor(contrast %*% diag(v) %*% t(contrast))
fine <- GenzBretz(maxpts = 5e5, abseps = 1e-5, releps = 0)
inside <- function(c, up, down) {
  keep <- up | down
  if (sum(keep) == 1) return(pnorm(if (up[keep]) c else Inf) - pnorm(if (down[keep]) -c else -Inf))
  set.seed(1)
  pmvnorm(
    lower = ifelse(down, -c, -Inf)[keep], upper = ifelse(up, c, Inf)[keep],
    corr = correlation[keep, keep], algorithm = fine
  )[1]
}
critical <- function(up, down, level) uniroot(function(c) inside(c, up, down) - level, c(0.5, 6), tol = 1e-6)$root
all <- rep(TRUE, m)
p_max_t <- sapply(abs(z), function(c) 1 - inside(c, all, all))

steps <- function(level, family = all) {
  up <- down <- family # up: "the first is not above the second" is still open
  above <- matrix(FALSE, g, g)
  values <- c()
  repeat {
    if (!any(up | down)) break
    c <- critical(up, down, level)
    values <- c(values, c)
    first <- up & z > c
    second <- down & -z > c
    if (!any(first | second)) break
    above[pair[first, , drop = FALSE]] <- TRUE
    above[pair[second, 2:1, drop = FALSE]] <- TRUE
    up <- up & !first
    down <- down & !second
  }
  list(critical = values, low = 1 + colSums(above), high = g - rowSums(above))
}
each <- function(level) lapply(1:g, function(j) {
  found <- steps(level, pair[, 1] == j | pair[, 2] == j)
  list(low = found$low[j], high = found$high[j])
})

out <- list(
  meta = list(
    R = R.version.string, mvtnorm = as.character(packageVersion("mvtnorm")),
    jsonlite = as.character(packageVersion("jsonlite")), script = "ranking.R", data = "invented by the script"
  ),
  unit = rows$unit,
  answers = unname(as.matrix(rows[, -1])),
  theta = unname(theta),
  se = unname(sqrt(v)),
  pairs = list(
    difference = unname(difference), se = unname(se), df = unname(df), p = unname(p),
    holm = p.adjust(unname(p), "holm"),
    bonferroni_half = unname(qt(1 - 0.05 / 2 / m, df) * se),
    tukey = unname(ptukey(abs(difference / se) * sqrt(2), g, df, lower.tail = FALSE)),
    tukey_half = unname(qtukey(0.95, g, df) / sqrt(2) * se),
    max_t = unname(p_max_t)
  ),
  joint = steps(0.95),
  each = each(0.95),
  range = do.call(rbind, lapply(c(2, 2.5, 10, 57.3, 400), function(df) {
    q <- c(1, 2.5, 3.5, 5, 9)
    data.frame(df = df, q = q, count = c(2, 3, 13, 40, 13), tail = ptukey(q, c(2, 3, 13, 40, 13), df, lower.tail = FALSE))
  }))
)
write_json(out, "ranking.json", digits = NA, auto_unbox = TRUE)
