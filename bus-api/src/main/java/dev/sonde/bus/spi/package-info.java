/// What the platform's own bundles need of the bus beyond what modules see: the supervisor to run
/// modules, the logger to write any record.
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.bus.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
