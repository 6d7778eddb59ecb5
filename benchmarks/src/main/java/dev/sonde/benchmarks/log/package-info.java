/// The logger against Logback and against plain SQLite.
@NullMarked
package dev.sonde.benchmarks.log;

import org.jspecify.annotations.NullMarked;
