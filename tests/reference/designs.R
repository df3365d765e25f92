# Reference numbers for tests/ikm/test_reference_designs.py, from R's survey.
# Run in this folder: Rscript designs.R   (reads designs.csv, writes designs.json)
suppressPackageStartupMessages(library(survey))
options(survey.ultimate.cluster = FALSE, survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)

d <- read.csv("designs.csv", stringsAsFactors = FALSE)
items <- paste0("U", 1:9)
k <- length(items)
for (i in 1:k) {
  d[[paste0("r", i)]] <- as.numeric(!is.na(d[[items[i]]]))
  d[[paste0("y", i)]] <- ifelse(is.na(d[[items[i]]]), 0, d[[items[i]]])
}
d$one <- 1
people <- sum(tapply(d$served, d$stratum, unique))   # served by all strata together
d$people_all <- people
d$w_srs <- people / nrow(d)
d$psus_all <- sum(tapply(d$psus, d$stratum, unique))
y_names <- paste0("y", 1:k)
r_names <- paste0("r", 1:k)
z_names <- paste0("z", 1:k)
at <- 25 / k

# --- numbers as JSON, 17 significant digits -----------------------------------------------
js <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    inner <- vapply(x, js, "")
    if (is.null(names(x))) return(paste0("[", paste(inner, collapse = ", "), "]"))
    return(paste0("{", paste0("\"", names(x), "\": ", inner, collapse = ", "), "}"))
  }
  if (is.matrix(x)) return(js(unname(lapply(seq_len(nrow(x)), function(i) as.vector(x[i, ])))))
  if (!is.null(names(x))) return(js(as.list(x)))
  one <- function(v) {
    if (is.character(v)) return(paste0("\"", gsub("\"", "\\\\\"", v), "\""))
    if (is.logical(v) && !is.na(v)) return(if (v) "true" else "false")
    if (is.na(v) || !is.finite(v)) return("null")
    sprintf("%.17g", v)
  }
  if (length(x) == 1 && !inherits(x, "AsIs")) return(one(x))
  paste0("[", paste(vapply(unclass(x), one, ""), collapse = ", "), "]")
}
list_of <- function(x) I(as.vector(x))   # stays a list when it has one element

# --- linearised values --------------------------------------------------------------------
# per unsur: z_k = r_k (y_k - m_k) / D_k; index: 25/9 sum z_k; 0 outside the domain
means <- function(w, v, inside) {
  w <- w * inside
  vapply(1:k, function(i) sum(w * v[[y_names[i]]]) / sum(w * v[[r_names[i]]]), 0)
}
index_of <- function(w, v, inside) at * sum(means(w, v, inside))
z_of <- function(w, v, inside) {
  m <- means(w, v, inside)
  vapply(1:k, function(i) inside * v[[r_names[i]]] * (v[[y_names[i]]] - m[i]) /
           sum(w * inside * v[[r_names[i]]]), numeric(nrow(v)))
}
deff_of <- function(variance, w, z, inside) {   # V / [N^2 S_z^2 (1 - n/N) / n]
  n <- sum(inside); w <- w[inside > 0]; z <- z[inside > 0]; N <- sum(w)
  zbar <- sum(w * z) / N
  s2 <- n / (n - 1) * sum(w * (z - zbar)^2) / N
  variance / (N^2 * s2 * (1 - n / N) / n)
}

se_total <- function(design, z) {               # SE of the weighted sum of one column
  v <- z
  design <- update(design, zz = v)
  as.numeric(SE(svytotal(~zz, design)))
}
domain_se <- function(design, z, inside) {      # the same through subset(), as a reader would
  design <- update(design, zz = z, inside = inside)
  as.numeric(SE(svytotal(~zz, subset(design, inside > 0))))
}

domains <- function(v) list(jenis = split_of(v$jenis), layanan = split_of(v$layanan), stratum = split_of(v$stratum))
split_of <- function(x) { l <- sort(unique(x)); setNames(lapply(l, function(a) as.numeric(x == a)), l) }

