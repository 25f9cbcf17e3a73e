# How many rows each query has in R: `Rscript client.R DATABASE < QUERIES`, one SQL a line.
library(duckdb)
connection <- dbConnect(duckdb(), dbdir = commandArgs(trailingOnly = TRUE)[1], read_only = TRUE)
for (sql in readLines(file("stdin"), encoding = "UTF-8")) {
  cat(nrow(dbGetQuery(connection, sql)), "\n", sep = "")
}
dbDisconnect(connection, shutdown = TRUE)
