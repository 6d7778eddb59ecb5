/// By which third parties take what the logger hears, in its finished form.
@Export
@Version("0.1.0")
@NullMarked
package dev.sonde.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
