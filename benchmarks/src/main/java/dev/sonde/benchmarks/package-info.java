/// What `./sonde bench` runs.
@NullMarked
package dev.sonde.benchmarks;

import org.jspecify.annotations.NullMarked;