linear <- function(design, call) {
  v <- design$variables
  w <- weights(design)
  all <- rep(1, nrow(v))
  Z <- z_of(w, v, all); z <- at * rowSums(Z)
  for (i in 1:k) v[[z_names[i]]] <- Z[, i]
  design$variables <- v
  # the index as a nonlinear function of 18 totals: the README's formula
  totals <- svytotal(as.formula(paste("~", paste(c(y_names, r_names), collapse = "+"))), design)
  ratio <- parse(text = paste0("25/9*(", paste0(y_names, "/", r_names, collapse = "+"), ")"))[[1]]
  contrast <- svycontrast(totals, ratio)
  se <- as.numeric(SE(contrast))
  stopifnot(abs(se - se_total(design, z)) <= 1e-10 * se)
  V <- vcov(svytotal(as.formula(paste("~", paste(z_names, collapse = "+"))), design))
  # complete forms only; and one ratio, all answers over all answered questions
  full <- as.numeric(rowSums(v[r_names]) == k)
  person <- at * rowSums(v[y_names])
  mean_full <- sum(w * full * person) / sum(w * full)
  z_full <- full * (person - mean_full) / sum(w * full)
  answers <- rowSums(v[y_names]); answered <- rowSums(v[r_names])
  pooled <- sum(w * answers) / sum(w * answered)
  z_pooled <- 25 * (answers - pooled * answered) / sum(w * answered)
  by <- lapply(domains(v), function(groups) lapply(groups, function(inside) {
    zd <- at * rowSums(z_of(w, v, inside))
    s <- domain_se(design, zd, inside)
    list(n = sum(inside), ikm = index_of(w, v, inside), se = s, df = degf(subset(update(design, inside = inside), inside > 0)),
         deff = deff_of(s^2, w, zd, inside))
  }))
  zs <- lapply(domains(v)$layanan, function(inside) at * rowSums(z_of(w, v, inside)))
  zh <- lapply(domains(v)$stratum, function(inside) at * rowSums(z_of(w, v, inside)))
  ih <- vapply(domains(v)$stratum, function(inside) index_of(w, v, inside), 0)
  served <- tapply(v$served, v$stratum, unique)[names(zh)]; share <- served / sum(served)
  sum_z <- function(share) Reduce(`+`, Map(`*`, zh, share))
  list(r = call, n = nrow(v), sum_w = sum(w), df = degf(design), ikm = as.numeric(coef(contrast)), se = se,
       deff = deff_of(se^2, w, z, all), nrr = list_of(means(w, v, all)), covariance = unname(V),
       complete = list(ikm = mean_full, se = se_total(design, z_full)),
       pooled = list(ikm = 25 * pooled, se = se_total(design, z_pooled)),
       by = by,
       contrast = list(a = "KTP", b = "Akta", difference = index_of(w, v, v$layanan == "KTP") - index_of(w, v, v$layanan == "Akta"),
                       se = se_total(design, zs$KTP - zs$Akta)),
       rollup = list(population = list(ikm = sum(share * ih), se = se_total(design, sum_z(share))),
                     simple_mean = list(ikm = mean(ih), se = se_total(design, sum_z(rep(1 / length(ih), length(ih)))))))
}

replicated <- function(design, call) {
  v <- design$variables
  all <- rep(1, nrow(v))
  w <- weights(design, "sampling")
  # theta of each replicate, then scale * sum rscales (theta - centre)^2
  withr <- function(f) withReplicates(design, function(w, data) f(w, data))
  e <- withr(function(w, data) index_of(w, data, rep(1, nrow(data))))
  se <- as.numeric(SE(e))
  m <- withr(function(w, data) means(w, data, rep(1, nrow(data))))
  by <- lapply(c("jenis", "layanan"), function(name) lapply(split_of(v[[name]]), function(inside) {
    label <- v[[name]][inside > 0][1]
    est <- withr(function(w, data) index_of(w, data, as.numeric(data[[name]] == label)))
    s <- as.numeric(SE(est))
    zd <- at * rowSums(z_of(w, v, inside))
    list(n = sum(inside), ikm = as.numeric(coef(est)), se = s, df = degf(subset(update(design, inside = inside), inside > 0)),
         deff = deff_of(s^2, w, zd, inside))
  }))
  names(by) <- c("jenis", "layanan")
  gap <- withr(function(w, data) index_of(w, data, as.numeric(data$layanan == "KTP")) - index_of(w, data, as.numeric(data$layanan == "Akta")))
  z <- at * rowSums(z_of(w, v, all))
  # factor of every PSU in every replicate: one row a PSU
  factors <- as.matrix(weights(design, "replication"))
  if (nrow(factors) != nrow(v)) stop("replication weights are not by row")
  first <- !duplicated(v$psu)
  reps <- factors[first, , drop = FALSE]
  stopifnot(all(factors == reps[match(v$psu, v$psu[first]), ]))
  list(r = call, n = nrow(v), sum_w = sum(w), df = degf(design), ikm = as.numeric(coef(e)), se = se, deff = deff_of(se^2, w, z, all),
       nrr = list_of(coef(m)), covariance = matrix(as.numeric(vcov(m)), k), by = by,
       contrast = list(a = "KTP", b = "Akta", difference = as.numeric(coef(gap)), se = as.numeric(SE(gap))),
       replicates = list(scale = design$scale, rscales = list_of(design$rscales), mse = isTRUE(design$mse),
                         psu = list_of(v$psu[first]), factors = unname(reps)))
}

