/// Runs modules: their life, the deploy folder, the configuration files, the end of a run.
@NullMarked
package dev.sonde.supervisor;

import org.jspecify.annotations.NullMarked;
