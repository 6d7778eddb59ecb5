/// Events of the logger: about its own work, and the lines that bundles log.
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.event.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
