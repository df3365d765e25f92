# Reference numbers for tests/ikm/test_planning.py, test_allocation.py and test_rollup.py.
# Run in this folder: Rscript planning.R   (writes planning.json)
library(jsonlite)

# --- change: power.t.test of R's stats ------------------------------------------------------
grid <- expand.grid(delta = c(1, 2, 3.5, 8), sd = c(6, 12, 20), power = c(0.5, 0.8, 0.95),
                    sig.level = c(0.01, 0.05, 0.1))
independent <- lapply(seq_len(nrow(grid)), function(i) {
  g <- grid[i, ]
  n <- power.t.test(delta = g$delta, sd = g$sd, power = g$power, sig.level = g$sig.level, tol = 1e-10)$n
  whole <- max(2, ceiling(n))
  list(points = g$delta, sd = g$sd, power = g$power, confidence_level = 1 - g$sig.level, n = n,
       power_at_ceiling = power.t.test(n = whole, delta = g$delta, sd = g$sd, sig.level = g$sig.level)$power)
})
paired <- lapply(c(0.2, 0.5, 0.8), function(r) {
  s <- 12 * sqrt(2 * (1 - r)) # of the differences
  n <- power.t.test(delta = 2, sd = s, power = 0.8, type = "paired", tol = 1e-10)$n
  list(points = 2, sd = 12, paired_correlation = r, n = n,
       power_at_ceiling = power.t.test(n = ceiling(n), delta = 2, sd = s, type = "paired")$power)
})
detectable <- lapply(c(5, 30, 100, 384, 5000), function(n) {
  list(n = n, sd = 12, power = 0.8,
       points = power.t.test(n = n, sd = 12, power = 0.8, delta = NULL, tol = 1e-12)$delta)
})
# Unequal sizes have no function in stats; the noncentral t itself.
unequal <- lapply(list(c(300, 100), c(40, 1000)), function(n) {
  df <- sum(n) - 2
  at <- function(delta) pt(qt(0.975, df), df, ncp = delta / (12 * sqrt(sum(1 / n))), lower.tail = FALSE)
  list(n_a = n[1], n_b = n[2], sd = 12,
       points = uniroot(function(d) at(d) - 0.8, c(0.1, 40), tol = 1e-12)$root)
})

# --- letter: the Beta of the default interval, written anew from its formula -------------------
beta_letter <- function(n, ikm, sd, below, above, deff = 1, N = Inf, level = 0.95) {
  m <- (ikm - 25) / 75
  f <- n / N
  between <- (sd / 75)^2 * (n - 1) / n
  a <- (1 - f) / 3
  m1 <- (n * m + a) / (n + 2 * a)
  q <- (n * (between + (m - m1)^2) + a * (m1^2 + (1 - m1)^2)) / (n + 2 * a)
  v <- deff * (1 - f) * q / (n + 2 * a + 1) * (qt((1 + level) / 2, n - 1) / qnorm((1 + level) / 2))^2
  k <- m1 * (1 - m1) / v - 1
  p <- function(x) if (x <= 25) 0 else if (x >= 100) 1 else pbeta((x - 25) / 75, m1 * k, (1 - m1) * k)
  if (k > 0) p(above) - p(below) else 0
}
letters_ <- list(
  list(ikm = 79, sd = 12, below = 76.61, above = 88.31, deff = 1, N = NULL),
  list(ikm = 84, sd = 15, below = 76.61, above = 88.31, deff = 2.5, N = NULL),
  list(ikm = 92, sd = 8, below = 88.31, above = 100, deff = 1, N = NULL),
  list(ikm = 70, sd = 14, below = 65, above = 76.61, deff = 1, N = 120),
  list(ikm = 40, sd = 14, below = 25, above = 65, deff = 1, N = NULL)
)
letter <- lapply(letters_, function(x) {
  every <- 3:(if (is.null(x$N)) 6000 else x$N - 1)
  p <- sapply(every, beta_letter, x$ikm, x$sd, x$below, x$above, x$deff, if (is.null(x$N)) Inf else x$N)
  unsure <- every[p < 0.95]
  n <- if (length(unsure)) max(unsure) + 1 else 3
  c(x, list(n = n, probability = p[every == n]))
})

# --- allocation: Neyman and proportional, before rounding (Cochran 5.5) ----------------
N <- c(A = 1200, B = 800, C = 300, D = 90)
S <- c(A = 9, B = 14, C = 18, D = 11)
n <- 240
neyman <- n * N * S / sum(N * S)
proportional <- n * N / sum(N)
held <- c(100, 90, 40, 10)
se <- function(held) S * sqrt(1 / held - 1 / N)
overall <- function(held) sqrt(sum((N / sum(N) * se(held))^2))
allocation <- list(population = as.list(N), sd = as.list(S), n = n, neyman = neyman,
                   proportional = proportional, held = held, se = unname(se(held)))
even <- list(population = as.list(N), sd = as.list(S), n = n, se = unname(se(rep(60, 4))),
             overall_se = overall(rep(60, 4)))

# --- roll-up: the mean of two units has the degrees of freedom of Welch's test --------------
a <- c(4, 4, 3, 2, 4, 3) * 25
b <- c(2, 1, 3) * 25
welch <- t.test(a, b)
rollup <- list(a = a / 25, b = b / 25, ikm = (mean(a) + mean(b)) / 2, se = welch$stderr / 2,
               df = unname(welch$parameter))

meta <- list(R = R.version.string, jsonlite = as.character(packageVersion("jsonlite")),
             stats = as.character(packageVersion("stats")))
write_json(list(meta = meta, independent = independent, paired = paired, detectable = detectable,
                unequal = unequal, letter = letter, rollup = rollup, allocation = allocation, even = even),
           "planning.json", auto_unbox = TRUE, digits = 17, pretty = TRUE, null = "null")