# --- the designs --------------------------------------------------------------------------
out <- list()
one <- function(name, run, call) { expr <- substitute(call); out[[name]] <<- run(eval(expr, parent.frame()), paste(deparse(expr), collapse = " ")) }
one("srs", linear, svydesign(id = ~1, weights = ~one, data = d))
one("srs_weighted", linear, svydesign(id = ~1, weights = ~w, data = d))
one("srs_fpc", linear, svydesign(id = ~1, weights = ~w_srs, fpc = ~people_all, data = d))
one("strat", linear, svydesign(id = ~1, strata = ~stratum, weights = ~w, data = d))
one("strat_fpc", linear, svydesign(id = ~1, strata = ~stratum, weights = ~w, fpc = ~served, data = d))
one("clus", linear, svydesign(id = ~psu, weights = ~w, data = d))
one("clus_fpc", linear, svydesign(id = ~psu, weights = ~w, fpc = ~psus_all, data = d))
one("strat_clus", linear, svydesign(id = ~psu, strata = ~stratum, weights = ~w, data = d))
one("strat_clus_fpc", linear, svydesign(id = ~psu, strata = ~stratum, weights = ~w, fpc = ~psus, data = d))
one("two_stage", linear, svydesign(id = ~psu + ssu, strata = ~stratum, weights = ~w, fpc = ~psus + ssus, data = d))
d$row <- seq_len(nrow(d))
one("two_stage_people", linear, svydesign(id = ~psu + row, strata = ~stratum, weights = ~w, fpc = ~psus + people, data = d))
few <- d[d$lonely == 1, ]
for (rule in c("certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  one(paste0("lonely_", rule), linear, svydesign(id = ~psu, strata = ~stratum, weights = ~w, data = few))
  one(paste0("lonely_", rule, "_fpc"), linear, svydesign(id = ~psu, strata = ~stratum, weights = ~w, fpc = ~psus, data = few))
}
options(survey.lonely.psu = "fail")
clus <- svydesign(id = ~psu, weights = ~w, data = d)
clus_fpc <- svydesign(id = ~psu, weights = ~w, fpc = ~psus_all, data = d)
strat_clus <- svydesign(id = ~psu, strata = ~stratum, weights = ~w, data = d)
strat_clus_fpc <- svydesign(id = ~psu, strata = ~stratum, weights = ~w, fpc = ~psus, data = d)
paired <- svydesign(id = ~psu, strata = ~stratum, weights = ~w, data = d[d$pair == 1, ])
one("jk1", replicated, as.svrepdesign(clus, type = "JK1", compress = FALSE))
one("jk1_mse", replicated, as.svrepdesign(clus, type = "JK1", mse = TRUE, compress = FALSE))
one("jkn", replicated, as.svrepdesign(strat_clus, type = "JKn", compress = FALSE))
one("jkn_fpc", replicated, as.svrepdesign(strat_clus_fpc, type = "JKn", compress = FALSE))
one("brr", replicated, as.svrepdesign(paired, type = "BRR", compress = FALSE))
one("fay", replicated, as.svrepdesign(paired, type = "Fay", fay.rho = 0.3, compress = FALSE))
set.seed(20260104)
one("bootstrap", replicated, as.svrepdesign(strat_clus, type = "subbootstrap", replicates = 40, compress = FALSE))

# Known totals: invented, near the weighted sums, so that the fit moves the weights a little
pop_cross <- data.frame(jenis = rep(c("L", "P"), each = 3), layanan = rep(c("Akta", "KK", "KTP"), 2),
                        Freq = c(2400, 1700, 2300, 2350, 2500, 2760))
pop_jenis <- data.frame(jenis = c("L", "P"), Freq = c(6400, 7610))
pop_layanan <- data.frame(layanan = c("Akta", "KK", "KTP"), Freq = c(4750, 4200, 5060))
linear_totals <- c("(Intercept)" = 14010, layananKK = 4200, layananKTP = 5060, usia = 14010 * 44.5)
rake_totals <- c("(Intercept)" = 14010, jenisP = 7610, layananKK = 4200, layananKTP = 5060)
fitted <- function(design, call) { res <- linear(design, call); res$weights <- list_of(weights(design)); res }
tight <- function(...) calibrate(..., epsilon = 1e-13, maxit = 200)
one("post_fpc", fitted, postStratify(strat_clus_fpc, ~jenis + layanan, pop_cross))
one("post", fitted, postStratify(strat_clus, ~jenis + layanan, pop_cross))
one("post_srs", fitted, postStratify(svydesign(id = ~1, weights = ~w_srs, fpc = ~people_all, data = d), ~layanan, pop_layanan))
one("linear_fpc", fitted, calibrate(strat_clus_fpc, ~layanan + usia, linear_totals))
one("linear_strat", fitted, calibrate(svydesign(id = ~1, strata = ~stratum, weights = ~w, data = d), ~layanan + usia, linear_totals))
one("raking_fpc", fitted, tight(strat_clus_fpc, ~jenis + layanan, rake_totals, calfun = "raking"))
one("logit_fpc", fitted, tight(strat_clus_fpc, ~layanan + usia, linear_totals, calfun = "logit", bounds = c(0.6, 1.7)))
one("linear_two_stage", fitted, calibrate(svydesign(id = ~psu + ssu, strata = ~stratum, weights = ~w, fpc = ~psus + ssus, data = d), ~layanan + usia, linear_totals))

meta <- list(R = R.version.string, survey = as.character(packageVersion("survey")), script = "designs.R", data = "designs.csv",
             note = "17 significant digits; index = 25/9 sum of m_k, m_k = sum(w r y) / sum(w r)")
con <- file("designs.json", "w")
writeLines(paste0("{\"meta\": ", js(meta), ",\n \"designs\": {\n",
                  paste0("  \"", names(out), "\": ", vapply(out, js, ""), collapse = ",\n"), "\n}}"), con)
close(con)
