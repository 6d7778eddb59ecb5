/// How long it takes until a jar in `deploy/` runs, and how a running one is replaced.
@NullMarked
package dev.sonde.benchmarks.deploy;

import org.jspecify.annotations.NullMarked;
