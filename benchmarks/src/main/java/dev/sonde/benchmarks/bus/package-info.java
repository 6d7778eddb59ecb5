/// The bus and its peers, doing the same work.
@NullMarked
package dev.sonde.benchmarks.bus;

import org.jspecify.annotations.NullMarked;
