/// Events of keys.
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.event.input;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
