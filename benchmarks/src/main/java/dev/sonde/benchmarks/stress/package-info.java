/// `./sonde bench stress`: runs the jcstress tests of the engine, which are in its package
/// `dev.sonde.bridge`, and says what came of them.
@NullMarked
package dev.sonde.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
